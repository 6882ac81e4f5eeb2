import { describe, expect, it } from 'vitest'
import { reduceAuthority } from '@shared/authority/reduce.ts'
import { createCouncil } from '@shared/authority/testing/council.ts'
import { ok } from '@shared/base/result.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import { createKeyPair } from '@shared/crypto/keys.ts'
import { testHost } from '@shared/judge/testing/world.ts'
import { collectionZero } from '@shared/log/names.ts'
import { epochCommitment } from '@shared/log/wraps.ts'
import { handOn } from './hand-on-epochs.ts'
import { newestZeroKey, openGrantedEpochs } from './open-session.ts'

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
})
