// PKCS#11 2.40 (Cryptoki) as far as one P-256 signing key needs it: tokens, a key pair that never leaves, ECDSA. Knows the C interface
// and nothing of what the keys are for. Structures as Linux and macOS lay them out (CK_ULONG is a C long, no packing).
import type { Foreign } from './foreign.ts'

/** What the module answered instead of CKR_OK. */
export class CryptokiError extends Error {
  readonly rv: number
  constructor(step: string, rv: number) {
    super(`${step} 0x${rv.toString(16)}`)
    this.rv = rv
  }
}

/** Return values that are told apart (PKCS#11 2.40, 3.11). */
export const ckr = { cantLock: 0xa, pinIncorrect: 0xa0, pinInvalid: 0xa1, pinLenRange: 0xa2, pinExpired: 0xa3, pinLocked: 0xa4, tokenNotPresent: 0xe0, tokenNotRecognized: 0xe1, alreadyInitialized: 0x191, userAlreadyLoggedIn: 0x100 } as const

export interface SlotToken {
  readonly slot: bigint
  readonly label: string
  readonly isInitialised: boolean
}

/** An open read-write session of one token; handles are the module's. */
export interface TokenSession {
  login(pin: string, who?: 'user' | 'so'): Promise<void>
  /** By the security officer, for the user. */
  setPin(pin: string): Promise<void>
  /** A fresh P-256 pair; the uncompressed point. */
  generate(id: Uint8Array, label: string): Promise<Uint8Array>
  /** The private key with this id; null where there is none. */
  find(id: Uint8Array): Promise<bigint | null>
  /** ECDSA of a SHA-256 hash: r‖s. */
  sign(key: bigint, hash: Uint8Array): Promise<Uint8Array>
}

export interface Cryptoki {
  tokens(): Promise<readonly SlotToken[]>
  /** The token of that slot begins anew; `label` at most 32 ASCII characters. */
  initToken(slot: bigint, soPin: string, label: string): Promise<void>
  open(slot: bigint): Promise<TokenSession>
  /** Closes every session. Nothing may be asked afterwards. */
  finalize(): Promise<void>
}

const p256 = Uint8Array.from([0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07])
const mechanisms = { generate: 0x1040, ecdsa: 0x1041 } as const
const attribute = { class: 0x0, token: 0x1, private: 0x2, label: 0x3, keyType: 0x100, id: 0x102, sensitive: 0x103, encrypt: 0x104, decrypt: 0x105, sign: 0x108, verify: 0x10a, derive: 0x10c, extractable: 0x162, ecParams: 0x180, ecPoint: 0x181 } as const
const privateClass = 3
const initialised = 0x400n
/** Rounds up what tokens of any maker answer to an EC point of 65 bytes in an OCTET STRING. */
const longestPoint = 256

/** Places in CK_FUNCTION_LIST, counted from C_Initialize. */
const places = { C_Initialize: 0, C_Finalize: 1, C_GetSlotList: 4, C_GetTokenInfo: 6, C_InitToken: 9, C_InitPIN: 10, C_OpenSession: 12, C_Login: 18, C_GetAttributeValue: 24, C_FindObjectsInit: 26, C_FindObjects: 27, C_FindObjectsFinal: 28, C_SignInit: 42, C_Sign: 43, C_GenerateKeyPair: 59 } as const
const shapes: Readonly<Record<keyof typeof places, string>> = {
  C_Initialize: 'void *args',
  C_Finalize: 'void *reserved',
  C_GetSlotList: 'uint8 present, void *slots, void *count',
  C_GetTokenInfo: 'unsigned long slot, void *info',
  C_InitToken: 'unsigned long slot, void *pin, unsigned long length, void *label',
  C_InitPIN: 'unsigned long session, void *pin, unsigned long length',
  C_OpenSession: 'unsigned long slot, unsigned long flags, void *application, void *notify, void *session',
  C_Login: 'unsigned long session, unsigned long user, void *pin, unsigned long length',
  C_GetAttributeValue: 'unsigned long session, unsigned long object, FumibakoAttribute *list, unsigned long count',
  C_FindObjectsInit: 'unsigned long session, FumibakoAttribute *list, unsigned long count',
  C_FindObjects: 'unsigned long session, void *objects, unsigned long most, void *count',
  C_FindObjectsFinal: 'unsigned long session',
  C_SignInit: 'unsigned long session, FumibakoMechanism *mechanism, unsigned long key',
  C_Sign: 'unsigned long session, void *data, unsigned long length, void *signature, void *signatureLength',
  C_GenerateKeyPair: 'unsigned long session, FumibakoMechanism *mechanism, FumibakoAttribute *open, unsigned long opens, FumibakoAttribute *secret, unsigned long secrets, void *openKey, void *secretKey',
}

