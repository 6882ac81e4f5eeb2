// Which right an act type asks for. Types this version does not know ask for writing and are kept, not understood.

import type { Role } from '../authority/model.ts'
import { isNumberActType } from '../numbers/events.ts'

/** What an act needs: a role in its collection, a seat and nothing more, an administrator of the workspace, or the keeping of a series of numbers (`number-acts.ts`). */
export type Need = { readonly kind: 'role'; readonly roles: readonly Role[]; readonly position: boolean } | { readonly kind: 'self' } | { readonly kind: 'admin' } | { readonly kind: 'founding' } | { readonly kind: 'numbers' }

const writing: readonly Role[] = ['writer', 'approver', 'records', 'admin']
const reading: readonly Role[] = ['reader', ...writing]

const exact: Readonly<Record<string, Need>> = {
  'workspace.genesis': { kind: 'founding' },
  'seat.recover': { kind: 'founding' },
  'session.unlock': { kind: 'self' },
  'session.lock': { kind: 'self' },
  'session.settle': { kind: 'self' },
  'idp.key': { kind: 'self' },
  'identity.claim': { kind: 'self' },
  'device-rules.acknowledge': { kind: 'self' },
  'document.open': { kind: 'role', roles: reading, position: false },
  'document.print': { kind: 'role', roles: reading, position: false },
  'document.witness': { kind: 'role', roles: reading, position: false },
  'document.export': { kind: 'role', roles: ['writer', 'records', 'admin'], position: true },
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
