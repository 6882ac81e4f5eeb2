import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { ok } from '@shared/base/result.ts'
import { openSegmentEvents, openSegmentHeader } from '@shared/judge/open-segment.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import { createHybridClock } from '@shared/log/clock.ts'
import { collectionZero } from '@shared/log/names.ts'
import { eventToBytes } from '@shared/log/segment.ts'
import { nodeHost } from './node-host.ts'
import { clearAway, commitRequest, device, founded, openVault, people, pin, seats } from './testing/session-device.ts'

afterEach(clearAway)

describe('the keys of a device’s seats', () => {
  it('3.12 SY-38 a person goes on deciding after a misleading storage with the PIN, which is written down first; another PIN lifts nothing', async () => {
    const doubt = { code: 'beacon-rolled-back', at: 1_790_000_000_000 }
    const [doubts, folder] = [[doubt], (await device()).folder]
    const frozen = (): boolean => doubts.length > 0
    const other = await device({ folder, os: null, typed: 'not-the-pin', frozen, doubts })
    await founded(other.session, 'practice')
    const place = (clock: { now(): number }) => ({ seq: 2, hlc: createHybridClock(clock).tick(), authority: {} })
    const [seat] = await seats(other.session)
    expect(await other.session.page.session.unlock({ seat: seat!.seat, pin })).toEqual(ok(null))
    expect(await other.session.vault.seats.settleStorage(place(other.clock))).toMatchObject({ ok: false, error: { type: 'ConsentCancelled' } })
    expect(doubts).toEqual([doubt])
    await other.session.lock('quit')

    const { session, clock } = await device({ folder, os: null, frozen, doubts })
    expect(await session.page.session.unlock({ seat: seat!.seat, pin })).toEqual(ok(null))
    const vault = await openVault(session)
    const settled = await session.vault.seats.settleStorage(place(clock))
    if (!settled.ok) throw new Error(settled.error.type)
    expect(doubts).toEqual([])
    const key = await importContentKey(nodeHost, vault.epochKeys.find(({ collection }) => collection === collectionZero)?.key as Uint8Array)
    const keys = { epochKey: async () => key, documentKey: async () => 'not-granted' as const }
    const header = await openSegmentHeader(nodeHost, vault.workspace, keys, settled.value.bytes)
    const opened = typeof header === 'string' ? 'malformed' : await openSegmentEvents(nodeHost, keys, header, () => '')
    expect(typeof opened === 'string' ? opened : opened.events.map(({ event }) => [event.type, event.person, event.body])).toEqual([['session.settle', vault.person, { doubts: [doubt] }]])
    expect(await session.vault.seats.settleStorage({ ...place(clock), seq: 3 })).toMatchObject({ ok: false, error: { type: 'ConsentRefused', reason: 'no-doubts' } })
  })

  it('3.3 AU-10 AU-15 F18 new keys, those of collection zero too, reach everybody who may read but the one whose seat is taken away, also a session that is open', async () => {
    const { session, clock, advance } = await device({ os: null })
    const begun = await founded(session, 'practice')
    const codes = begun.ok ? begun.value.codes : []
    const [admin, reader, leaver] = await seats(session)
    const epochsOf = async (seat: string, of = 'c-general-affairs', own = pin) => {
      expect(await session.page.session.unlock({ seat, pin: own })).toEqual(ok(null))
      const { epochKeys } = await openVault(session)
      await session.lock('person')
      return epochKeys.filter(({ collection }) => collection === of).map(({ epoch }) => epoch).sort((a, b) => a - b)
    }
    for (const seat of [admin, reader, leaver]) expect(await epochsOf(seat!.seat)).toEqual([0])

    expect(await session.page.session.unlock({ seat: admin!.seat, pin })).toEqual(ok(null))
    const vault = await openVault(session)
    const renewed = await session.vault.seats.renewEpochs({ seat: leaver!.seat })
    const made = renewed.ok ? renewed.value : []
    expect(made.map(({ collection }) => collection)).toEqual(['c-general-affairs', collectionZero])
    for (const [i, one] of made.entries()) {
      const { event, request } = await commitRequest(vault, clock, 2 + i, 'epoch.new', one)
      expect(await session.vault.consent.request({ events: [eventToBytes(event)], title: '鍵', facts: [], warnings: [] })).toMatchObject({ ok: true })
      expect(await session.vault.journal.commit({ ...request, authority: { [vault.lane]: 1 + i } })).toMatchObject({ ok: true })
    }
    const now = await session.vault.vault.keys({})
    const [fresh, zero] = made.map(({ epoch }) => epoch)
    for (const [collection, epoch] of [['c-general-affairs', fresh], [collectionZero, zero]]) expect(now.ok && now.value.filter((held) => held.collection === collection).map((held) => held.epoch)).toEqual([0, epoch])
    // What is written from now on, the leaver's seat cannot open: neither the town's names nor who wrote what.
    const after = await commitRequest({ ...vault, epochKeys: now.ok ? now.value : [] }, clock, 4, 'section.put', { id: 's', name: '新しい課', nameEn: 'New' }, zero)
    expect(await session.vault.consent.request({ events: [eventToBytes(after.event)], title: '課', facts: [], warnings: [] })).toMatchObject({ ok: true })
    expect(await session.vault.journal.commit({ ...after.request, authority: { [vault.lane]: 3 } })).toMatchObject({ ok: true })
    await session.lock('person')
    expect(await epochsOf(reader!.seat)).toEqual([0, fresh])
    expect(await epochsOf(reader!.seat, collectionZero)).toEqual([0, zero])
    expect(await epochsOf(leaver!.seat)).toEqual([0])
    expect(await epochsOf(leaver!.seat, collectionZero)).toEqual([0])

    // The sheets open every key there is, and give a seat that writes under the newest.
    expect(await session.page.setup.recover({ codes: [codes[0] as string, codes[2] as string], person: people[0] as string, pin: 'new-pin-for-me' })).toEqual(ok(null))
    advance(72 * 60 * 60 * 1000)
    const again = (await seats(session)).find(({ name }) => name === admin?.name)
    expect(await epochsOf(again!.seat, 'c-general-affairs', 'new-pin-for-me')).toEqual([0, fresh])
    expect(await epochsOf(again!.seat, collectionZero, 'new-pin-for-me')).toEqual([0, zero])
  })

  it('2.6b 3.1 any two of three recovery sheets restore a destroyed seat, which opens after 72 hours and says how long is left', async () => {
    const { session, folder, clock, advance } = await device()
    const made = await founded(session)
    const [first = '', second = '', third = ''] = made.ok ? made.value.codes : []
    await rm(join(folder, 'workspace', 'seats'), { recursive: true })
    const [lost] = await seats(session)
    expect(await session.page.session.unlock({ seat: lost!.seat, pin })).toMatchObject({ ok: false, error: { type: 'SeatMissing' } })
    expect(await session.page.setup.recoverPeople({ codes: [first.replace(/^./, (c) => (c === '0' ? '1' : '0')), second] })).toMatchObject({ ok: false, error: { type: 'BadCode' } })
    expect(await session.page.setup.recoverPeople({ codes: [second, second] })).toMatchObject({ ok: false, error: { type: 'SheetsDiffer' } })
    const stranger = await founded((await device()).session)
    expect(await session.page.setup.recoverPeople({ codes: [first, stranger.ok ? (stranger.value.codes[1] as string) : ''] })).toMatchObject({ ok: false, error: { type: 'SheetsDiffer' } })
    expect(stranger.ok && (await session.page.setup.recoverPeople({ codes: [stranger.value.codes[0] as string, stranger.value.codes[2] as string] }))).toMatchObject({ ok: false, error: { type: 'WrongWorkspace' } })
    const listed = await session.page.setup.recoverPeople({ codes: [third.toLowerCase(), first] })
    expect(listed.ok && listed.value.map((p) => p.person)).toContain(people[0])
    expect(await session.page.setup.recover({ codes: [second, third], person: people[0] as string, pin: 'new-pin-for-me' })).toEqual(ok(null))
    const again = (await seats(session)).find((s) => s.waitsUntil !== undefined)
    expect(again?.waitsUntil).toBe('2026-10-04T00:00:00.000Z')
    expect(await session.page.session.unlock({ seat: again!.seat, pin: 'new-pin-for-me' })).toMatchObject({ ok: false, error: { type: 'SeatWaits', hours: 72 } })
    advance(71.5 * 60 * 60 * 1000)
    expect(await session.page.session.unlock({ seat: again!.seat, pin: 'new-pin-for-me' })).toMatchObject({ ok: false, error: { type: 'SeatWaits', hours: 1 } })
    advance(0.5 * 60 * 60 * 1000)
    expect((await seats(session)).every((s) => s.waitsUntil === undefined)).toBe(true)
    expect(await session.page.session.unlock({ seat: again!.seat, pin: 'new-pin-for-me' })).toEqual(ok(null))
    const vault = await openVault(session)
    expect(vault.person).toBe(people[0])
    expect(vault.epochKeys.length).toBeGreaterThan(1)
    const unlock = await commitRequest(vault, clock, 2, 'session.unlock', { session: vault.session })
    expect(await session.vault.journal.commit(unlock.request)).toMatchObject({ ok: true })
  })
})
