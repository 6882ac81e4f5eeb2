import { describe, expect, it } from 'vitest'
import { utf8ToBytes } from '../base/bytes.ts'
import { importContentKey } from '../crypto/envelope.ts'
import { testHost } from '../judge/testing/world.ts'
import { evidenceHash, evidenceHashes, largestEvidenceBytes, newEvidence, noEvidence, openEvidence, sealEvidence, type SealedEvidence } from './evidence.ts'

const host = testHost('evidence')
const keyOf = () => importContentKey(host, host.random.bytes(32))
const posture = newEvidence(host, utf8ToBytes('statement'))
const token = newEvidence(host, utf8ToBytes('token'))
const both = { posture, token }

describe('what a session rests on', () => {
  it('4.9 LG-13 is named by salted hashes of each kind', () => {
    expect(evidenceHash('posture', null)).toBeNull()
    expect(evidenceHash('posture', posture)).toMatch(/^[0-9a-f]{64}$/)
    const same = newEvidence(host, posture.bytes)
    expect(new Set([evidenceHash('posture', posture), evidenceHash('token', posture), evidenceHash('posture', same)]).size).toBe(3)
  })

  it('4.9 LG-14 LG-15 opens with the key, in its workspace, as what the certificate names', async () => {
    const [key, other] = [await keyOf(), await keyOf()]
    const sealed = (await sealEvidence(host, 'w', { epoch: 2, key }, both)) as SealedEvidence
    const named = evidenceHashes(both)
    expect(await openEvidence(host, 'w', key, sealed, named)).toEqual(both)
    expect(await openEvidence(host, 'x', key, sealed, named)).toBeNull()
    expect(await openEvidence(host, 'w', other, sealed, named)).toBeNull()
    expect(await openEvidence(host, 'w', key, { ...sealed, epoch: 1 }, named)).toBeNull()
    expect(await openEvidence(host, 'w', key, sealed, { ...named, posture: null })).toBeNull()
    expect(await openEvidence(host, 'w', key, sealed, evidenceHashes({ posture: token, token: posture }))).toBeNull()
    const one = (await sealEvidence(host, 'w', { epoch: 0, key }, { posture, token: null })) as SealedEvidence
    expect(await openEvidence(host, 'w', key, one, evidenceHashes({ posture, token: null }))).toEqual({ posture, token: null })
  })

  it('4.9 LG-16 is nothing where there is none, and never large', async () => {
    const key = await keyOf()
    expect(await sealEvidence(host, 'w', { epoch: 0, key }, noEvidence)).toBeNull()
    const large = { posture: newEvidence(host, new Uint8Array(largestEvidenceBytes)), token: null }
    const sealed = (await sealEvidence(host, 'w', { epoch: 0, key }, large)) as SealedEvidence
    expect(await openEvidence(host, 'w', key, sealed, evidenceHashes(large))).toBeNull()
  })
})
