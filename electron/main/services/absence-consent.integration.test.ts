// Whoever says that somebody is away sees in main's window who and who decides meanwhile, as the act itself says it.
import { afterEach, expect, it } from 'vitest'
import { addDays, jstDate } from '@shared/base/civil-date.ts'
import { collectionZero } from '@shared/log/names.ts'
import { eventToBytes } from '@shared/log/segment.ts'
import type { ConsentQuestion } from '../ports.ts'
import { clearAway, commitRequest, deskTyping, founded, must, openVault, pin, seats, sessionIn, standingClock, temporary } from './testing/session-device.ts'

afterEach(clearAway)

it('4.11 AU-100 the window shows who is away on which days and who decides meanwhile, read from the act, and without it main signs nothing', async () => {
  const asked: ConsentQuestion[] = []
  const { clock } = standingClock()
  const session = sessionIn({ folder: await temporary(), clock }, { desk: deskTyping(pin, asked) })
  await founded(session)
  const [seat] = await seats(session)
  expect((await session.page.session.unlock({ seat: seat?.seat ?? '', pin })).ok).toBe(true)
  const vault = await openVault(session)
  const [from, to] = [jstDate(clock.now()), addDays(jstDate(clock.now()), 3)]
  const lanes = await must(session.vault.journal.lanes({ collection: collectionZero }))
  const next = (lanes.find(({ lane }) => lane === vault.lane)?.seq ?? 0) + 1
  const absence = { position: 'mayor', acting: 'vice-mayor', from, to, reason: '出張' }
  const { event, request } = await commitRequest(vault, clock, next, 'absence.put', absence)
  const begun = { ...request, authority: Object.fromEntries(lanes.map(({ lane, seq }) => [lane, seq])) }
  const ask = (...events: readonly (typeof event)[]) => session.vault.consent.request({ events: events.map(eventToBytes), title: '総務課長の休暇', facts: [], warnings: [] })
  expect(await session.vault.journal.commit(begun)).toMatchObject({ ok: false, error: { type: 'ConsentMissing', act: 'absence.put' } })
  const again = { ...event, salt: new Uint8Array(16) }
  for (const wrong of [[event, again], [{ ...event, body: { ...absence, acting: '' } }], [{ ...event, type: 'absence.end', body: { absence: '0'.repeat(64), to, reason: '' } }]]) expect(await ask(...wrong)).toMatchObject({ ok: false, error: { type: 'ConsentRefused' } })
  expect((await ask(event)).ok).toBe(true)
  expect(asked.at(-1)).toMatchObject({ outcome: 'absence', absence: { position: '町長 \u9AD9橋 修一', acting: '副町長 渡\u9089 直美', from, to }, comment: '出張' })
  expect((await session.vault.journal.commit(begun)).ok).toBe(true)
})
