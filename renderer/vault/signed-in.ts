// What this machine saw at the town's provider and the log does not know yet: a key that needs somebody else to have seen it, and that an
// account is this person's. Written once each; most openings write nothing.

import { createTurns } from '@shared/base/turns.ts'
import { accountHolder, isConfirmedKey, providerOn } from '@shared/authority/accounts.ts'
import { thumbprintOf } from '@shared/authority/provider-key.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import type { SignInSeen } from '@shared/ipc/contract/sign-in.ts'
import { collectionZero } from '@shared/log/names.ts'
import type { VaultCore } from './core.ts'

export interface SignedIn {
  /** Looks whether there is something to write. One at a time; whoever asks meanwhile is heard after it. */
  write(): Promise<void>
}

export function createSignedIn(core: VaultCore): SignedIn {
  const inTurn = createTurns()
  const once = async (): Promise<void> => {
    const seen = await core.around.host.signIn.seen({})
    if (!seen.ok) return
    const { keys, account } = seen.value
    await core.commit(collectionZero, () => keys.filter((key) => isNews(core, key)).map((body) => ({ type: 'idp.key', doc: null, position: null, body })))
    if (!account || !isUnclaimed(core.authority(), core.seat.person, account)) return
    // Nothing where the session began before the sign-in: the next one says it.
    const drafts = [{ type: 'identity.claim', doc: null, position: null, body: account }]
    if ((await core.judge(collectionZero, await core.build(collectionZero, drafts))).length === 0) await core.commit(collectionZero, drafts)
  }
  return { write: () => inTurn(once) }
}

/** A key of the town's provider that is not believed yet, and that nobody here said they saw. */
function isNews(core: VaultCore, { issuer, kid, key }: SignInSeen['keys'][number]): boolean {
  const authority = core.authority()
  if (!providerOn(authority, issuer, core.today())) return false
  const known = authority.providerKeys.get(`${issuer} ${kid} ${thumbprintOf(key)}`)
  return !known || (!isConfirmedKey(authority, known, core.today()) && !known.observers.some(({ person, device }) => person === core.seat.person && device === core.seat.device))
}

function isUnclaimed(authority: AuthorityState, person: string, { issuer, subject }: NonNullable<SignInSeen['account']>): boolean {
  if (accountHolder(authority, issuer, subject) !== null) return false
  return ![...authority.claims.values()].some((claim) => claim.person === person && claim.issuer === issuer && claim.subject === subject)
}
