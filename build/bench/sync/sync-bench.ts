// `npm run bench -- sync`: the product's sync against rclone, restic and joplin on the same servers, counted and timed in one run.
// Says how far it is; a contender that fails or is not here costs its own lines only, and the figures are kept all the same.

import { parseArgs } from 'node:util'
import { bundle } from '../bundle.ts'
import { openArena, reasonOf, type Arena, type Say } from './arena.ts'
import { costOf, habits, prices, towns, type MeasuredSizes, type TownCost } from './cost.ts'
import { goalsOf, ratiosOf, type CellOutcome, type Goal, type OfficeSaved, type PollOutcome, type Ratio } from './outcome.ts'
import { planOf, quickSizes, wholeSizes, type Cell, type Sizes } from './plan.ts'
import type { Resume } from './product.ts'

export interface SyncResult {
  readonly sizes: Sizes
  readonly goals: readonly Goal[]
  readonly ratios: readonly Ratio[]
  /** Sealing, signing and forcing the product's documents to the medium, once for each corpus. */
  readonly saved: Readonly<Record<string, OfficeSaved>>
  readonly cells: readonly CellOutcome[]
  readonly polls: readonly PollOutcome[]
  readonly resume: Resume | null
  readonly failed: readonly string[]
  readonly cost: { readonly habits: typeof habits; readonly prices: typeof prices; readonly sizes: MeasuredSizes; readonly towns: readonly TownCost[] } | null
}

export interface SyncOptions {
  readonly sizes: Sizes
  readonly without: readonly string[]
  /** All sizes as they are meant, nothing left out: worth keeping. */
  readonly whole: boolean
  /** What has not begun after so many minutes is left out, and told. */
  readonly minutes: number
}

export function syncOptions(args: readonly string[]): SyncOptions {
  const count = { type: 'string' } as const
  const { values } = parseArgs({ args: [...args], options: { quick: { type: 'boolean', default: false }, documents: count, joplin: count, rclone: count, 'rclone-pdf': count, slow: count, runs: count, minutes: count, without: { type: 'string', multiple: true, default: [] } } })
  const base = values.quick ? quickSizes : wholeSizes
  const number = (value: string | undefined, usual: number): number => {
    const given = value === undefined ? usual : Number(value)
    if (!Number.isSafeInteger(given) || given < 0) throw new Error(`"${value}" is no number`)
    return given
  }
  const sizes: Sizes = {
    ...base,
    documents: number(values.documents, base.documents),
    joplin: number(values.joplin, base.joplin),
    rclone: number(values.rclone, base.rclone),
    rclonePdf: number(values['rclone-pdf'], base.rclonePdf),
    slow: number(values.slow, base.slow),
    runs: number(values.runs, base.runs),
  }
  return { sizes, without: values.without, minutes: number(values.minutes, 12), whole: !values.quick && values.without.length === 0 && sizes.documents >= wholeSizes.documents && sizes.joplin >= wholeSizes.joplin }
}

