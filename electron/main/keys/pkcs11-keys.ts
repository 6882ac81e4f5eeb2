// Signing keys in a PKCS#11 token: a TPM 2.0 through tpm2-pkcs11, or any module with ECDSA on P-256. The app makes a token of its own in a
// slot that nobody has taken, under a PIN nobody knows, which is noted sealed beside the profile. Each thing that is done opens the module
// and closes it again: a machine that slept, or a daemon that was restarted, leaves nothing stale here.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { bytesToBase32, bytesToHex } from '@shared/base/bytes.ts'
import { sha256 } from '@shared/crypto/hash.ts'
import type { Random } from '@shared/base/ports.ts'
import type { KeyFault } from '@shared/ipc/contract/session.ts'
import type { KeyHome } from '../ports.ts'
import { KeyFailed } from '../services/kept-key.ts'
import { ckr, CryptokiError, openCryptoki, type Cryptoki, type TokenSession } from './cryptoki.ts'
import type { Foreign } from './foreign.ts'
import { createTurns } from '@shared/base/turns.ts'

/** A token that this app made. `label` is also the name of the folder in which tpm2-pkcs11 keeps it. */
export interface OwnToken {
  readonly label: string
  readonly pin: string
}

/** Tokens of this app, oldest first, kept sealed. One that is forgotten is lost with its keys. */
export interface TokenMemory {
  load(): Promise<readonly OwnToken[]>
  save(tokens: readonly OwnToken[]): Promise<void>
}

export interface Pkcs11Deps {
  readonly foreign: () => Foreign
  /** Absolute path of the module, as the administrator of this machine named it. */
  readonly module: string
  /** For modules that keep their tokens in files of the person (tpm2-pkcs11). */
  readonly folder: string
  readonly memory: TokenMemory
  readonly random: Random
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number
}

const pinFaults: readonly number[] = [ckr.pinIncorrect, ckr.pinInvalid, ckr.pinLenRange, ckr.pinExpired, ckr.pinLocked]
const patienceMs = 30_000
/** A token that refused is left alone so long: a TPM counts every refusal and closes itself to everybody after a few (TPM 2.0, part 1, 19.8). */
const restMs = 60 * 60 * 1000

export function createPkcs11Keys(deps: Pkcs11Deps): KeyHome {
  const inTurn = createTurns()
  let opened: Cryptoki | null = null
  const refused = new Map<string, { readonly why: KeyFault; readonly until: number }>()

  /** The module over the files of one token. That it opens says that the hardware answers. */
  const openModule = async (store: string): Promise<Cryptoki> => {
    const foreign = loaded(deps.foreign)
    const folder = join(deps.folder, store)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    setEnvironment(foreign, { TPM2_PKCS11_STORE: folder, TSS2_LOG: 'all+none' })
    opened = await openCryptoki(foreign, deps.module).catch((thrown: unknown) => {
      throw new KeyFailed(thrown instanceof CryptokiError ? 'silent' : 'module')
    })
    return opened
  }
  const close = async (): Promise<void> => {
    await opened?.finalize().catch(() => undefined)
    opened = null
  }
  const login = async (session: TokenSession, { label, pin }: OwnToken): Promise<void> => {
    await session.login(pin).catch((thrown: unknown) => {
      const why = thrown instanceof CryptokiError && pinFaults.includes(thrown.rv) ? 'pin' : 'silent'
      refused.set(label, { why, until: deps.now() + restMs })
      throw new KeyFailed(why)
    })
  }
  const within = async <V>(token: OwnToken, work: (session: TokenSession) => Promise<V>): Promise<V> => {
    const before = refused.get(token.label)
    if (before && before.until > deps.now()) throw new KeyFailed(before.why)
    const module = await openModule(token.label)
    const slot = (await module.tokens()).find(({ label }) => label === token.label)
    if (!slot) throw new KeyFailed('token')
    const session = await module.open(slot.slot)
    await login(session, token)
    return work(session)
  }
  const makeToken = async (): Promise<OwnToken> => {
    const hex = (): string => bytesToHex(deps.random.bytes(16))
    const [token, soPin] = [{ label: `fumibako-${bytesToBase32(deps.random.bytes(10))}`, pin: hex() }, hex()]
    const module = await openModule(token.label)
    const free = (await module.tokens()).find(({ isInitialised }) => !isInitialised)
    if (!free) throw new KeyFailed('token')
    await module.initToken(free.slot, soPin, token.label)
    const slot = (await module.tokens()).find(({ label }) => label === token.label)
    if (!slot) throw new KeyFailed('token')
    const session = await module.open(slot.slot)
    await session.login(soPin, 'so')
    await session.setPin(token.pin)
    await close()
    await deps.memory.save([...(await deps.memory.load()), token])
    return token
  }
  /** The newest of this app's tokens, if it opens; keys of one that does not are lost, and new ones begin a new one. */
  const tokenInUse = async (): Promise<OwnToken> => {
    const newest = (await deps.memory.load()).at(-1)
    if (!newest) return makeToken()
    const opens = await within(newest, async () => true).catch(() => false)
    await close()
    return opens ? newest : makeToken()
  }
  /** Whatever a module does, the caller hears one of five words. */
  const attempt = <V>(work: () => Promise<V>): Promise<V> =>
    inTurn(async () => {
      const late = new KeyFailed('silent')
      const done = soonEnough(work(), late).catch((thrown: unknown) => {
        throw thrown instanceof CryptokiError ? new KeyFailed(faultOf(thrown)) : thrown
      })
      // A call that hangs holds the module: to close it would hang as well.
      const isLate = await done.then(() => false, (thrown: unknown) => thrown === late)
      if (!isLate) await close()
      return done
    })
  return {
    in: 'pkcs11',
    make: () =>
      attempt(async () => {
        const token = await tokenInUse()
        const id = deps.random.bytes(16)
        const publicKey = await within(token, (session) => session.generate(id, 'fumibako'))
        return { in: 'pkcs11', token: token.label, id, publicKey }
      }),
    sign: (key, data) =>
      attempt(async () => {
        const token = (await deps.memory.load()).find(({ label }) => label === key.token)
        if (!token) throw new KeyFailed('token')
        return within(token, async (session) => {
          const handle = await session.find(key.id)
          if (handle === null) throw new KeyFailed('key')
          return session.sign(handle, sha256(data))
        })
      }),
  }
}

function faultOf({ rv }: CryptokiError): KeyFault {
  if (pinFaults.includes(rv)) return 'pin'
  return rv === ckr.tokenNotPresent || rv === ckr.tokenNotRecognized ? 'token' : 'silent'
}

function loaded(foreign: () => Foreign): Foreign {
  try {
    return foreign()
  } catch {
    throw new KeyFailed('module')
  }
}

/** Modules read the surroundings of the process itself, which a thread's `process.env` is a copy of. */
function setEnvironment(foreign: Foreign, words: Readonly<Record<string, string>>): void {
  const set = foreign.load(null).func('int setenv(const char *name, const char *value, int overwrite)')
  for (const [name, value] of Object.entries(words)) set(name, value, 1)
}

/** Hardware that says nothing must not keep a person before a closed door. */
function soonEnough<V>(work: Promise<V>, late: KeyFailed): Promise<V> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late), patienceMs)
    void work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
