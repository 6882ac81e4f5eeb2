// The consent window's sentences. Its catalogues are its own; facts are put in as they are.
import type { PolicyChange } from '@shared/authority/policy-change.ts'
import { consentEn } from '../text/consent-en.ts'
import { consentJa } from '../text/consent-ja.ts'

export type ConsentKey = keyof typeof consentJa
export type Say = (key: ConsentKey, facts?: Readonly<Record<string, string | number>>) => string

export function createSay(language: 'ja' | 'en'): Say {
  const catalogue: Readonly<Record<ConsentKey, string>> = language === 'ja' ? consentJa : consentEn
  return (key, facts = {}) => catalogue[key].replace(/\{(\w+)\}/g, (_whole, name: string) => String(facts[name] ?? ''))
}

/** A change of the policy: what changes, and how. */
export function changeWords(change: PolicyChange, say: Say): readonly [name: string, value: string] {
  switch (change.kind) {
    case 'value': {
      const shown = (value: number | null): string | number => value ?? say('consent.policy.none')
      return [say(`consent.policy.${change.field}`), say('consent.policy.change', { before: shown(change.before), after: shown(change.after) })]
    }
    case 'confirmed':
      return [say(change.isLooser ? 'consent.policy.confirmed.free' : 'consent.policy.confirmed.add'), say(`consent.policy.confirmed.${change.acts}`)]
    case 'confirmed-type':
      return [say(change.isLooser ? 'consent.policy.confirmed.free' : 'consent.policy.confirmed.add'), change.type]
    case 'asked':
      return [say(change.isLooser ? 'consent.policy.asked.free' : 'consent.policy.asked.add'), say(`consent.policy.asked.${change.rule}`)]
    case 'other':
      return [say('consent.policy.other'), change.name]
  }
}

/** What a storage did; unknown kinds have a sentence of their own. */
export function doubtKey(code: string): ConsentKey {
  const key = `consent.doubt.${code}`
  return key in consentJa ? (key as ConsentKey) : 'consent.doubt.other'
}

/** The sentence for a failure of main; unknown kinds have one of their own. */
export function failureKey(type: string): ConsentKey {
  const key = `consent.failure.${type}`
  return key in consentJa ? (key as ConsentKey) : 'consent.failure.unknown'
}