export async function runSync(root: string, { sizes, without, minutes }: SyncOptions, say: Say): Promise<SyncResult> {
  const begun = performance.now()
  const arena = openArena(await bundle(root, 'build/bench/sync/program.ts', 'sync'), say)
  const timed: Say = (words) => say(`${String(Math.round((performance.now() - begun) / 1000)).padStart(4)} s  ${words}`)
  const cells: CellOutcome[] = []
  const polls: PollOutcome[] = []
  const failed: string[] = []
  let resume: Resume | null = null
  const mayBegin = (what: string): boolean => {
    const isOver = performance.now() - begun > minutes * 60_000
    timed(isOver ? `${what}: left out` : what)
    if (isOver) failed.push(`${what}: ${minutes} minutes were over`)
    return !isOver
  }
  const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
    if (!mayBegin(what)) return
    await work().catch((error: unknown) => void failed.push(`${what}: ${reasonOf(error)}`))
  }
  try {
    const measureCell = async (cell: Cell): Promise<void> => {
      if (!mayBegin(`${cell.contender} → ${cell.server}, ${cell.documents} × ${cell.corpus}${cell.delayMs > 0 ? `, ${cell.delayMs} ms` : ''}`)) return
      const outcome = await arena.measure(cell)
      cells.push(outcome)
      if (outcome.failed !== undefined) failed.push(`${cell.contender} → ${cell.server} is not here to its end: ${outcome.failed}`)
    }
    // What the goals ask comes first: the time may not be enough for every peer.
    const plan = planOf(sizes, without)
    for (const cell of plan.slice(0, 2)) await measureCell(cell)
    if (!without.includes('polls')) await pollAll(arena, sizes, polls, attempt)
    const sent = cells.find((cell) => cell.contender === 'product' && cell.server === 'webdav' && cell.documents === sizes.documents && cell.corpus === 'text')?.acts.initial
    if (sent) await attempt('kill and resume', async () => void (resume = await arena.resume('text', sizes.documents, sent.up)))
    for (const cell of plan.slice(2)) await measureCell(cell)
    const saved = arena.saved()
    const measured = sizesOf(cells, polls, saved, sizes)
    const cost = measured && { habits, prices, sizes: measured, towns: towns.map((town) => costOf(town, measured)) }
    return { sizes, goals: goalsOf({ cells, polls, saved, resume }, sizes), ratios: ratiosOf(cells), saved, cells, polls, resume, failed, cost }
  } finally {
    await arena.close()
  }
}

async function pollAll(arena: Arena, { flat, documents, machines }: Sizes, polls: PollOutcome[], attempt: (what: string, work: () => Promise<void>) => Promise<void>): Promise<void> {
  const one = (server: 'webdav' | 's3', objects: number, many: number): Promise<void> =>
    attempt(`poll → ${server}, ${objects} objects, ${many} machine${many > 1 ? 's' : ''}`, async () => void polls.push(await arena.poll(server, objects, many)))
  for (const objects of flat) await one('webdav', objects, 1)
  const usual = Math.min(documents, 10_000)
  await one('s3', usual, 1)
  for (const server of ['webdav', 's3'] as const) await one(server, usual, machines)
}

/** Over S3; null while something of it was not measured. */
function sizesOf(cells: readonly CellOutcome[], polls: readonly PollOutcome[], saved: Readonly<Record<string, OfficeSaved>>, { documents }: Sizes): MeasuredSizes | null {
  const acts = cells.find((cell) => cell.contender === 'product' && cell.server === 's3' && cell.corpus === 'text' && cell.documents === documents && cell.delayMs === 0)?.acts
  const s3 = polls.filter(({ server }) => server === 's3')
  const [alone, many] = [s3.find(({ machines }) => machines === 1), s3.find(({ machines }) => machines > 1)]
  const sealed = saved[`text ${documents}`]
  if (!acts?.edit || !acts.follow || !acts.second || !alone || !many || !sealed) return null
  const bytes = ({ up, down }: { readonly up: number; readonly down: number }): number => up + down
  const perMachine = (bytes(many.poll) - bytes(alone.poll)) / (many.machines - 1)
  return {
    pollBytes: Math.round(bytes(alone.poll) - perMachine),
    pollBytesPerMachine: Math.round(perMachine),
    // The polls of both rounds are counted as polls.
    editPuts: acts.edit.verbs['PUT'] ?? 0,
    editBytes: bytes(acts.edit) - bytes(alone.poll),
    followGets: acts.follow.requests - 1,
    followBytes: bytes(acts.follow) - bytes(alone.poll),
    storedPerEdit: Math.round(sealed.alone.bytes / sealed.alone.documents),
    coldDocuments: documents,
    coldRequests: acts.second.requests,
    coldBytes: bytes(acts.second),
  }
}
