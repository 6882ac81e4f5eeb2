// What a person, or whoever has a device, could read: by their rights, and which of it they opened as far as that is written down here.
// For reports; it opens nothing and forbids nothing.

import { readableCollections } from '@shared/authority/ask.ts'
import { partsOfPlace, placeOf, reachOf, uniteReach, type Reach } from '@shared/authority/could-read.ts'
import { anyGrant, anyGranted } from '@shared/authority/review.ts'
import { documentHandle } from '@shared/log/names.ts'
import { compareForDisplay, type KnownEvent } from '@shared/log/event.ts'
import type { CouldRead, CouldReadOf, RemovedReader } from '../../services/trust-models.ts'
import { actingOf } from '../acting.ts'
import type { VaultCore } from '../core.ts'
import { documentTable, type DocumentRow } from '../document-rows.ts'
import type { RightUses } from '../uses.ts'
import { namesOf } from './names.ts'
import { titleOf } from './summary.ts'

/** `people`: whose openings are shown. */
export function couldRead(core: VaultCore, uses: RightUses, people: readonly string[], reach: Reach): CouldRead {
  const names = namesOf(core.authority())
  const own = new Set(readableCollections(core.authority(), core.seat.person, core.today()))
  const acting = actingOf(core)
  // What is still on its way into the view is neither counted nor said to be unread.
  const usesKnown = uses.current() !== null && !core.isTakingIn()
  const documents = core.view.register(documentTable).map(({ key, value }) => ({ doc: key, state: (value as DocumentRow).state }))
  // AU-80 a document that was given alone (AU-90) is within reach by its own right, or by that on all.
  const untilOf = (collection: string, doc: string): number => Math.max(reach.get(collection) ?? 0, reach.get(placeOf(collection, documentHandle(core.seat.workspace, doc))) ?? 0)
  const within = (collection: string): CouldRead['collections'][number]['documents'] =>
    documents.flatMap(({ doc, state }) => {
      const until = state.collection === collection ? untilOf(collection, doc) : 0
      if (until === 0 || state.createdAt === null || Date.parse(state.createdAt) > until) return []
      const opened = Math.max(0, ...people.map((person) => uses.opened(doc, person)))
      return [{ doc, title: titleOf(state), at: state.createdAt, rekeyed: state.keys?.findLast(({ at }) => Date.parse(at) > until)?.at ?? null, earlier: null, opened: opened === 0 ? null : new Date(opened).toISOString() }]
    })
  const places = [...new Set([...reach.keys()].map((place) => partsOfPlace(place).collection))]
  return {
    usesKnown,
    collections: places.flatMap((id) => (own.has(id) ? [{ name: names.collection(id), documents: within(id), mayRekey: acting.hasAccess(id, 'document.rekey') }] : [])).filter(({ documents: found }) => found.length > 0),
    unread: places.filter((id) => !own.has(id)).map(names.collection),
  }
}

interface Removal {
  readonly person: string
  readonly by: KnownEvent
  readonly kind: RemovedReader['kind']
  readonly reason: string
  readonly reach: Reach
}

/** What took reading from somebody and has effect, by the segment and the person; seats of lost devices are told with the device. */
function removalsOf(core: VaultCore): ReadonlyMap<string, Removal> {
  const authority = core.authority()
  const found = new Map<string, Removal>()
  for (const known of core.view.authority().filter(({ event }) => event.type === 'seat.remove' || event.type === 'grant.remove').sort(compareForDisplay)) {
    const { id, reason } = known.event.body as { readonly id: string; readonly reason: string }
    const at = known.event.hlc.ms
    const seat = known.event.type === 'seat.remove' && authority.removedSeats.has(id) ? authority.seats.get(id) : undefined
    const grant = known.event.type === 'grant.remove' && authority.removedGrants.has(id) ? anyGranted(authority, id) : null
    const person = seat?.person ?? grant?.person
    if (person === undefined || (seat && authority.lostDevices.has(seat.device))) continue
    const still = new Set(readableCollections(authority, person, core.today()))
    const whole = reachOf(authority, person, at)
    const place = grant?.collection ? placeOf(grant.collection, grant.document) : null
    const reach: Reach = seat ? whole : new Map([...whole].filter(([one]) => one === place && !still.has(partsOfPlace(one).collection)))
    if (reach.size === 0) continue
    const key = `${known.lane} ${known.seq} ${person}`
    found.set(key, { person, by: known, kind: seat ? 'seat' : 'right', reason, reach: uniteReach([reach, found.get(key)?.reach ?? new Map()]) })
  }
  return found
}

/** The latest first. */
export function removedReaders(core: VaultCore): readonly RemovedReader[] {
  const names = namesOf(core.authority())
  return [...removalsOf(core)].reverse().map(([id, { person, by, kind, reason }]) => ({ id, name: names.person(person), kind, by: names.person(by.event.person), at: by.event.at, reason }))
}

/** Of a removal that was, or of one that is about to be; null where there is none. */
export function couldReadView(core: VaultCore, uses: RightUses, of: CouldReadOf): CouldRead | null {
  const authority = core.authority()
  const now = core.around.clock.now()
  if (of.kind === 'removal') {
    const removal = removalsOf(core).get(of.id)
    return removal ? couldRead(core, uses, [removal.person], removal.reach) : null
  }
  if (of.kind === 'seat') {
    const person = authority.seats.get(of.seat)?.person
    return person === undefined ? null : couldRead(core, uses, [person], reachOf(authority, person, now))
  }
  const grants = of.grants.flatMap((id) => anyGrant(authority, id) ?? [])
  const reach = uniteReach(grants.map(({ person, collection, document }) => new Map([...reachOf(authority, person, now)].filter(([place]) => collection !== null && place === placeOf(collection, document)))))
  return couldRead(core, uses, [...new Set(grants.map(({ person }) => person))], reach)
}
