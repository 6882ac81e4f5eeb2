// Signing keys in the TPM of a Windows machine: CNG's key storage functions (ncrypt.dll) with the Platform Crypto Provider. Keys are the
// signed-in user's, named, not exportable. WRITTEN AFTER THE DOCUMENTATION AND NOT RUN ON WINDOWS: tests hold how it reads and writes only.
import { bytesToBase32, concatBytes } from '@shared/base/bytes.ts'
import type { Random } from '@shared/base/ports.ts'
import { sha256 } from '@shared/crypto/hash.ts'
import type { KeyFault } from '@shared/ipc/contract/session.ts'
import type { KeyHome } from '../ports.ts'
import { KeyFailed } from '../services/kept-key.ts'
import { createTurns } from '@shared/base/turns.ts'
import type { Foreign } from './foreign.ts'

const provider = 'Microsoft Platform Crypto Provider'
const algorithm = 'ECDSA_P256'
const publicBlob = 'ECCPUBLICBLOB'
/** BCRYPT_ECDSA_PUBLIC_P256_MAGIC (bcrypt.h). */
const magic = 0x31534345
/** NTE_BAD_KEYSET, NTE_NO_KEY (winerror.h): there is no such key. */
const gone: readonly number[] = [0x80090016, 0x8009000d]

type Call = (...args: readonly unknown[]) => unknown

interface Ncrypt {
  readonly openProvider: Call
  readonly createKey: Call
  readonly finalizeKey: Call
  readonly openKey: Call
  readonly exportKey: Call
  readonly signHash: Call
  readonly freeObject: Call
}

export function createCngKeys(deps: { readonly foreign: () => Foreign; readonly random: Random }): KeyHome {
  const inTurn = createTurns()
  let bound: Ncrypt | null = null
  const functions = (): Ncrypt => (bound ??= bind(deps.foreign))
  const handle = (step: Call, ...args: readonly unknown[]): unknown => {
    const out: [unknown] = [null]
    check(step(...args.map((one) => (one === outHandle ? out : one))))
    return out[0]
  }
  const within = <V>(work: (ncrypt: Ncrypt, at: unknown) => V): Promise<V> =>
    inTurn(async () => {
      const ncrypt = functions()
      const at = handle(ncrypt.openProvider, outHandle, provider, 0)
      try {
        return work(ncrypt, at)
      } finally {
        ncrypt.freeObject(at)
      }
    })
  return {
    in: 'cng',
    make: () =>
      within((ncrypt, at) => {
        const name = `fumibako-${bytesToBase32(deps.random.bytes(10))}`
        const key = handle(ncrypt.createKey, at, outHandle, algorithm, name, 0, 0)
        check(ncrypt.finalizeKey(key, 0))
        const [blob, written] = [Buffer.alloc(72), [0]]
        check(ncrypt.exportKey(key, null, publicBlob, null, blob, blob.length, written, 0))
        ncrypt.freeObject(key)
        return { in: 'cng' as const, token: provider, id: new TextEncoder().encode(name), publicKey: pointOfBlob(blob) }
      }),
    sign: ({ id }, data) =>
      within((ncrypt, at) => {
        const key = handle(ncrypt.openKey, at, outHandle, new TextDecoder().decode(id), 0, 0)
        const [signature, written] = [Buffer.alloc(64), [0]]
        check(ncrypt.signHash(key, null, Buffer.from(sha256(data)), 32, signature, signature.length, written, 0))
        ncrypt.freeObject(key)
        return Uint8Array.from(signature)
      }),
  }
}

/** Where a call writes the handle it gives. */
const outHandle = Symbol('handle')

function bind(foreign: () => Foreign): Ncrypt {
  try {
    const library = foreign().load('ncrypt.dll')
    return {
      openProvider: library.func('uint32 __stdcall NCryptOpenStorageProvider(_Out_ void **provider, str16 name, uint32 flags)'),
      createKey: library.func('uint32 __stdcall NCryptCreatePersistedKey(void *provider, _Out_ void **key, str16 algorithm, str16 name, uint32 spec, uint32 flags)'),
      finalizeKey: library.func('uint32 __stdcall NCryptFinalizeKey(void *key, uint32 flags)'),
      openKey: library.func('uint32 __stdcall NCryptOpenKey(void *provider, _Out_ void **key, str16 name, uint32 spec, uint32 flags)'),
      exportKey: library.func('uint32 __stdcall NCryptExportKey(void *key, void *under, str16 type, void *list, void *output, uint32 length, _Out_ uint32 *written, uint32 flags)'),
      signHash: library.func('uint32 __stdcall NCryptSignHash(void *key, void *padding, void *hash, uint32 hashLength, void *signature, uint32 length, _Out_ uint32 *written, uint32 flags)'),
      freeObject: library.func('uint32 __stdcall NCryptFreeObject(void *object)'),
    }
  } catch {
    throw new KeyFailed('module')
  }
}

function check(status: unknown): void {
  const code = Number(status) >>> 0
  if (code === 0) return
  const why: KeyFault = gone.includes(code) ? 'key' : 'silent'
  throw new KeyFailed(why)
}

/** BCRYPT_ECCKEY_BLOB (bcrypt.h): magic and length, little endian, then X and Y of 32 bytes. The uncompressed point of SEC 1. */
export function pointOfBlob(blob: Uint8Array): Uint8Array {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength)
  if (blob.length < 72 || view.getUint32(0, true) !== magic || view.getUint32(4, true) !== 32) throw new KeyFailed('silent')
  return concatBytes(Uint8Array.of(4), blob.subarray(8, 72))
}
