import { describe, expect, it } from 'vitest'
import { accessWords, joinGaps } from './join-model.ts'

const full = { name: '𠮷田 花子', pin: '満開の桜 1234', pinAgain: '満開の桜 1234', user: '', secret: '' }

describe('asking to join', () => {
  it('3.2 wants a name and the same PIN twice', () => {
    expect(joinGaps(full, false)).toEqual([])
    expect(joinGaps({ ...full, name: '　', pin: '' }, false).map((gap) => gap.field)).toEqual(['name', 'pin'])
    expect(joinGaps({ ...full, pinAgain: '違う' }, false).map((gap) => gap.field)).toEqual(['pinAgain'])
  })

  it('3.2 wants what the storage asks for, and nothing for a folder', () => {
    expect(accessWords({ kind: 'folder', address: '/mnt/town' })).toBeNull()
    expect(accessWords({ kind: 'webdav', address: 'https://x' })).toEqual({ user: 'storage.user', secret: 'storage.password' })
    expect(accessWords({ kind: 's3', address: 'https://x' })).toEqual({ user: 'storage.accessKey', secret: 'storage.secretKey' })
    expect(joinGaps(full, true).map((gap) => gap.field)).toEqual(['user', 'secret'])
    expect(joinGaps({ ...full, user: 'staff', secret: 's' }, true)).toEqual([])
  })
})
