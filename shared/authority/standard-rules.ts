// What a device is asked before acts, as towns switch it on by name. Data: a town's policy holds the whole rule, so that what it meant on a
// day stays what it was; another version of the product may bring others.

import { encodeCbor } from '../base/cbor.ts'
import { equalBytes } from '../base/bytes.ts'
import type { ActRule, CheckId, CheckNeed } from '../posture/model.ts'
import type { DevicePolicy } from './model.ts'

const dayHours = 24
/** What keeps others from reading what lies on the machine. */
const kept: readonly CheckId[] = ['disk.enc', 'lock.screen']
/** What keeps others from getting in. */
const guarded: readonly CheckId[] = ['os.patch', 'fw.on', 'av.ok']
const needs = (checks: readonly CheckId[], unknown: CheckNeed['unknown']): readonly CheckNeed[] => checks.map((check) => ({ check, systems: null, maxAgeHours: dayHours, unknown }))
const rule = (id: string, over: Pick<ActRule, 'acts' | 'otherwise' | 'graceDays'> & Partial<ActRule>): ActRule => ({ id, level: null, checks: [], signIn: null, ...over })

/** After the table of acts in `sync-and-trust` 2c. */
export const standardRules = {
  draft: rule('standard-draft', { acts: ['draft.*'], checks: needs(kept, 'notice'), otherwise: 'hold', graceDays: 7 }),
  submit: rule('standard-submit', { acts: ['document.submit'], checks: needs([...kept, ...guarded], 'notice'), otherwise: 'hold', graceDays: 7 }),
  decide: rule('standard-decide', { acts: ['decision.*'], checks: needs([...kept, ...guarded], 'fail'), otherwise: 'deny', graceDays: 0 }),
  hardwareKeys: rule('standard-hardware-keys', { acts: ['decision.*'], level: 'L2', otherwise: 'deny', graceDays: 0 }),
  signedIn: rule('standard-signed-in', { acts: ['decision.*'], signIn: { maxAgeHours: 12, sameDay: true, context: null }, otherwise: 'deny', graceDays: 0 }),
  submitAtOnce: rule('standard-submit-at-once', { acts: ['document.submit'], checks: needs([...kept, ...guarded], 'fail'), otherwise: 'hold', graceDays: 0 }),
  decideKept: rule('standard-decide-kept', { acts: ['decision.*'], level: 'L1', otherwise: 'deny', graceDays: 0 }),
  decideHardware: rule('standard-decide-hardware', { acts: ['decision.*'], level: 'L2', otherwise: 'deny', graceDays: 0 }),
  decideUser: rule('standard-decide-user', { acts: ['decision.*'], checks: needs(['user.notadmin', 'app.intact', 'boot.secure'], 'notice'), otherwise: 'deny', graceDays: 14 }),
  exportSignedIn: rule('standard-export-signed-in', { acts: ['document.export', 'document.print'], signIn: { maxAgeHours: 12, sameDay: true, context: null }, otherwise: 'deny', graceDays: 0 }),
  export: rule('standard-export', { acts: ['document.export', 'document.print'], checks: needs([...kept, ...guarded], 'fail'), otherwise: 'deny', graceDays: 0 }),
} as const satisfies Readonly<Record<string, ActRule>>

export type StandardRule = keyof typeof standardRules
export const standardNames = Object.keys(standardRules) as readonly StandardRule[]

export const sameRule = (a: ActRule, b: ActRule): boolean => equalBytes(encodeCbor(a), encodeCbor(b))

/** The standard rules that a policy holds as they are here. */
export function standardOf({ rules = [] }: Pick<DevicePolicy, 'rules'>): readonly StandardRule[] {
  return standardNames.filter((name) => rules.some((one) => sameRule(one, standardRules[name])))
}

/** Those that are none of the standard ones, by their names. */
export function otherRules({ rules = [] }: Pick<DevicePolicy, 'rules'>): readonly ActRule[] {
  return rules.filter((one) => !standardNames.some((name) => sameRule(one, standardRules[name]))).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
