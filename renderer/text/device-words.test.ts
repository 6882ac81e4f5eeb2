import { expect, it } from 'vitest'
import { checkNames } from '@shared/posture/device-words.ts'
import { checkIds } from '@shared/posture/model.ts'
import { createText } from './translate.ts'

it('4.9 a record names each check as the screens do, in both languages', () => {
  for (const language of ['ja', 'en'] as const) {
    const text = createText(language)
    expect(checkIds.map((id) => checkNames[id][language])).toEqual(checkIds.map((id) => text.code('endpoint.check', id)))
  }
})
