// The product as a contender: the engine, the adapters and the object store of the app over a profile whose documents were saved,
// sealed and signed one by one by the app's own services. A process of Node for each act; the vault and its database take no part.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TargetChoice } from '@shared/ipc/contract/sync.ts'
import { holdProcess } from '../../../e2e/hosts/child-process.ts'
import { endsWithUs } from '../../../e2e/servers/loopback.ts'
import { answerMark, openDriver } from '../driver.ts'
import type { Race } from '../row.ts'
import type { Act, Contender, Run } from './contender.ts'
import type { Corpus } from './corpus.ts'
import type { Job, Saved, Synced } from './job.ts'
import { measure, runToEnd } from './measure.ts'
import type { CountingProxy } from './proxy.ts'

const env = { PATH: process.env['PATH'] ?? '', TZ: 'Asia/Tokyo' }

/** A profile with its documents; every run sends them to a storage it never met. */
export interface Office {
  readonly saved: Saved
  /** A few of the same, a segment each: as people save. */
  readonly savedAlone: Saved
  readonly corpus: Corpus
  readonly documents: number
  contend(proxy: CountingProxy, target: TargetChoice): Contender
  /** Sending is killed in its middle and begun again. `whole`: bytes that sending everything takes. */
  resume(proxy: CountingProxy, target: TargetChoice, whole: number): Promise<Resume>
  close(): void
}

export interface Resume {
  /** Bytes that had passed when the process was killed. */
  readonly killedAfter: number
  /** Milliseconds from starting again to the first object that is sent, and to the end. */
  readonly goesOnAfterMs: number
  readonly ms: number
  /** Bytes sent in both attempts beyond those of one that nobody ends. */
  readonly sentAgain: number
}

export async function openOffice(program: string, corpus: Corpus, documents: number): Promise<Office> {
  const root = mkdtempSync(join(tmpdir(), 'fumibako-product-'))
  const folder = join(root, 'first')
  let count = 0
  let edits = documents
  const command = (job: Job): readonly string[] => [process.execPath, program, JSON.stringify(job)]
  const save = async (where: string, many: number, acts: number): Promise<Saved> => answerIn<Saved>(await runToEnd(command({ act: 'save', folder: where, corpus, from: 1, documents: many, acts }), env))
  const savedAlone = await save(join(root, 'alone'), Math.min(documents, 200), 1)
  const saved = await save(folder, documents, 50)
  const round = async (proxy: CountingProxy, machine: string, notes: string, target: TargetChoice): Promise<Run> => {
    const { cost, words } = await measure(proxy, command({ act: 'sync', folder: machine, notes, target }), env)
    return { ...cost, withinMs: answerIn<Synced>(words).ms }
  }
  return {
    saved,
    savedAlone,
    corpus,
    documents,
    contend(proxy, target) {
      const notes = `run${++count}`
      const second = join(root, `second${count}`)
      const acts: Readonly<Record<Act, () => Promise<Run>>> = {
        initial: () => round(proxy, folder, notes, target),
        noop: () => round(proxy, folder, notes, target),
        async second() {
          await runToEnd(command({ act: 'join', folder, second }), env)
          return round(proxy, second, notes, target)
        },
        async edit() {
          await runToEnd(command({ act: 'save', folder, corpus: 'text', from: ++edits, documents: 1, acts: 1 }), env)
          return round(proxy, folder, notes, target)
        },
        follow: () => round(proxy, second, notes, target),
      }
      return { acts: ['initial', 'noop', 'second', 'edit', 'follow'], run: (act) => acts[act](), close: async () => rmSync(second, { recursive: true, force: true }) }
    },
    async resume(proxy, target, whole) {
      const notes = `run${++count}`
      const job = command({ act: 'sync', folder, notes, target })
      proxy.take()
      const first = holdProcess([...endsWithUs, ...job], env)
      let killedAfter = 0
      proxy.watch((verb, bytes) => {
        if (verb === 'PUT') killedAfter += bytes
        if (killedAfter < whole / 2) return
        proxy.watch(null)
        first.signal('SIGKILL')
      })
      if ((await first.ended) === 0) throw new Error('it ended before it could be killed')
      const before = proxy.take().up
      const begun = performance.now()
      let goesOn = 0
      proxy.watch((verb) => {
        if (verb === 'PUT' && goesOn === 0) goesOn = performance.now() - begun
      })
      const again = await round(proxy, folder, notes, target)
      proxy.watch(null)
      return { killedAfter, goesOnAfterMs: Math.round(goesOn), ms: again.ms, sentAgain: before + again.up - whole }
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** Machines in memory around one storage: `product` is one poll, `peer` one edit. */
export function openPoll(program: string, target: TargetChoice, objects: number, machines: number): Promise<Race> {
  return openDriver([process.execPath, program, JSON.stringify({ act: 'poll', target, objects, machines } satisfies Job)], env)
}

function answerIn<T>(words: string): T {
  const line = words.split('\n').find((one) => one.startsWith(answerMark))
  if (line === undefined) throw new Error(`no answer in: ${words.slice(-600)}`)
  return JSON.parse(line.slice(answerMark.length)) as T
}