type Call = (name: keyof typeof places, ...args: readonly unknown[]) => Promise<void>
type Attribute = readonly [type: number, value: boolean | bigint | Uint8Array]

/** Loads a module and initialises it. Throws what the loader says where it is no module. Every call runs off the main thread; whoever uses
 * it waits for one before the next. */
export async function openCryptoki(foreign: Foreign, path: string): Promise<Cryptoki> {
  const call = functionsOf(foreign, path)
  await initialise(call)
  const tokenOf = async (slot: bigint): Promise<SlotToken> => {
    // label 32, manufacturer 32, model 16, serial 16, then flags.
    const info = Buffer.alloc(256)
    await call('C_GetTokenInfo', slot, info)
    return { slot, label: info.subarray(0, 32).toString('utf8').trimEnd(), isInitialised: (info.readBigUInt64LE(96) & initialised) !== 0n }
  }
  return {
    async tokens() {
      const [slots, count] = [Buffer.alloc(8 * 256), longs(256n)]
      await call('C_GetSlotList', 1, slots, count)
      const found: SlotToken[] = []
      for (let i = 0; i < Number(count.readBigUInt64LE()); i++) found.push(await tokenOf(slots.readBigUInt64LE(8 * i)))
      return found
    },
    async initToken(slot, soPin, label) {
      await call('C_InitToken', slot, Buffer.from(soPin), soPin.length, Buffer.from(label.padEnd(32)))
    },
    async open(slot) {
      const session = longs(0n)
      await call('C_OpenSession', slot, 0x6, null, null, session)
      return sessionOf(call, session.readBigUInt64LE())
    },
    finalize: () => call('C_Finalize', null),
  }
}

/** Calls come one at a time, from whichever thread is free; one that never answered may still be in the module when the next is made. So
 * it is told to lock with what the system has, where it can (PKCS#11 2.40, 5.4, CKF_OS_LOCKING_OK: four pointers, then the flags). */
async function initialise(call: Call): Promise<void> {
  const begin = (args: Buffer | null): Promise<void> =>
    call('C_Initialize', args).catch(async (thrown: unknown) => {
      if (!(thrown instanceof CryptokiError)) throw thrown
      if (thrown.rv === ckr.cantLock && args) return begin(null)
      // Nobody else in this process uses it: what was begun over other surroundings ends.
      if (thrown.rv !== ckr.alreadyInitialized) throw thrown
      await call('C_Finalize', null)
      return call('C_Initialize', args)
    })
  await begin(longs(0n, 0n, 0n, 0n, 2n, 0n))
}

function functionsOf(foreign: Foreign, path: string): Call {
  const library = foreign.load(path)
  const types = typesOf(foreign)
  const list: [unknown] = [null]
  const rv = Number(library.func('unsigned long C_GetFunctionList(_Out_ void **list)')(list))
  if (rv !== 0) throw new CryptokiError('C_GetFunctionList', rv)
  // The version (two bytes) stands before the pointers.
  const found = Object.fromEntries(Object.entries(places).map(([name, place]) => [name, foreign.decode(foreign.decode(list[0], 8 + 8 * place, 'void *'), types[name as keyof typeof places])])) as Readonly<Record<keyof typeof places, ReturnType<typeof library.func>>>
  return (name, ...args) =>
    new Promise((resolve, reject) => {
      // Nothing that the module reads or writes may be collected before it answers.
      const held = { library, args }
      found[name].async(...args, (error: unknown, answer: number | bigint) => {
        inUse.delete(held)
        if (error) reject(error instanceof Error ? error : new Error(name))
        else if (Number(answer) !== 0) reject(new CryptokiError(name, Number(answer)))
        else resolve()
      })
      inUse.add(held)
    })
}

