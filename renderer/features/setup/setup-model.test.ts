import { describe, expect, it } from 'vitest'
import { nobodyYet, type SetupDraft, setupGaps, setupInput } from './setup-model.ts'

const sample: SetupDraft = { kind: 'practice', start: 'sample', townName: '', familyName: '', givenName: '', reading: '', positionTitle: '', second: null, seats: ['p1'], pin: '満開の桜 1234', pinAgain: '満開の桜 1234' }

describe('first run', () => {
  it('asks of the sample town only who sits here and a PIN', () => {
    expect(setupGaps(sample)).toEqual([])
    expect(setupGaps({ ...sample, seats: [], pin: '' }).map((gap) => gap.field)).toEqual(['seats', 'pin'])
  })

  it('asks a blank town for its name and its first admin', () => {
    expect(setupGaps({ ...sample, start: 'blank' }).map((gap) => gap.field)).toEqual(['townName', 'familyName', 'givenName', 'reading', 'positionTitle'])
  })

  it('3.1 asks a second administrator for all of it and a PIN of their own, in a blank town only', () => {
    const first = { townName: '雪守町', familyName: '山', givenName: '花', reading: 'ヤマ', positionTitle: '総務課長' }
    const blank: SetupDraft = { ...sample, ...first, start: 'blank', second: { ...nobodyYet, familyName: '川', pin: '冬 5678', pinAgain: '冬 9999' } }
    expect(setupGaps(blank).map((gap) => gap.field)).toEqual(['second.givenName', 'second.reading', 'second.positionTitle', 'second.pinAgain'])
    const whole: SetupDraft = { ...blank, second: { familyName: ' 川', givenName: '光', reading: 'カワ', positionTitle: '係長', pin: '冬 5678', pinAgain: '冬 5678' } }
    expect(setupGaps(whole)).toEqual([])
    expect(setupInput(whole).second).toEqual({ familyName: '川', givenName: '光', reading: 'カワ', positionTitle: '係長', pin: '冬 5678' })
    expect(setupInput({ ...whole, start: 'sample' }).second).toBeNull()
  })

  it('asks again where the two PINs differ', () => {
    expect(setupGaps({ ...sample, pinAgain: '満開の桜 1235' })).toEqual([{ field: 'pinAgain', sentence: 'setup.pinDiffers' }])
  })

  it('keeps every code point of a name', () => {
    const typed = { ...sample, start: 'blank' as const, familyName: ' \u{20bb7}田 ', givenName: '\u{fa19}一' }
    expect(setupInput(typed).admin).toMatchObject({ familyName: '\u{20bb7}田', givenName: '\u{fa19}一' })
    expect(setupInput(typed).seats).toEqual([])
  })
})
