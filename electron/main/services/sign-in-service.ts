// Signing in with the town's account at this machine: one attempt at a time, kept per seat, refreshed at each unlock and every fifteen minutes
// while the seat is open. Where the provider says no the seat is locked at once and does not open again before a sign-in succeeds;
// where it cannot be asked, work goes on with the last token, whose age the policy judges.

import type { Clock } from '@shared/base/ports.ts'
import { err, ok } from '@shared/base/result.ts'
import type { PublicKey } from '@shared/crypto/ports.ts'
import { labelOf } from '@shared/identity/token.ts'
import type { NonceKeys } from '@shared/identity/evidence.ts'
import type { Contract } from '@shared/ipc/contract.ts'
import type { SignInStatus, SignInTrouble } from '@shared/ipc/contract/sign-in.ts'
import type { Handlers } from '@shared/ipc/define.ts'
import type { Timers } from '@shared/sync/scheduler.ts'
import type { AttemptTrouble, SignedIn } from '../sign-in/attempt.ts'
import type { Managed, ManagedSignIn } from '../sign-in/managed-config.ts'
import type { ProviderTrouble, Refreshed } from '../sign-in/provider-client.ts'
import { publicKeyOfKept } from './kept-key.ts'
import type { Profile } from './profile.ts'
import { createSignInStore, evidenceOf, type HeldSignIn, type SeatSignIn } from './sign-in-store.ts'
import { createTurns } from '@shared/base/turns.ts'

export interface SignInDeps {
  readonly profile: Profile
  readonly clock: Clock
  readonly timers: Timers
  readonly managed: () => Promise<Managed>
  readonly attempt: (managed: ManagedSignIn, keys: NonceKeys, signal: AbortSignal) => Promise<SignedIn | AttemptTrouble>
  readonly refresh: (managed: ManagedSignIn, refreshToken: string, signal: AbortSignal) => Promise<Refreshed | ProviderTrouble>
  readonly openSeat: () => string | null
  /** The provider said no for the seat that is open. */
  readonly lock: () => Promise<void>
  readonly changed: (seat: string, status: SignInStatus) => void
  readonly note: (code: string, facts?: Readonly<Record<string, string | number | boolean>>) => void
}

export interface SignInService {
  readonly page: Handlers<Contract, 'page'>['signIn']
  readonly vault: Handlers<Contract, 'vault'>['signIn']
  /** The PIN was right: asks the provider for as long as somebody waits. `refused` = the seat stays closed. */
  atUnlock(seat: string): Promise<'ok' | 'refused'>
  /** From now on the seat's key is known here, and the provider is asked again in time. */
  opened(seat: string, key: PublicKey): Promise<void>
  /** ID-2 what the session of a seat rests on; null without a sign-in. */
  evidence(seat: string): Promise<Uint8Array | null>
  /** The latest token of whoever sits here, as the provider gave it, for a storage that lends by it; null without a sign-in that holds. */
  token(): Promise<string | null>
  closed(): void
  /** Ends an attempt that is under way. */
  stop(): void
}

const attemptMs = 5 * 60 * 1000
const refreshMs = 30 * 1000
const waitAtUnlockMs = 4 * 1000
export const refreshEveryMs = 15 * 60 * 1000

