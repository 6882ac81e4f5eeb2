// How the simulated people go on where a lane of theirs waits for a record that is nowhere: they leave it from there on, and bring again
// what can be read, as `renderer/vault/commands/leaving.ts` does.

import { compareForDisplay, isOfThisSchema } from '../../../log/event.ts'
import { collectionZero, seqName } from '../../../log/names.ts'
import type { NamedObject } from '../../../log/parcel.ts'
import { collection } from './council-town.ts'
import type { Seat } from './seat.ts'

export interface Hole {
  readonly collection: string
  readonly lane: string
  readonly seq: number
}

/** The first number that is missing of each lane of this seat, but the one it writes on, of which a later one is here. */
export function holesOf({ id, lane: own, handle }: Seat, names: Iterable<string>): readonly Hole[] {
  const lanes = new Map<string, Set<string>>()
  for (const name of names) {
    const [kind, of, lane, , seq] = name.split('/')
    if (kind === 'j' && lane?.startsWith(`${id}.`) && lane !== own) lanes.set(`${of}/${lane}`, (lanes.get(`${of}/${lane}`) ?? new Set()).add(seq as string))
  }
  return [collectionZero, collection].flatMap((one) =>
    [...lanes].flatMap(([chain, seqs]) => {
      const [of, lane = ''] = chain.split('/')
      const missing = Array.from(seqs, (_, i) => i + 1).find((seq) => !seqs.has(seqName(seq)))
      return of === handle(one) && missing !== undefined ? [{ collection: one, lane, seq: missing }] : []
    }),
  )
}

/** One segment at a time: what is asked again after it was kept and taken in. */
export async function leaveOrBringAgain(seat: Seat, names: Iterable<string>): Promise<readonly NamedObject[]> {
  const forks = await seat.view.forks()
  const hole = holesOf(seat, names).find(({ collection: of, lane, seq }) => seq < (forks.get(`${lane}/${of}`) ?? Infinity))
  if (hole) return seat.write(collectionZero, [{ type: 'session.leave', doc: null, deps: [], position: null, body: hole }])
  const kept = [...(await seat.setAside())].sort(compareForDisplay)
  for (const doc of new Set(kept.map(({ event }) => event.doc ?? ''))) {
    const stands = new Set((await seat.eventsOf(doc)).map(({ id }) => id))
    const again = kept.filter(({ id, event }) => event.doc === doc && isOfThisSchema(event) && event.deps.every((dep) => stands.has(dep)) && stands.add(id))
    if (again.length > 0) return seat.writeAgain(collection, again.map(({ event }) => event))
  }
  return []
}
