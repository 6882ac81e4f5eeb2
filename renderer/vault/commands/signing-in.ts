// Who the town's accounts belong to: the provider that the town names, an account that is somebody's, and taking that back. Each is an
// administrator's act, confirmed in main's window.

import { providerOn } from '@shared/authority/accounts.ts'
import { labelOf } from '@shared/authority/proposal.ts'
import { failed } from '../failure.ts'
import { namesOf } from '../views/names.ts'
import { act, administer } from './administering.ts'
import { newId, type Command } from './context.ts'

/** What this machine's administrator set becomes what the town names. */
export const nameProvider: Command<'nameProvider'> = async (context) => {
  const { core } = context
  const seen = await core.around.host.signIn.seen({})
  const provider = seen.ok ? seen.value.provider : null
  if (!provider || providerOn(core.authority(), provider.issuer, core.today())?.clientId === provider.clientId) return failed('ProviderSame')
  return administer(context, [act('idp.put', { id: newId(context), ...provider, from: core.today(), to: null })], provider.issuer)
}

export const bindAccount: Command<'bindAccount'> = async (context, { claim }) => {
  const { core } = context
  const authority = core.authority()
  const found = authority.claims.get(claim)
  if (!found) return failed('AccountGone')
  const { person, issuer, subject } = found
  if ([...authority.bindings.values()].some((one) => one.issuer === issuer && one.subject === subject)) return failed('AccountBound')
  return administer(context, [act('identity.bind', { id: newId(context), person, issuer, subject })], `${namesOf(authority).person(person)} ${labelOf(authority, found)}`)
}

export const releaseAccount: Command<'releaseAccount'> = async (context, { binding, reason }) => {
  const authority = context.core.authority()
  const found = authority.bindings.get(binding)
  if (!found) return failed('AccountGone')
  return administer(context, [act('identity.release', { id: binding, reason })], namesOf(authority).person(found.person))
}
