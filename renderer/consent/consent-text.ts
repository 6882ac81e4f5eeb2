// The consent window's sentences. Its catalogues are its own; facts are put in as they are.
import type { GrantChange } from '@shared/authority/grant-change.ts'
import { formatWareki } from '@shared/base/wareki.ts'
import { checkNames, shownIdLetters } from '@shared/posture/device-words.ts'
import { ruleWords } from '@shared/posture/rule-words.ts'
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
export function changeWords(change: PolicyChange, say: Say, language: 'ja' | 'en'): readonly [name: string, value: string] {
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
    case 'own-rule':
      return [say(change.isLooser ? 'consent.policy.asked.free' : 'consent.policy.asked.add'), ruleWords(language, change.rule)]
    case 'excused':
      return [say(change.isLooser ? 'consent.policy.excused' : 'consent.policy.excuseEnded'), say('consent.policy.excusedWhat', { device: change.device.slice(0, shownIdLetters), check: checkNames[change.check][language], to: language === 'ja' ? formatWareki(change.to) : change.to })]
    case 'review':
      return [say(`consent.review.${change.field}`), say('consent.policy.change', { before: change.before, after: change.after })]
    case 'review-pair':
      return [say(change.isLooser ? 'consent.review.pairFree' : 'consent.review.pairAdd'), say('consent.review.pair', { one: say(`consent.role.${change.roles[0]}`), other: say(`consent.role.${change.roles[1]}`), within: say(`consent.review.within.${change.within}`) })]
    case 'other':
      return [say('consent.policy.other'), change.name]
  }
}

/** What becomes of one right: whose and where; then what it is, and how long. */
export function grantWords({ kind, person, collection, ofDocument, role, lesser, to, reviewBy }: GrantChange, language: 'ja' | 'en', say: Say): readonly [name: string, value: string] {
  const day = (date: string): string => (language === 'ja' ? formatWareki(date) : date)
  const place = collection === null ? say('consent.grant.town') : language === 'ja' ? collection.name : collection.nameEn
  const what = lesser === null ? say(`consent.role.${role}`) : say('consent.grant.lesser', { role: say(`consent.role.${role}`), lesser: say(`consent.role.${lesser}`) })
  const dates = kind === 'remove' ? [] : [...(to === null ? [] : [say('consent.grant.to', { date: day(to) })]), ...(reviewBy === null ? [] : [say('consent.grant.reviewBy', { date: day(reviewBy) })])]
  return [say(ofDocument ? 'consent.grant.one' : 'consent.grant.place', { person, collection: place }), [say(`consent.grant.${kind}`, { what }), ...dates].join(language === 'ja' ? '、' : ', ')]
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
