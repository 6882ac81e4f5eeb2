// What a bench of sync says: medians of each act, ratios of like to like, and the goals with what was measured. Pure.

import { median, spread, type Spread } from '../statistics.ts'
import type { Act, Run } from './contender.ts'
import type { Saved } from './job.ts'
import type { Cell } from './plan.ts'
import type { Resume } from './product.ts'

/** Medians over the runs of a cell; `verbs` of the last run; memory of the largest. */
export interface ActOutcome {
  readonly requests: number
  readonly verbs: Readonly<Record<string, number>>
  readonly up: number
  readonly down: number
  readonly ms: Spread
  readonly withinMs?: number
  readonly cpuMs: number
  readonly rssMiB: number
}

export interface CellOutcome extends Cell {
  readonly acts: Readonly<Partial<Record<Act, ActOutcome>>>
  /** Why it was not measured, or not to its end. */
  readonly failed?: string
}

export interface PollOutcome {
  readonly server: string
  readonly machines: number
  readonly objects: number
  readonly poll: { readonly requests: number; readonly up: number; readonly down: number; readonly ms: number }
  readonly edit: { readonly requests: number; readonly up: number; readonly down: number; readonly ms: number }
}

export interface Ratio {
  readonly act: Act
  readonly corpus: string
  readonly documents: number
  readonly delayMs: number
  readonly product: string
  readonly peer: string
  /** Of wall times, of requests, of bytes both ways: the product's by the peer's. */
  readonly time: number
  readonly requests: number
  readonly bytes: number
}

export interface Goal {
  readonly goal: string
  readonly measured: string
  readonly holds: boolean
}

export function actOutcome(runs: readonly Run[]): ActOutcome {
  const last = runs.at(-1)
  if (!last) throw new Error('no runs')
  const within = runs.flatMap(({ withinMs }) => withinMs ?? [])
  return {
    requests: median(runs.map((run) => run.requests)),
    verbs: last.verbs,
    up: median(runs.map((run) => run.up)),
    down: median(runs.map((run) => run.down)),
    ms: spread(runs.map((run) => run.ms)),
    ...(within.length > 0 ? { withinMs: median(within) } : {}),
    cpuMs: median(runs.map((run) => run.cpuMs)),
    rssMiB: Math.max(...runs.map((run) => run.rssMiB)),
  }
}

/** Each peer against the product with as many of the same documents; restic's own server against S3. */
export function ratiosOf(cells: readonly CellOutcome[]): readonly Ratio[] {
  return cells.filter(({ contender }) => contender !== 'product').flatMap((peer) => {
    const server = peer.server === 'restic' ? 's3' : peer.server
    const ours = cells.find((cell) => cell.contender === 'product' && cell.server === server && cell.corpus === peer.corpus && cell.documents === peer.documents && cell.delayMs === peer.delayMs)
    return (Object.keys(peer.acts) as Act[]).flatMap((act): Ratio[] => {
      const [mine, theirs] = [ours?.acts[act], peer.acts[act]]
      if (!mine || !theirs) return []
      const by = (a: number, b: number): number => Math.round((a / Math.max(b, 1)) * 1000) / 1000
      const { corpus, documents, delayMs } = peer
      return [{ act, corpus, documents, delayMs, product: `product → ${server}`, peer: `${peer.contender} → ${peer.server}`, time: by(mine.ms.median, theirs.ms.median), requests: by(mine.requests, theirs.requests), bytes: by(mine.up + mine.down, theirs.up + theirs.down) }]
    })
  })
}

/** Sealing, signing and forcing to the medium: all documents, many to a segment; and a few of them, a segment each. */
export interface OfficeSaved {
  readonly together: Saved
  readonly alone: Saved
}

export interface Findings {
  readonly cells: readonly CellOutcome[]
  readonly polls: readonly PollOutcome[]
  readonly saved: Readonly<Record<string, OfficeSaved>>
  readonly resume: Resume | null
}

const partBytes = 8 * 1024 * 1024

export function goalsOf({ cells, polls, saved, resume }: Findings, sizes: { readonly documents: number; readonly joplin: number }): readonly Goal[] {
  const goals: Goal[] = []
  const say = (goal: string, measured: string, holds: boolean): void => void goals.push({ goal, measured, holds })
  const text = cells.filter((cell) => cell.contender === 'product' && cell.corpus === 'text' && cell.delayMs === 0)
  for (const { server, acts, documents } of text.filter((cell) => cell.documents === sizes.documents)) {
    const { initial, noop, edit } = acts
    const sealing = saved[`text ${documents}`]
    if (initial) say(`${server}: initial, ${documents} documents, at most 60 requests`, `${initial.requests}`, initial.requests <= 60)
    if (initial && sealing) {
      const { together, alone } = sealing
      const whole = initial.ms.median + together.ms
      say(`${server}: initial, ${documents} documents, at most 15 s with sealing, signing and forcing all to the medium`, `${seconds(whole)}, ${together.acts} documents to a signature; sending alone ${seconds(initial.ms.median)}; as people save, one by one, ${Math.round(alone.ms / alone.documents * 10) / 10} ms a document more`, whole <= 15_000)
    }
    if (noop) say(`${server}: no-op, at most 2 requests and 20 KB`, `${noop.requests}, ${noop.up + noop.down} bytes`, noop.requests <= 2 && noop.up + noop.down <= 20_000)
    if (edit && noop) {
      // The poll before it has a goal of its own.
      const bytes = edit.up + edit.down - noop.up - noop.down
      say(`${server}: one edit, 2 PUTs and at most 8 KB beside the poll`, `${wordsOf(edit.verbs)}, ${bytes} bytes and ${noop.up + noop.down} of the poll`, (edit.verbs['PUT'] ?? 0) <= 2 && bytes <= 8192)
    }
  }
  for (const { server, acts, documents } of text.filter((cell) => cell.documents === sizes.joplin)) {
    if (acts.second) say(`${server}: cold start, ${documents} documents, at most 40 requests`, `${acts.second.requests}`, acts.second.requests <= 40)
  }
  const flat = polls.filter(({ server, machines }) => server === 'webdav' && machines === 1)
  const [least, most] = [flat[0], flat.at(-1)]
  if (least && most) say(`no-op flat from ${least.objects} to ${most.objects} objects`, flat.map(({ objects, poll }) => `${objects}: ${poll.requests}, ${poll.up + poll.down} bytes`).join('; '), most.poll.requests <= 2 && most.poll.down <= least.poll.down * 1.2)
  for (const { server, machines, poll } of polls.filter((one) => one.machines > 1)) say(`${server}: no-op with ${machines} machines, at most 2 requests and 20 KB`, `${poll.requests}, ${poll.up + poll.down} bytes`, poll.requests <= 2 && poll.up + poll.down <= 20_000)
  if (resume) {
    say('goes on by itself in less than 5 s after a kill', `${seconds(resume.goesOnAfterMs)} to the first object, ${seconds(resume.ms)} to the end`, resume.goesOnAfterMs < 5000)
    say('sends at most 8 MiB again after a kill', `${resume.sentAgain} bytes`, resume.sentAgain <= partBytes)
  }
  return goals
}

export function wordsOf(verbs: Readonly<Record<string, number>>): string {
  return Object.entries(verbs).map(([verb, count]) => `${count} ${verb}`).join(' ')
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
