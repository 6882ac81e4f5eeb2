// What can be held of adapters that were never run on their systems: how they ask and how they read.
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createKeyPair, createSigner, pairOf } from '@shared/crypto/keys.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import { KeyFailed } from '../services/kept-key.ts'
import { nodeHost } from '../services/node-host.ts'
import { clearAway, temporary } from '../services/testing/session-device.ts'
import { createCngKeys, pointOfBlob } from './cng-keys.ts'
import type { Foreign } from './foreign.ts'
import { createSecureEnclaveKeys } from './secure-enclave-keys.ts'

afterAll(clearAway)
const pair = createKeyPair(nodeHost)
const blob = Buffer.concat([Buffer.from('4543533120000000', 'hex'), pair.publicKey.slice(1)])

/** An ncrypt.dll of which only these functions answer; each call is noted. */
function ncrypt(answers: Readonly<Record<string, (...args: readonly never[]) => number>>, calls: string[] = []): () => Foreign {
  const func = (definition: string) => {
    const name = /NCrypt\w+/.exec(definition)?.[0] ?? ''
    return (...args: readonly never[]) => {
      calls.push(name)
      return answers[name]?.(...args) ?? 0
    }
  }
  return () => ({ load: (library: string) => (library === 'ncrypt.dll' ? { func } : null) }) as unknown as Foreign
}

describe('CNG, by its documentation', () => {
  it('4.4 reads a public key as an uncompressed point, and no other blob', () => {
    expect(pointOfBlob(blob)).toEqual(Uint8Array.from(pair.publicKey))
    for (const wrong of [blob.subarray(0, 71), Buffer.concat([Buffer.from('4543533220000000', 'hex'), blob.subarray(8)]), Buffer.concat([blob.subarray(0, 4), Buffer.from('30000000', 'hex'), blob.subarray(8)])]) expect(() => pointOfBlob(wrong)).toThrow(KeyFailed)
  })

  it('4.4 makes a persisted key that is finished before it is used, signs with it by name, and lets every handle go', async () => {
    const calls: string[] = []
    const keys = createCngKeys({ random: nodeHost.random, foreign: ncrypt({ NCryptExportKey: (_key: never, _under: never, _type: never, _list: never, output: Buffer) => (output.set(blob), 0), NCryptSignHash: (_key: never, _padding: never, _hash: never, _length: never, output: Buffer) => (output.fill(7), 0) } as never, calls) })
    const made = await keys.make()
    expect(made).toMatchObject({ in: 'cng', token: 'Microsoft Platform Crypto Provider', publicKey: Uint8Array.from(pair.publicKey) })
    expect(await keys.sign(made, utf8ToBytes('x'))).toEqual(new Uint8Array(64).fill(7))
    expect(calls).toEqual(['NCryptOpenStorageProvider', 'NCryptCreatePersistedKey', 'NCryptFinalizeKey', 'NCryptExportKey', 'NCryptFreeObject', 'NCryptFreeObject', 'NCryptOpenStorageProvider', 'NCryptOpenKey', 'NCryptSignHash', 'NCryptFreeObject', 'NCryptFreeObject'])
  })

  it('4.4 tells a key that is gone from hardware that does not answer, and from a system without CNG', async () => {
    const key = { in: 'cng', token: '', id: utf8ToBytes('k'), publicKey: pair.publicKey } as const
    const faultOf = async (foreign: () => Foreign) => createCngKeys({ random: nodeHost.random, foreign }).sign(key, new Uint8Array(1)).catch((thrown: unknown) => (thrown as KeyFailed).why)
    expect(await faultOf(ncrypt({ NCryptOpenKey: () => 0x80090016 }))).toBe('key')
    expect(await faultOf(ncrypt({ NCryptOpenStorageProvider: () => -2146893776 }))).toBe('silent')
    expect(await faultOf(() => { throw new Error('no library') })).toBe('module')
  })
})

describe('the Secure Enclave, by its documentation', () => {
  it('4.4 asks its program one thing at a time and believes only answers of the right form', async () => {
    const folder = await temporary()
    const program = join(folder, 'helper')
    const answers = async (script: string) => {
      writeFileSync(program, `#!/usr/bin/env node\nlet t = ''; process.stdin.on('data', (d) => (t += d)).on('end', () => { const q = JSON.parse(t); const say = (a) => process.stdout.write(JSON.stringify(a) + '\\n'); ${script} })\n`)
      chmodSync(program, 0o755)
      return createSecureEnclaveKeys({ program })
    }
    const signer = await createSigner(nodeHost, pairOf(pair.privateKey))
    const signature = Buffer.from(await signer.sign(utf8ToBytes('x'))).toString('base64')
    const good = await answers(`say(q.make ? { key: 'AQID', publicKey: '${Buffer.from(pair.publicKey).toString('base64')}' } : q.key === 'AQID' && q.sign === 'eA==' ? { signature: '${signature}' } : { fault: 'key' })`)
    const made = await good.make()
    expect(made).toEqual({ in: 'secure-enclave', token: '', id: Uint8Array.of(1, 2, 3), publicKey: Uint8Array.from(pair.publicKey) })
    expect(Buffer.from(await good.sign(made, utf8ToBytes('x'))).toString('base64')).toBe(signature)
    const faultOf = async (keys: ReturnType<typeof createSecureEnclaveKeys>) => keys.sign(made, utf8ToBytes('y')).catch((thrown: unknown) => (thrown as KeyFailed).why)
    expect(await faultOf(good)).toBe('key')
    for (const script of [`say({ signature: 'AAAA' })`, `process.stdout.write('hello')`, `say({ fault: 'other' })`, `process.exit(3)`]) expect(await faultOf(await answers(script))).toBe('silent')
    expect(await faultOf(createSecureEnclaveKeys({ program: join(folder, 'not-there') }))).toBe('module')
  })
})
