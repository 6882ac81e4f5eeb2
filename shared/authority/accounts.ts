// AU-30 to AU-34: questions about sign-in: which provider, whose account, which of the provider's keys may be believed.

import { holdsOn } from '../base/in-force.ts'
import { isAdmin } from './ask.ts'
import type { IdentityProvider, ProviderKey } from './model.ts'
import type { AuthorityState } from './reduce.ts'

/** AU-30 the provider with this issuer that the town names on a date; the one that began last where it is named twice. */
export function providerOn(state: Pick<AuthorityState, 'providers'>, issuer: string, date: string): IdentityProvider | null {
  let found: IdentityProvider | null = null
  for (const provider of state.providers.values()) {
    if (provider.issuer !== issuer || !holdsOn(provider, date)) continue
    if (!found || provider.from > found.from || (provider.from === found.from && provider.id > found.id)) found = provider
  }
  return found
}

/** AU-31 every key seen at a provider under this name; more than one where somebody saw another. */
export function keysNamed(state: Pick<AuthorityState, 'providerKeys'>, issuer: string, kid: string): readonly ProviderKey[] {
  return [...state.providerKeys.values()].filter((key) => key.issuer === issuer && key.kid === kid)
}

/** AU-31 two people at two devices saw it, or somebody who is an administrator on that date: nobody makes up a provider's key alone. */
export function isConfirmedKey(state: AuthorityState, { observers }: ProviderKey, date: string): boolean {
  return observers.some(({ person }) => isAdmin(state, person, date)) || observers.some((one) => observers.some((other) => other.person !== one.person && other.device !== one.device))
}

/** AU-32 whose account it is. `contested`: bound to more than one person, so it is nobody's until that is taken back. */
export function accountHolder(state: Pick<AuthorityState, 'bindings'>, issuer: string, subject: string): { readonly person: string } | 'contested' | null {
  const people = new Set([...state.bindings.values()].filter((one) => one.issuer === issuer && one.subject === subject).map(({ person }) => person))
  const [person] = people
  return person === undefined ? null : people.size > 1 ? 'contested' : { person }
}
