import { describe, expect, it } from 'vitest'
import { reduceAuthority } from '@shared/authority/reduce.ts'
import { createCouncil, seatFor } from '@shared/authority/testing/council.ts'
import { ok } from '@shared/base/result.ts'
import { createKeyPair } from '@shared/crypto/keys.ts'
import { testHost } from '@shared/judge/testing/world.ts'
import { collectionHandle, collectionZero, epochWrapsName } from '@shared/log/names.ts'
import { parseEpochWraps, personRecipient } from '@shared/log/wraps.ts'
import { handOn, readerKeys } from './hand-on-epochs.ts'
import type { ObjectStore } from './object-store.ts'
import { openEpochKey } from './open-session.ts'

const ids = { workspace: 'town', genesis: 'ab'.repeat(32) }
const date = '2026-10-01'

function memoryStore(): Pick<ObjectStore, 'get' | 'replace'> & { readonly writes: () => number } {
  const held = new Map<string, Uint8Array>()
  let writes = 0
  return {
    writes: () => writes,
    get: async (name) => held.get(name) ?? null,
    async replace(name, bytes) {
      writes += 1
      held.set(name, bytes)
      return ok(null)
    },
  }
}

/** Two administrators, and a clerk whose first machine was lost and who sits at a second one, with a key of its own. */
function office() {
  const host = testHost('hand on')
  const [first, lost, kept, waiting] = [0, 1, 2, 3].map(() => createKeyPair(host)) as [ReturnType<typeof createKeyPair>, ReturnType<typeof createKeyPair>, ReturnType<typeof createKeyPair>, ReturnType<typeof createKeyPair>]
  const council = createCouncil(['a', 'b'])
  const people = ['a', 'b', 'clerk', 'gone', 'never'].map((id) => council.act('a', 'person.put', { id, familyName: id, givenName: '', reading: '', employment: 'regular' }))
  const key = (person: string, pair: typeof first) => council.act('a', 'person.key', { person, exchangeKey: pair.publicKey })
  const acts = [
    ...people, key('a', first), key('clerk', lost), key('never', waiting), key('gone', lost),
    council.act('a', 'seat.add', seatFor('clerk')), council.act('a', 'seat.add', seatFor('gone')), key('clerk', kept), council.act('a', 'seat.add', { ...seatFor('clerk', 'seat-clerk-2'), personKey: kept.publicKey }),
    council.act('a', 'seat.remove', { id: 'seat-clerk', reason: '紛失', cut: [] }), council.act('a', 'seat.remove', { id: 'seat-gone', reason: '退職', cut: [] }),
  ]
  return { host, first, lost, kept, waiting, state: reduceAuthority([...council.founding, ...acts]) }
}

describe('keys of epochs that are handed on', () => {
  it('3.3 AU-14 go to keys that seats hold which were not taken away, and to who never had a seat; a lost machine’s key gets none', () => {
    const { first, kept, waiting, state } = office()
    expect(readerKeys(state, collectionZero, date)).toEqual([['a', first.publicKey], ['clerk', kept.publicKey], ['never', waiting.publicKey]])
    expect(readerKeys(state, 'c1', date)).toEqual([])
  })

  it('3.3 AU-16 add what is missing to a renewal that did not know of a seat, and write nothing where nothing is', async () => {
    const { host, kept, lost, state } = office()
    const store = memoryStore()
    const epochs = [{ collection: collectionZero, epoch: 65_537, key: host.random.bytes(32) }]
    const give = () => handOn(store, ids, epochs, (collection) => readerKeys(state, collection, date))
    expect(await give()).toBe(true)
    expect(await give()).toBe(true)
    expect(store.writes()).toBe(1)
    const open = (person: string, pair: typeof kept) => openEpochKey(store, ids, collectionZero, 65_537, personRecipient(person, pair.publicKey), pair.privateKey)
    expect(await open('clerk', kept)).toEqual(epochs[0]?.key)
    expect(await open('clerk', lost)).toBeNull()
    const wraps = parseEpochWraps((await store.get(epochWrapsName(collectionHandle(ids.genesis, collectionZero), 65_537))) ?? new Uint8Array())
    expect(Object.keys(wraps ?? {}).toSorted()).toEqual(readerKeys(state, collectionZero, date).map(([person, key]) => personRecipient(person, key)).toSorted())
  })
})
