import { describe, expect, it } from 'vitest'
import { type SetupDraft, setupGaps, setupInput } from './setup-model.ts'

const sample: SetupDraft = { kind: 'practice', start: 'sample', townName: '', familyName: '', givenName: '', reading: '', positionTitle: '', seats: ['p1'], pin: '満開の桜 1234', pinAgain: '満開の桜 1234' }

describe('first run', () => {
  it('asks of the sample town only who sits here and a PIN', () => {
    expect(setupGaps(sample)).toEqual([])
    expect(setupGaps({ ...sample, seats: [], pin: '' }).map((gap) => gap.field)).toEqual(['seats', 'pin'])
  })

  it('asks a blank town for its name and its first admin', () => {
    expect(setupGaps({ ...sample, start: 'blank' }).map((gap) => gap.field)).toEqual(['townName', 'familyName', 'givenName', 'reading', 'positionTitle'])
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
