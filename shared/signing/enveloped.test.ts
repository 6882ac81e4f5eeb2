import { describe, expect, it } from 'vitest'
import { bytesToHex } from '../base/bytes.ts'
import { authEnvelopedData, paddedKey } from './enveloped.ts'
import { oids } from './identifiers.ts'
import { children, readDer, readOid, readSequence, readSmallInteger } from './read-der.ts'

const filled = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value)

describe('a file that is sealed for somebody with a passphrase', () => {
  it('4.11 SG-20 the key that is wrapped bears its length and a check, and fills whole blocks (RFC 3211 2.3.1)', () => {
    const key = Uint8Array.from({ length: 32 }, (_, at) => at + 1)
    expect(bytesToHex(paddedKey(key, filled(16, 0xaa)))).toBe(`20fefdfc${bytesToHex(key)}${'aa'.repeat(12)}`)
    expect(paddedKey(filled(8, 1), filled(32, 0)).length).toBe(32)
  })

  it('4.11 SG-20 every part stands where RFC 5083, RFC 5084 and RFC 5652 have it, in DER', () => {
    const made = authEnvelopedData({ salt: filled(16, 1), iterations: 600_000, wrapIv: filled(16, 2), wrappedKey: filled(48, 3), nonce: filled(12, 4), ciphertext: filled(5, 5), tag: filled(16, 6) })
    const [type, explicit] = children(readDer(made))
    expect(readOid(type, 'type')).toBe(oids.authEnvelopedData)
    const [version, recipients, content, mac] = readSequence(children(explicit!)[0], 'content')
    expect([readSmallInteger(version, 'version'), mac?.tag, mac?.content]).toEqual([0, 0x04, filled(16, 6)])
    const [recipient, ...others] = children(recipients!)
    expect([recipient?.tag, others]).toEqual([0xa3, []])
    const [own, derivation, wrapping, wrapped] = children(recipient!)
    expect([readSmallInteger(own, 'version'), derivation?.tag, wrapped?.content]).toEqual([0, 0xa0, filled(48, 3)])
    const [kdf, how] = children(derivation!)
    const [salt, iterations, prf] = readSequence(how, 'how')
    expect([readOid(kdf, 'kdf'), salt?.content, readSmallInteger(iterations, 'iterations'), readOid(readSequence(prf, 'prf')[0], 'prf')]).toEqual([oids.pbkdf2, filled(16, 1), 600_000, oids.hmacWithSha256])
    const [kek, inner] = readSequence(wrapping, 'wrapping')
    const [cbc, iv] = readSequence(inner, 'inner')
    expect([readOid(kek, 'kek'), readOid(cbc, 'cbc'), iv?.content]).toEqual([oids.pwriKek, oids.aes256Cbc, filled(16, 2)])
    const [data, cipher, ciphertext] = readSequence(content, 'content')
    const [gcm, parameters] = readSequence(cipher, 'cipher')
    const [nonce, length] = readSequence(parameters, 'parameters')
    expect([readOid(data, 'data'), readOid(gcm, 'gcm'), nonce?.content, readSmallInteger(length, 'length'), ciphertext?.tag, ciphertext?.content]).toEqual([oids.data, oids.aes256Gcm, filled(12, 4), 16, 0x80, filled(5, 5)])
  })
})