/** Arguments of the calls under way. */
const inUse = new Set<object>()

type Types = Readonly<Record<keyof typeof places, ReturnType<Foreign['proto']>>>
const made = new WeakMap<Foreign, Types>()

/** A type has one name in a process, however many modules are opened. */
function typesOf(foreign: Foreign): Types {
  const known = made.get(foreign)
  if (known) return known
  foreign.struct('FumibakoAttribute', { type: 'unsigned long', value: 'void *', length: 'unsigned long' })
  foreign.struct('FumibakoMechanism', { mechanism: 'unsigned long', parameter: 'void *', length: 'unsigned long' })
  const types = Object.fromEntries(Object.entries(shapes).map(([name, parameters]) => [name, foreign.proto(`unsigned long Fumibako_${name}(${parameters})`)])) as unknown as Types
  made.set(foreign, types)
  return types
}

function longs(...values: readonly bigint[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length)
  for (const [at, value] of values.entries()) bytes.writeBigUInt64LE(value, 8 * at)
  return bytes
}

function template(list: readonly Attribute[]): readonly { readonly type: number; readonly value: Buffer; readonly length: number }[] {
  return list.map(([type, value]) => {
    const bytes = typeof value === 'boolean' ? Buffer.from([value ? 1 : 0]) : typeof value === 'bigint' ? longs(value) : Buffer.from(value)
    return { type, value: bytes, length: bytes.length }
  })
}

const ecdsa = { mechanism: mechanisms.ecdsa, parameter: null, length: 0 }

function sessionOf(call: Call, session: bigint): TokenSession {
  return {
    login: (pin, who = 'user') => call('C_Login', session, who === 'so' ? 0 : 1, Buffer.from(pin), pin.length).catch((thrown: unknown) => {
      if (!(thrown instanceof CryptokiError) || thrown.rv !== ckr.userAlreadyLoggedIn) throw thrown
    }),
    setPin: (pin) => call('C_InitPIN', session, Buffer.from(pin), pin.length),
    async generate(id, label) {
      const named: readonly Attribute[] = [[attribute.token, true], [attribute.id, id], [attribute.label, Buffer.from(label)]]
      const open = template([...named, [attribute.ecParams, p256], [attribute.verify, true]])
      const secret = template([...named, [attribute.private, true], [attribute.sensitive, true], [attribute.extractable, false], [attribute.sign, true]])
      const [openKey, secretKey] = [longs(0n), longs(0n)]
      await call('C_GenerateKeyPair', session, { mechanism: mechanisms.generate, parameter: null, length: 0 }, open, open.length, secret, secret.length, openKey, secretKey)
      const point = Buffer.alloc(longestPoint)
      await call('C_GetAttributeValue', session, openKey.readBigUInt64LE(), [{ type: attribute.ecPoint, value: point, length: point.length }], 1)
      return pointOf(point)
    },
    async find(id) {
      const wanted = template([[attribute.class, BigInt(privateClass)], [attribute.id, id]])
      await call('C_FindObjectsInit', session, wanted, wanted.length)
      const [key, count] = [longs(0n), longs(0n)]
      await call('C_FindObjects', session, key, 1, count)
      await call('C_FindObjectsFinal', session)
      return count.readBigUInt64LE() === 0n ? null : key.readBigUInt64LE()
    },
    async sign(key, hash) {
      const [signature, length] = [Buffer.alloc(64), longs(64n)]
      await call('C_SignInit', session, ecdsa, key)
      await call('C_Sign', session, Buffer.from(hash), hash.length, signature, length)
      if (length.readBigUInt64LE() !== 64n) throw new CryptokiError('C_Sign', 0)
      return Uint8Array.from(signature)
    },
  }
}

/** PKCS#11 2.40, 2.3.3: a DER OCTET STRING around the uncompressed point; some modules leave it out. */
function pointOf(answer: Uint8Array): Uint8Array {
  const at = answer[0] === 0x04 && answer[1] === 0x41 ? 2 : 0
  if (answer[at] !== 0x04) throw new CryptokiError('CKA_EC_POINT', 0)
  return Uint8Array.from(answer.subarray(at, at + 65))
}
