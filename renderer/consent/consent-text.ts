// The consent window's sentences. Its catalogues are its own; facts are put in as they are.
import { consentEn } from '../text/consent-en.ts'
import { consentJa } from '../text/consent-ja.ts'

export type ConsentKey = keyof typeof consentJa
export type Say = (key: ConsentKey, facts?: Readonly<Record<string, string | number>>) => string

export function createSay(language: 'ja' | 'en'): Say {
  const catalogue: Readonly<Record<ConsentKey, string>> = language === 'ja' ? consentJa : consentEn
  return (key, facts = {}) => catalogue[key].replace(/\{(\w+)\}/g, (_whole, name: string) => String(facts[name] ?? ''))
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
