import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKeyPair, createSigner } from '../crypto/keys.ts'
import { testHost } from '../judge/testing/world.ts'
import { createAnswer, openAnswer } from './answer.ts'
import { invitationToBytes, largestInvitationBytes, parseInvitation, type Invitation } from './invitation.ts'
import { openRequest } from './request.ts'
import { newcomer } from './testing/newcomer.ts'

const seed = 20261122
const host = testHost('tampering')
const ids = { workspace: 'workspace1', genesis: 'ab'.repeat(32) }

function flipped(bytes: Uint8Array, at: number, mask: number): Uint8Array {
  const out = bytes.slice()
  out[at] = (out[at] as number) ^ mask
  return out
}

describe('what lies in a hostile storage or was damaged on its way', () => {
  const invitation: Invitation = { ...ids, kind: 'real', townName: '磐梯町', storage: { kind: 'folder', path: '/srv/文箱' }, admins: [{ person: 'sato', exchangeKey: createKeyPair(host).publicKey }] }

  it('3.2 an invitation comes back as it was; no byte of it can be changed, and no other length is one', () => {
    const bytes = invitationToBytes(invitation)
    expect(parseInvitation(bytes)).toEqual({ ok: true, value: invitation })
    for (let at = 0; at < bytes.length; at++) expect(parseInvitation(flipped(bytes, at, 0x10)).ok, `byte ${at}`).toBe(false)
    fc.assert(fc.property(fc.nat(bytes.length - 1), (length) => !parseInvitation(bytes.slice(0, length)).ok), { seed })
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (junk) => !parseInvitation(junk).ok), { seed })
    expect(parseInvitation(new Uint8Array(largestInvitationBytes + 1)).ok).toBe(false)
  })

  it('3.2 an invitation of a newer version says so', () => {
    const bytes = invitationToBytes(invitation)
    const at = bytes.findIndex((byte, i) => byte === 0x61 && bytes[i + 1] === 0x73 && bytes[i + 2] === 1) + 2
    expect(parseInvitation(flipped(bytes, at, 3))).toMatchObject({ ok: false, error: { type: 'InvitationNewer' } })
  })

  it('3.2 no byte of a request can be changed', async () => {
    const admin = createKeyPair(host)
    const { object } = await newcomer(host, ids, 1_790_000_000_000).ask('e/one', [admin.publicKey])
    expect(await openRequest(host, ids, 'e/one', admin.privateKey, object)).not.toBeNull()
    await fc.assert(
      fc.asyncProperty(fc.nat(object.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => (await openRequest(host, ids, 'e/one', admin.privateKey, flipped(object, at, mask))) === null),
      { seed, numRuns: 150 },
    )
  })

  it('3.2 no byte of an answer can be changed', async () => {
    const seat = createKeyPair(host)
    const answer = { ...ids, request: 'cd'.repeat(32), outcome: 'approved', person: 'sato', session: 'ef'.repeat(32), floor: { 'a.b': 3 }, parcels: [], at: 1 } as const
    const object = await createAnswer(host, 'e/one.a', answer, await createSigner(host, createKeyPair(host)), seat.publicKey)
    expect((await openAnswer(host, ids.workspace, 'e/one.a', seat.privateKey, object))?.answer).toEqual(answer)
    await fc.assert(
      fc.asyncProperty(fc.nat(object.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => (await openAnswer(host, ids.workspace, 'e/one.a', seat.privateKey, flipped(object, at, mask))) === null),
      { seed, numRuns: 150 },
    )
  })
})
