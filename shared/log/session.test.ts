import { describe, expect, it } from 'vitest'
import { testHost } from '../judge/testing/world.ts'
import { createKeyPair, createSigner } from '../crypto/keys.ts'
import { createVerify } from '../crypto/sign.ts'
import { createSession, longestSessionMs, parseSession, sessionToBytes, verifySession, type SessionBody } from './session.ts'

const host = testHost('session')
const verify = createVerify(host)
const seat = createKeyPair(host)
const device = createKeyPair(host)
const body: SessionBody = { suite: 1, schema: 1, kind: 'session', workspace: 'w', seat: 's', device: 'd', person: 'p', incarnation: 'i', n: 1, sessionKey: createKeyPair(host).publicKey, notBefore: 1000, notAfter: 1000 + longestSessionMs, policy: 'trial', authority: { 'a.b': 3 }, token: null, posture: null }

describe('the session certificate', () => {
  it('2.6d LG-10 LG-11 binds seat, device, person and policy, with token and posture absent', async () => {
    const made = await createSession(body, await createSigner(host, seat), await createSigner(host, device))
    const read = parseSession(sessionToBytes(made))
    expect(read?.body).toEqual(body)
    expect(read?.hash).toBe(made.hash)
    expect([read?.body.token, read?.body.posture]).toEqual([null, null])
  })

  it('2.6d LG-12 holds only under both keys and for at most twelve hours', async () => {
    const sign = async (over: Partial<SessionBody>) => createSession({ ...body, ...over }, await createSigner(host, seat), await createSigner(host, device))
    const good = await sign({})
    expect(await verifySession(verify, good, seat.publicKey, device.publicKey)).toBe(true)
    expect(await verifySession(verify, good, device.publicKey, seat.publicKey)).toBe(false)
    expect(await verifySession(verify, good, seat.publicKey, createKeyPair(host).publicKey)).toBe(false)
    expect(await verifySession(verify, await sign({ notAfter: body.notAfter + 1 }), seat.publicKey, device.publicKey)).toBe(false)
    expect(await verifySession(verify, await sign({ notAfter: body.notBefore }), seat.publicKey, device.publicKey)).toBe(false)
  })
})
