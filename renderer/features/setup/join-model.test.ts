import { describe, expect, it } from 'vitest'
import { joinGaps } from './join-model.ts'

const full = { name: '𠮷田 花子', pin: '満開の桜 1234', pinAgain: '満開の桜 1234' }

describe('asking to join', () => {
  it('3.2 wants a name and the same PIN twice', () => {
    expect(joinGaps(full)).toEqual([])
    expect(joinGaps({ ...full, name: '　', pin: '' }).map((gap) => gap.field)).toEqual(['name', 'pin'])
    expect(joinGaps({ ...full, pinAgain: '違う' }).map((gap) => gap.field)).toEqual(['pinAgain'])
  })
})
