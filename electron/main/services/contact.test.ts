import { describe, expect, it } from 'vitest'
import type { DevicePolicy } from '@shared/authority/model.ts'
import { reduceAuthority, type AuthorityState } from '@shared/authority/reduce.ts'
import { ok } from '@shared/base/result.ts'
import type { RoundReport } from '@shared/sync/report.ts'
import { createContact, type Contact } from './contact.ts'
import { openInContact } from './open-in-contact.ts'
import type { OpenSession } from './open-session.ts'

const day = 24 * 60 * 60 * 1000
const monday = Date.parse('2026-10-05T00:00:00Z')

/** A machine whose notes outlive it; `disk` is what a thief copies. */
function machine(disk = new Map<string, Uint8Array>()) {
  const time = { now: monday }
  let writes = 0
  const profile = {
    readNote: async (name: string) => disk.get(name) ?? null,
    async writeNote(name: string, note: Uint8Array) {
      writes += 1
      disk.set(name, note)
    },
  }
  const start = (): Contact => createContact(profile, { now: () => time.now })
  return { time, disk, start, writes: () => writes }
}

const round = (at: number, over: Partial<RoundReport> = {}) => ({ at, completeAt: at, failure: null, isLost: false, missing: [], strangers: [], suspicions: [], ...over })

describe('4.14 when the storage was reached last', () => {
  it('4.14 PO-50 is noted seldom and known again after a start; only a round that believed everything counts', async () => {
    const made = machine()
    const contact = made.start()
    expect([await contact.last(), await contact.away()]).toEqual([null, Infinity])
    const partly = { completeAt: null, strangers: ['new'] }
    const suspect = (code: 'withheld' | 'beacon-forked') => [{ code, subject: 'p', certain: true }] as const
    for (const over of [{ completeAt: null }, { isLost: true }, { ...partly, isLost: true }, { ...partly, missing: ['parcel'] }, { ...partly, failure: { type: 'StorageUnreachable', retry: 'later' } }, { ...partly, suspicions: suspect('withheld') }] as const) expect(await contact.round(round(monday, over))).toBe(false)
    expect(await contact.last()).toBeNull()
    // A device that joined meanwhile is known only once a seat is open; what another device did wrong closes none.
    expect(await contact.round(round(monday, { ...partly, suspicions: suspect('beacon-forked') }))).toBe(true)
    const written = made.writes()
    for (let minute = 1; minute < 10; minute++) expect(await contact.round(round(monday + minute * 60_000))).toBe(false)
    expect(made.writes()).toBe(written)
    expect(await contact.round(round(monday + 10 * 60_000))).toBe(true)
    made.time.now = monday + 3 * day
    expect(await made.start().away()).toBe(3 * day - 10 * 60_000)
  })

  it('4.14 PO-50 a clock that is set back gains no day that was seen, and a contact begins anew', async () => {
    const made = machine()
    const contact = made.start()
    await contact.round(round(monday))
    made.time.now = monday + 20 * day
    expect(await contact.away()).toBe(20 * day)
    made.time.now = monday + day
    expect([await contact.away(), await made.start().away()]).toEqual([20 * day, 20 * day])
    // A clock that once was a year ahead keeps nobody out after the next contact.
    made.time.now = monday + 365 * day
    await contact.round(round(made.time.now, { completeAt: null }))
    made.time.now = monday + 21 * day
    await contact.round(round(made.time.now))
    made.time.now = monday + 22 * day
    expect([await contact.away(), await made.start().away()]).toEqual([day, day])
  })

  it('4.14 PO-50 without its note nothing is known, which is no contact', async () => {
    const made = machine()
    await made.start().round(round(monday))
    made.disk.clear()
    expect(await made.start().away()).toBe(Infinity)
    made.disk.set('contact', new Uint8Array([1, 2]))
    expect(await made.start().away()).toBe(Infinity)
  })

  it('4.14 PO-50 what is carried by hand is as new as what others wrote there, never newer than now, never older than before', async () => {
    const made = machine()
    const contact = made.start()
    await contact.carried(null)
    await contact.carried(monday + day)
    expect(await contact.last()).toBeNull()
    await contact.carried(monday - 2 * day)
    await contact.carried(monday - 5 * day)
    expect([await contact.last(), await contact.away()]).toEqual([monday - 2 * day, 2 * day])
  })
})

describe('4.14 opening a seat after long', () => {
  const seats = new Map(['here', 'there'].map((device) => [device, { id: device, person: device, device } as never]))
  const policy: DevicePolicy = { id: 'p', kind: 'trial', title: '', consentFor: [], sessionHours: 12, idleLockMinutes: 10, contactDays: 14, from: '2026-01-01', to: null }
  const opened = (state: AuthorityState) => ({ authority: { state: async () => state }, certificate: { body: { device: 'here', seat: 'here' } } }) as unknown as OpenSession
  const town = (over: Partial<AuthorityState> = {}): AuthorityState => ({ ...reduceAuthority([]), seats, policies: new Map([['p', policy]]), ...over })

  /** How often it was opened and the storage tried, and what came of it. */
  async function tries(days: number, state: AuthorityState, arrives = false) {
    let [opens, reaches, away] = [0, 0, days * day]
    const contact = {
      away: async () => away,
      async reach() {
        reaches += 1
        if (arrives) away = 0
      },
    }
    const answer = await openInContact(contact, async () => (opens++, ok(opened(state))), '2026-10-05')
    return [answer.ok ? 'open' : `${answer.error.type} ${'days' in answer.error ? answer.error.days : ''}`, opens, reaches]
  }

  it('4.14 P-02 waits for the storage when the days are over, tries it once, and opens with what that brought', async () => {
    expect(await tries(14, town())).toEqual(['open', 1, 0])
    expect(await tries(14.01, town())).toEqual(['ContactNeeded 14', 2, 1])
    expect(await tries(14.01, town(), true)).toEqual(['open', 2, 1])
    expect(await tries(Infinity, town())).toEqual(['ContactNeeded 14', 2, 1])
  })

  it('4.14 P-02 asks nothing where the town does not, where no other device has a seat, or of a seat that the recovery sheets made', async () => {
    const { contactDays: _none, ...silent } = policy
    expect(await tries(400, town({ policies: new Map([['p', silent]]) }))).toEqual(['open', 1, 0])
    expect(await tries(400, town({ removedSeats: new Set(['there']) }))).toEqual(['open', 1, 0])
    expect(await tries(400, town({ recovered: new Map([['here', 0]]) }))).toEqual(['open', 1, 0])
    expect(await tries(400, town({ recovered: new Map([['there', 0]]) }))).toEqual(['ContactNeeded 14', 2, 1])
  })
})
