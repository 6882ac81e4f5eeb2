// Where cells are measured: servers, offices that were saved once, and contenders made as a cell asks. A contender that fails is
// told and ends its own cell only.

import type { Contender, Act, Run } from './contender.ts'
import type { Corpus } from './corpus.ts'
import { joplinContender, provideJoplin } from './joplin.ts'
import { actOutcome, type CellOutcome, type OfficeSaved, type PollOutcome } from './outcome.ts'
import { rcloneContender, resticContender, resticOnS3 } from './peers.ts'
import type { Cell } from './plan.ts'
import { openOffice, openPoll, type Office, type Resume } from './product.ts'
import { createServers, davTarget, s3Target, type DavLane, type ResticLane, type S3Lane } from './servers.ts'

export interface Arena {
  measure(cell: Cell): Promise<CellOutcome>
  poll(server: 'webdav' | 's3', objects: number, machines: number): Promise<PollOutcome>
  /** Over WebDAV. `whole`: bytes that sending all of these documents takes. */
  resume(corpus: Corpus, documents: number, whole: number): Promise<Resume>
  saved(): Readonly<Record<string, OfficeSaved>>
  close(): Promise<void>
}

export type Say = (words: string) => void

/** `program` is the bundle of program.ts. */
export function openArena(program: string, say: Say): Arena {
  const servers = createServers()
  const lanes = new Map<string, Promise<DavLane | S3Lane | ResticLane>>()
  const offices = new Map<string, Office>()
  let joplin: Promise<string> | null = null
  const lane = <T extends DavLane | S3Lane | ResticLane>(key: string, open: () => Promise<T>): Promise<T> => {
    const opened = (lanes.get(key) as Promise<T> | undefined) ?? open()
    lanes.set(key, opened)
    return opened
  }
  const dav = (delay: number): Promise<DavLane> => lane(`webdav ${delay}`, () => servers.webdav(delay))
  const s3 = (delay: number): Promise<S3Lane> => lane(`s3 ${delay}`, () => servers.s3(delay))
  const officeOf = async (corpus: Corpus, documents: number): Promise<Office> => {
    const key = `${corpus} ${documents}`
    const before = offices.get(key)
    if (before) return before
    say(`  saving ${documents} documents (${corpus})`)
    const office = await openOffice(program, corpus, documents)
    offices.set(key, office)
    return office
  }
  const contender = async ({ contender: who, server, corpus, documents, delayMs }: Cell): Promise<Contender> => {
    if (who === 'product' && server === 's3') {
      const [{ proxy, place }, office] = [await s3(delayMs), await officeOf(corpus, documents)]
      return office.contend(proxy, s3Target(await place()))
    }
    if (who === 'restic' && server === 's3') {
      const { proxy, place } = await s3(delayMs)
      const { repository, keys } = resticOnS3(await place())
      return resticContender(proxy, repository, keys, corpus, documents)
    }
    if (who === 'restic') {
      const { proxy, place } = await lane(`restic ${delayMs}`, () => servers.restic(delayMs))
      return resticContender(proxy, place(), {}, corpus, documents)
    }
    const { proxy, place } = await dav(delayMs)
    if (who === 'product') return (await officeOf(corpus, documents)).contend(proxy, davTarget(place()))
    if (who === 'rclone') return rcloneContender(proxy, place(), corpus, documents)
    if (!joplin) say('  providing joplin; the first time takes minutes')
    return joplinContender(await (joplin ??= provideJoplin()), proxy, place(), documents)
  }
  return {
    async measure(cell) {
      const runs = new Map<Act, Run[]>()
      const outcome = (): CellOutcome['acts'] => Object.fromEntries([...runs].map(([act, all]) => [act, actOutcome(all)]))
      try {
        for (let n = 0; n < cell.runs; n++) {
          const one = await contender(cell)
          try {
            const acts = n === 0 && !cell.alone ? one.acts : one.acts.filter((act) => act !== 'second' && act !== 'follow')
            for (const act of acts) runs.set(act, [...(runs.get(act) ?? []), await one.run(act)])
          } finally {
            await one.close()
          }
        }
        return { ...cell, acts: outcome() }
      } catch (error) {
        return { ...cell, acts: outcome(), failed: reasonOf(error) }
      }
    },
    async poll(server, objects, machines) {
      const [{ proxy }, target] = server === 's3' ? [await s3(0), s3Target(await (await s3(0)).place())] : [await dav(0), davTarget((await dav(0)).place())]
      const race = await openPoll(program, target, objects, machines)
      const counted = async (act: () => Promise<{ readonly ms: number }>): Promise<PollOutcome['poll']> => {
        proxy.take()
        const { ms } = await act()
        const { requests, up, down } = proxy.take()
        return { requests, up, down, ms: Math.round(ms * 10) / 10 }
      }
      try {
        // The first tells what the connections cost to open, and is not told.
        await race.product()
        return { server, machines, objects, poll: await counted(race.product), edit: await counted(race.peer) }
      } finally {
        await race.close()
      }
    },
    async resume(corpus, documents, whole) {
      const [{ proxy, place }, office] = [await dav(0), await officeOf(corpus, documents)]
      return office.resume(proxy, davTarget(place()), whole)
    },
    saved: () => Object.fromEntries([...offices].map(([key, { saved, savedAlone }]) => [key, { together: saved, alone: savedAlone }])),
    async close() {
      for (const opened of lanes.values()) await opened.then((one) => one.close(), () => undefined)
      for (const office of offices.values()) office.close()
      await servers.close()
    },
  }
}

/** The line that says what is wrong, out of all that a program said at its end. */
export function reasonOf(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n')
  return `${lines[0] ?? ''} ${lines.slice(1).find((line) => /error/i.test(line)) ?? ''}`.trim().slice(0, 300)
}
