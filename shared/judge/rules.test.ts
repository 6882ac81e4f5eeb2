import { describe, expect, it } from 'vitest'
import { needOf } from './rules.ts'

describe('what an act asks for', () => {
  it('3.9 JU-7 whoever may read may say that an approval has arrived, as nobody but themselves', () => {
    expect(needOf('document.witness', false)).toEqual({ kind: 'role', roles: expect.arrayContaining(['reader', 'approver']), position: false })
    expect(needOf('document.unheard-of', false)).toMatchObject({ kind: 'role', roles: expect.not.arrayContaining(['reader']) })
  })

  it('4.2 JU-7 who decides or keeps the records takes a draft over, as a position, and nobody else', () => {
    expect(needOf('draft.adopt', false)).toEqual({ kind: 'role', roles: ['approver', 'records'], position: true })
  })
})
