import { expect, it } from 'vitest'
import { consentOutcomes } from '@shared/ipc/contract/consent.ts'
import { consentEn } from '../text/consent-en.ts'
import { consentJa } from '../text/consent-ja.ts'
import { createSay, failureKey } from './consent-text.ts'

it('says every outcome, its effect and its button in both languages', () => {
  for (const outcome of consentOutcomes) {
    for (const kind of ['outcome', 'effect', 'confirm']) {
      for (const catalogue of [consentJa, consentEn] as readonly Readonly<Record<string, string>>[]) {
        expect(catalogue[`consent.${kind}.${outcome}`], `${kind} ${outcome}`).toMatch(/\S/)
      }
    }
  }
})

it('asks for the same facts in both languages', () => {
  const facts = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
  for (const [key, text] of Object.entries(consentJa)) expect(facts(consentEn[key as keyof typeof consentJa]), key).toEqual(facts(text))
})

it('puts facts in as they are and has a sentence for unknown failures', () => {
  expect(createSay('ja')('consent.pin.help', { person: '𠮷田 {x}' })).toBe('𠮷田 {x}さん本人のPINを入れてください。')
  expect(failureKey('WrongPin')).toBe('consent.failure.WrongPin')
  expect(failureKey('Whatever')).toBe('consent.failure.unknown')
})
