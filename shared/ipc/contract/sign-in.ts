// Signing in with the town's account, as a page sees it: how it stands and what to press. Tokens, codes and addresses stay in main.
import * as v from 'valibot'
import type { ProviderPublicKey } from '../../authority/model.ts'
import type { Failure } from '../../base/result.ts'
import { event, method, nothing } from '../define.ts'
import { id } from './session.ts'

export interface SignInStatus {
  /** `none`: this machine's administrator named no provider. `unknown-seat`: the seat was never opened here. `refused`: the provider says no since. */
  readonly state: 'none' | 'config-unusable' | 'unknown-seat' | 'out' | 'waiting' | 'in' | 'refused'
  /** What the provider calls the person; empty before. */
  readonly label: string
  /** When the provider last vouched for the person, milliseconds since 1970 UTC; null before. */
  readonly at: number | null
  /** Why the last attempt came to nothing; null when it did not. */
  readonly trouble: SignInTrouble | null
}

export type SignInTrouble = 'refused' | 'unreachable' | 'wrong' | 'ended' | 'no-browser' | 'other-account'

/** What this machine saw at the provider, for the open seat: the vault writes down what is not in the log yet. */
export interface SignInSeen {
  /** As the administrator of this machine set it; null for none. */
  readonly provider: { readonly issuer: string; readonly clientId: string } | null
  readonly keys: readonly { readonly issuer: string; readonly kid: string; readonly key: ProviderPublicKey }[]
  readonly account: { readonly issuer: string; readonly subject: string; readonly label: string } | null
}

const seat = v.strictObject({ seat: id })

export const signIn = {
  status: method('page', seat).gives<SignInStatus, Failure<'SeatMissing'>>(),
  /** Answers once it is under way; `changed` tells the rest. */
  begin: method('page', seat).gives<null, Failure<'SeatMissing' | 'SignInOff'>>(),
  cancel: method('page', nothing).gives<null>(),
  seen: method('vault', nothing).gives<SignInSeen, Failure<'SessionLocked'>>(),
} as const

export const signInEvents = {
  changed: event('page').carries<{ readonly seat: string; readonly status: SignInStatus }>(),
} as const
