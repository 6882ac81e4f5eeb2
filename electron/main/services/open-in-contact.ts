// PO-50: a machine that was away from the storage for longer than the town's policy allows opens no seat. It tries once to reach the
// storage, since somebody stands before it; what that brings counts before anything is opened.

import { contactDaysOf } from '@shared/authority/heard.ts'
import { inForce } from '@shared/base/in-force.ts'
import { err, type Result } from '@shared/base/result.ts'
import type { ContactNeeded } from '@shared/ipc/contract/session.ts'
import type { Contact } from './contact.ts'
import type { OpenFailure, OpenSession } from './open-session.ts'

const dayMs = 24 * 60 * 60 * 1000

type Opening = Result<OpenSession, OpenFailure>

/** `open` may be called twice: what the first one opened is dropped. */
export async function openInContact(contact: Pick<Contact, 'away'> & { readonly reach: () => Promise<void> }, open: () => Promise<Opening>, date: string): Promise<Opening | Result<never, ContactNeeded>> {
  const first = await open()
  if (!first.ok || (await overDays(contact, first.value, date)) === null) return first
  await contact.reach()
  const second = await open()
  if (!second.ok) return second
  const days = await overDays(contact, second.value, date)
  return days === null ? second : err({ type: 'ContactNeeded', waitMs: 0, days, retry: 'later' })
}

/** The days of the policy where they are over; null otherwise. */
async function overDays({ away }: Pick<Contact, 'away'>, { authority, certificate }: OpenSession, date: string): Promise<number | null> {
  const state = await authority.state()
  const days = contactDaysOf(inForce(state.policies.values(), date), state, certificate.body)
  return days !== null && (await away()) > days * dayMs ? days : null
}
