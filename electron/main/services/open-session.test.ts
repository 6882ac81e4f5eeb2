import { describe, expect, it } from 'vitest'
import type { DocumentGrant } from '@shared/authority/model.ts'
import { reduceAuthority } from '@shared/authority/reduce.ts'
import { createCouncil } from '@shared/authority/testing/council.ts'
import { ok } from '@shared/base/result.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import { createKeyPair, createSigner } from '@shared/crypto/keys.ts'
import { testHost } from '@shared/judge/testing/world.ts'
import { collectionHandle, collectionZero, segmentName } from '@shared/log/names.ts'
import { createSegment } from '@shared/log/segment.ts'
import { epochCommitment } from '@shared/log/wraps.ts'
import { handOn } from './hand-on-epochs.ts'
import type { ObjectStore } from './object-store.ts'
import { learnGiven, newestZeroKey, openGrantedEpochs, type OpenSession } from './open-session.ts'

const ids = { workspace: 'town', genesis: 'ab'.repeat(32) }

describe('keys of a seat that is opened', () => {
  it('3.3 AU-20 hold an epoch whose making was cut off, so that what was written under it can be read, and nothing is written under it', async () => {
    const host = testHost('cut off')
    const own = createKeyPair(host)
    const key = host.random.bytes(32)
    const council = createCouncil(['a', 'b', 'c'])
    const renewed = council.act('c', 'epoch.new', { collection: collectionZero, epoch: 65_540, commitment: epochCommitment(collectionZero, 65_540, key) })
    const out = council.act('a', 'grant.remove', { id: 'admin-c', reason: 'test', cut: council.cut('c', null) })
    const given = council.act('a', 'person.key', { person: 'a', exchangeKey: own.publicKey })
    const state = reduceAuthority([...council.founding, given, renewed, out, council.vote('b', out)])
    const held = new Map<string, Uint8Array>()
    const store = {
      get: async (name: string) => held.get(name) ?? null,
      async replace(name: string, bytes: Uint8Array) {
        held.set(name, bytes)
        return ok(null)
      },
    }
    await handOn(store, ids, [{ collection: collectionZero, epoch: 65_540, key }], () => [['a', own.publicKey]])
    const opened = await openGrantedEpochs(store, ids, state, 'a', own.privateKey, '2026-10-01')
    expect(opened).toEqual([{ collection: collectionZero, epoch: 65_540, key }])
    const zeroKeys = new Map(await Promise.all([0, 65_540].map(async (epoch) => [epoch, await importContentKey(host, key)] as const)))
    expect(newestZeroKey({ zeroKeys }, state).epoch).toBe(0)
    expect(newestZeroKey({ zeroKeys }, reduceAuthority([...council.founding, given, renewed])).epoch).toBe(65_540)
  })

  it('4.11 AU-93 what a person is given one by one begins and ends while the seat is open, and their lane goes on where it ended in that collection', async () => {
    const council = createCouncil(['a', 'b'])
    const grant: DocumentGrant = { id: 'g', person: 'b', collection: 'c1', document: 'd'.repeat(24), role: 'writer', reason: 'test', key: 'k'.repeat(16), from: '2026-10-01', to: '2026-10-31', reviewBy: '2026-10-31' }
    const collection = council.act('a', 'collection.put', { id: 'c1', name: 'c1', nameEn: '', section: null })
    const [put, gone] = [council.act('a', 'grant.document', grant), council.act('a', 'grant.remove', { id: 'g', reason: 'test' })]
    let known = [...council.founding, collection]
    let caughtUp = 0
    const authority = { catchUp: async () => void (caughtUp += 1), state: async () => reduceAuthority(known) }
    const { bytes, hash } = await createSegment(testHost('given'), { epoch: 0, key: await importContentKey(testHost('zero'), new Uint8Array(32)) }, { suite: 1, schema: 1, workspace: ids.workspace, collection: 'c1', lane: 'b.1', seq: 3, prev: null, session: 'ab'.repeat(32), authority: {}, hlc: { ms: 1, n: 0 }, acts: [] }, [], await createSigner(testHost('session'), createKeyPair(testHost('session'))))
    const name = segmentName(collectionHandle(ids.genesis, 'c1'), 'b.1', 3)
    const store = { list: async (folder: string) => (name.startsWith(`${folder}/`) ? [name.slice(folder.length + 1).split('/')[0]] : []), get: async (asked: string) => (asked === name ? bytes : null) } as unknown as ObjectStore
    const session = { person: 'b', lane: 'b.1', given: [], epochKeys: [{ collection: collectionZero }], heads: new Map(), authority } as unknown as OpenSession
    const learn = (date: string) => learnGiven({ store }, ids, session, date).then(() => session.given.map(({ id }) => id))
    expect(await learn('2026-10-02')).toEqual([])
    known = [...known, put]
    expect([await learn('2026-10-02'), session.heads.get('c1')]).toEqual([['g'], { seq: 3, hash }])
    expect(await learn('2026-11-01')).toEqual([])
    expect(await learn('2026-10-02')).toEqual(['g'])
    known = [...known, gone]
    expect([await learn('2026-10-02'), caughtUp]).toEqual([[], 5])
  })
})