export function createSignInService(deps: SignInDeps): SignInService {
  const { profile, clock, timers } = deps
  const store = createSignInStore(profile)
  const inTurn = createTurns()
  let attempt: { readonly seat: string; readonly end: AbortController } | null = null
  const troubles = new Map<string, SignInTrouble>()
  let untilNext: (() => void) | null = null
  /** Whose PIN was right: of this seat is the token, before it is open as well. */
  let latest: string | null = null

  const statusOf = async (seat: string): Promise<SignInStatus> => {
    const managed = await deps.managed()
    const entry = await store.find(seat)
    const held = entry?.held ?? null
    const about = { label: held?.label ?? '', at: held?.at ?? null, trouble: troubles.get(seat) ?? null }
    if (managed === 'none') return { state: 'none', ...about }
    if (typeof managed === 'string') return { state: 'config-unusable', ...about }
    if (!entry) return { state: 'unknown-seat', ...about }
    return { state: attempt?.seat === seat ? 'waiting' : held === null ? 'out' : held.refused ? 'refused' : 'in', ...about }
  }
  const tell = async (seat: string): Promise<void> => deps.changed(seat, await statusOf(seat))

  /** Asks the provider whether the sign-in still holds, and keeps what it gives. */
  const refresh = (seat: string): Promise<void> =>
    inTurn(async () => {
      const [entry, managed] = [await store.find(seat), await deps.managed()]
      const held = entry?.held
      if (!entry || !held?.refreshToken || typeof managed === 'string' || managed.issuer !== held.issuer || managed.clientId !== held.clientId) return
      const given = await deps.refresh(managed, held.refreshToken, AbortSignal.timeout(refreshMs))
      const next = keptOf(held, given, clock.now())
      if (next === held) return
      await store.keep({ ...entry, held: next })
      if (next.refused) deps.note('sign-in.refused')
      await tell(seat)
      if (next.refused && deps.openSeat() === seat) await deps.lock()
    })
  const again = (seat: string): void => {
    untilNext = timers.after(refreshEveryMs, () => {
      void refresh(seat)
        .catch(() => deps.note('sign-in.not-refreshed'))
        .finally(() => deps.openSeat() === seat && again(seat))
    })
  }

  const begin = async (entry: SeatSignIn, managed: ManagedSignIn, keys: NonceKeys): Promise<void> => {
    attempt?.end.abort(new Error('another attempt'))
    const own = { seat: entry.seat, end: new AbortController() }
    attempt = own
    troubles.delete(entry.seat)
    await tell(entry.seat)
    const done = await deps.attempt(managed, keys, AbortSignal.any([own.end.signal, AbortSignal.timeout(attemptMs)]))
    const trouble = 'kind' in done ? done.kind : await inTurn(() => keepSignedIn(entry.seat, managed, done))
    if (trouble !== null) deps.note('sign-in.failed', { trouble, ...('kind' in done && 'code' in done ? { code: done.code } : {}) })
    // Another attempt may have begun since.
    if (attempt === own) attempt = null
    if (trouble !== null && attempt === null) troubles.set(entry.seat, trouble)
    await tell(entry.seat)
  }
  const keepSignedIn = async (seat: string, { issuer, clientId }: ManagedSignIn, { token, text, opening, refreshToken, key }: SignedIn): Promise<SignInTrouble | null> => {
    const entry = await store.find(seat)
    if (!entry) return 'ended'
    const { sub } = token.claims
    // Whoever was refused does not open this seat with somebody else's account.
    if (entry.held?.refused === true && entry.held.subject !== sub) return 'other-account'
    await store.keep({ ...entry, held: { issuer, clientId, subject: sub, label: labelOf(token.claims), token: text, opening, refreshed: null, refreshToken, keys: [key], at: token.claims.iat * 1000, refused: false } })
    return null
  }

  return {
    page: {
      async status({ seat }) {
        return (await isHere(profile, seat)) ? ok(await statusOf(seat)) : err({ type: 'SeatMissing', retry: 'never' })
      },
      async begin({ seat }) {
        const record = await profile.load()
        if (typeof record === 'string' || !record.seats.some((one) => one.seat === seat)) return err({ type: 'SeatMissing', retry: 'never' })
        const [managed, entry] = [await deps.managed(), await store.find(seat)]
        if (typeof managed === 'string' || !entry) return err({ type: 'SignInOff', retry: 'never' })
        const keys = { workspace: record.workspace, device: publicKeyOfKept(record.device.signing), seat: entry.key }
        void begin(entry, managed, keys).catch(() => deps.note('sign-in.not-kept'))
        return ok(null)
      },
      async cancel() {
        attempt?.end.abort(new Error('the person'))
        return ok(null)
      },
    },
    vault: {
      async seen() {
        const seat = deps.openSeat()
        if (seat === null) return err({ type: 'SessionLocked', retry: 'later' })
        const [managed, entry] = [await deps.managed(), await store.find(seat)]
        const held = entry?.held ?? null
        return ok({
          provider: typeof managed === 'string' ? null : { issuer: managed.issuer, clientId: managed.clientId },
          keys: held ? held.keys.map(({ kid, key }) => ({ issuer: held.issuer, kid, key })) : [],
          account: held && !held.refused ? { issuer: held.issuer, subject: held.subject, label: held.label } : null,
        })
      },
    },
    async atUnlock(seat) {
      latest = seat
      // Whoever waits is not kept longer; what comes later is kept all the same, and locks.
      await Promise.race([refresh(seat).catch(() => undefined), new Promise<void>((resolve) => void timers.after(waitAtUnlockMs, resolve))])
      const [held, managed] = [(await store.find(seat))?.held, await deps.managed()]
      // Where the administrator of this machine names that provider no more, nobody could sign in again.
      return held?.refused === true && typeof managed !== 'string' && managed.issuer === held.issuer ? 'refused' : 'ok'
    },
    async opened(seat, key) {
      const entry = await store.find(seat)
      if (!entry) await store.keep({ seat, key, held: null }).catch(() => deps.note('sign-in.not-kept'))
      again(seat)
    },
    async evidence(seat) {
      const held = (await store.find(seat))?.held
      return held ? evidenceOf(held) : null
    },
    async token() {
      const seat = deps.openSeat() ?? latest
      const held = seat === null ? null : (await store.find(seat))?.held
      return held && !held.refused ? (held.refreshed ?? held.token) : null
    },
    closed() {
      latest = null
      untilNext?.()
      untilNext = null
    },
    stop() {
      attempt?.end.abort(new Error('quitting'))
    },
  }
}

async function isHere(profile: Profile, seat: string): Promise<boolean> {
  const record = await profile.load()
  return typeof record !== 'string' && record.seats.some((one) => one.seat === seat)
}

/** What is kept after the provider was asked; the same where it said nothing that counts. */
export function keptOf(held: HeldSignIn, given: Refreshed | ProviderTrouble, now: number): HeldSignIn {
  if ('kind' in given) return given.kind === 'refused' ? { ...held, refreshToken: null, refused: true } : held
  const refreshToken = given.refreshToken ?? held.refreshToken
  if (given.text === null) return { ...held, refreshToken, at: now }
  // A token of somebody else is not the same sign-in (ID-8): nothing of the answer is kept.
  if (given.token.claims.sub !== held.subject) return held
  const keys = [...held.keys.filter(({ kid }) => kid !== given.key.kid), given.key].slice(-2)
  return { ...held, refreshed: given.text, refreshToken, keys, at: given.token.claims.iat * 1000 }
}
