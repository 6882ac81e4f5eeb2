// Which right an act type asks for. Types this version does not know ask for writing and are kept, not understood.

import type { Role } from '../authority/model.ts'
import { matchesPattern } from '../base/patterns.ts'
import { isNumberActType } from '../numbers/events.ts'

/** What an act needs: a role in its collection, a seat and nothing more, an administrator of the workspace, the keeping of a series of numbers (`number-acts.ts`), whoever may look at a grant (`authority/review.ts`), whoever may give a right on one document (`authority/document-grants.ts`), or whoever may say that somebody is away (`authority/absences.ts`). */
export type Need = { readonly kind: 'role'; readonly roles: readonly Role[]; readonly position: boolean } | { readonly kind: 'self' } | { readonly kind: 'admin' } | { readonly kind: 'founding' } | { readonly kind: 'numbers' } | { readonly kind: 'review' } | { readonly kind: 'giving' } | { readonly kind: 'absence' }

const writing: readonly Role[] = ['writer', 'approver', 'records', 'admin']
const reading: readonly Role[] = ['reader', 'owner', ...writing]

const exact: Readonly<Record<string, Need>> = {
  'workspace.genesis': { kind: 'founding' },
  'seat.recover': { kind: 'founding' },
  'session.unlock': { kind: 'self' },
  'session.lock': { kind: 'self' },
  'session.settle': { kind: 'self' },
  'session.leave': { kind: 'self' },
  'idp.key': { kind: 'self' },
  'identity.claim': { kind: 'self' },
  'device-rules.acknowledge': { kind: 'self' },
  'authority.current': { kind: 'self' },
  'brake.lift': { kind: 'self' },
  'grant.review': { kind: 'review' },
  'grant.document': { kind: 'giving' },
  'absence.put': { kind: 'absence' },
  'absence.end': { kind: 'absence' },
  'draft.adopt': { kind: 'role', roles: ['approver', 'records'], position: true },
  'document.open': { kind: 'role', roles: reading, position: false },
  'document.print': { kind: 'role', roles: reading, position: false },
  'document.witness': { kind: 'role', roles: reading, position: false },
  'document.post-review': { kind: 'role', roles: ['approver'], position: true },
  'document.export': { kind: 'role', roles: ['writer', 'records', 'admin'], position: true },
  'document.rekey': { kind: 'role', roles: ['records', 'owner', 'admin'], position: false },
  'document.submit': { kind: 'role', roles: writing, position: true },
  'document.withdraw': { kind: 'role', roles: writing, position: true },
  'decision.approve': { kind: 'role', roles: ['approver'], position: true },
  'decision.return': { kind: 'role', roles: ['approver'], position: true },
  'decision.refuse': { kind: 'role', roles: ['approver'], position: true },
  'rendition.append': { kind: 'role', roles: ['approver'], position: true },
  'record.file': { kind: 'role', roles: ['writer', 'records'], position: true },
  'volume.create': { kind: 'role', roles: ['writer', 'records'], position: true },
  'volume.close': { kind: 'role', roles: ['records'], position: true },
}

export function needOf(type: string, inZero: boolean): Need {
  if (Object.hasOwn(exact, type)) return exact[type] as Need
  if (inZero) return isNumberActType(type) ? { kind: 'numbers' } : { kind: 'admin' }
  return { kind: 'role', roles: writing, position: false }
}

/** What the acts that a pattern names ask for: each type of `noun.*` that is known here, or the one type. */
export function needsOf(pattern: string, inZero: boolean): readonly Need[] {
  const named = Object.keys(exact).filter((type) => matchesPattern(pattern, type))
  return (named.length > 0 ? named : [pattern]).map((type) => needOf(type, inZero))
}

/** JU-90 what a right on one document lets its holder do there, as its role says; everything else asks for a right on the collection. */
const withinOne: ReadonlySet<string> = new Set(['document.open', 'document.witness', 'draft.body', 'draft.cover', 'draft.attach', 'draft.detach', 'decision.approve', 'decision.return', 'decision.refuse', 'rendition.append', 'document.post-review'])

export function isWithinOne(type: string): boolean {
  return withinOne.has(type)
}

/** JU-91 what only says that somebody looked or received: so much is taken in of a segment that also brings what cannot be read here. */
const looking: ReadonlySet<string> = new Set(['document.open', 'document.witness'])

export function isLooking(type: string): boolean {
  return looking.has(type)
}
