import { describe, expect, it } from 'vitest'
import { reduceAuthority } from '@shared/authority/reduce.ts'
import { createCouncil } from '@shared/authority/testing/council.ts'
import { createKeyPair } from '@shared/crypto/keys.ts'
import { wrapKey } from '@shared/crypto/wrap.ts'
import { testHost } from '@shared/judge/testing/world.ts'
import { collectionHandle, collectionZero, epochWrapsName } from '@shared/log/names.ts'
import { epochCommitment, epochWrapsToBytes, personRecipient } from '@shared/log/wraps.ts'
import type { ObjectStore } from './object-store.ts'
import { openGrantedEpochs } from './open-session.ts'

const ids = { workspace: 'town', genesis: 'ab'.repeat(32) }

describe('keys of a seat that is opened', () => {
  it('3.3 AU-20 hold an epoch whose making was cut off, so that what was written under it can be read', async () => {
    const host = testHost('cut off')
    const own = createKeyPair(host)
    const [key, epoch] = [host.random.bytes(32), 65_540]
    const council = createCouncil(['a', 'b', 'c'])
    const renewed = council.act('c', 'epoch.new', { collection: collectionZero, epoch, commitment: epochCommitment(collectionZero, epoch, key) })
    const out = council.act('a', 'grant.remove', { id: 'admin-c', reason: 'test', cut: council.cut('c', null) })
    const state = reduceAuthority([...council.founding, renewed, out, council.vote('b', out)])
    expect(state.epochs.has(`${collectionZero}/${epoch}`)).toBe(false)
    const recipient = personRecipient('a', own.publicKey)
    const wraps = epochWrapsToBytes({ [recipient]: await wrapKey(own.publicKey, { purpose: 'epoch', workspace: ids.workspace, subject: collectionZero, epoch, recipient }, key) })
    const store = { get: async (name: string) => (name === epochWrapsName(collectionHandle(ids.genesis, collectionZero), epoch) ? wraps : null) } as ObjectStore
    expect(await openGrantedEpochs(store, ids, state, 'a', own.privateKey, '2026-10-01')).toEqual([{ collection: collectionZero, epoch, key }])
  })
})
