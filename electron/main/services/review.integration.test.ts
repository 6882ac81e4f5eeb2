import { afterEach, describe, expect, it } from 'vitest'
import { ok } from '@shared/base/result.ts'
import { collectionZero } from '@shared/log/names.ts'
import { eventToBytes } from '@shared/log/segment.ts'
import { clearAway, commitRequest, must, practiceOffice } from './testing/session-device.ts'

afterEach(clearAway)

const collection = 'c-general-affairs'
const [writing, records] = [`kamio-writer-${collection}`, `kamio-records-${collection}`]
const look = (grant: string) => ({ grant, reviewBy: '2026-12-31', reason: '引き続き担当' })

describe('4.12 rights at the gate and in main’s window', () => {
  it('4.12 AU-10 JU-61 whoever loses the last right to read a collection gets none of its next keys, and nobody renews them who may not', async () => {
    const { session, clock, sit } = await practiceOffice()
    const epochsOf = async (n: number) => {
      const { epochKeys } = await sit(n)
      await session.lock('person')
      return epochKeys.filter((held) => held.collection === collection).map(({ epoch }) => epoch).sort((a, b) => a - b)
    }
    const vault = await sit(0)
    expect(await session.vault.seats.renewEpochs({ grants: [writing] })).toEqual(ok([]))
    const made = await must(session.vault.seats.renewEpochs({ grants: [writing, records] }))
    expect(made.map((one) => one.collection)).toEqual([collection])
    const acts = [['grant.remove', { id: writing, reason: '異動' }], ['grant.remove', { id: records, reason: '異動' }], ['epoch.new', made[0]]] as const
    for (const [i, [type, body]] of acts.entries()) {
      const { event, request } = await commitRequest(vault, clock, 2 + i, type, body)
      expect(await session.vault.consent.request({ events: [eventToBytes(event)], title: 't', facts: [], warnings: [] })).toMatchObject({ ok: true })
      expect(await session.vault.journal.commit({ ...request, authority: { [vault.lane]: 1 + i } })).toMatchObject({ ok: true })
    }
    await session.lock('person')
    const fresh = made[0]?.epoch
    expect([await epochsOf(0), await epochsOf(1), await epochsOf(2)]).toEqual([[0, fresh], [0, fresh], []])

    await sit(1)
    expect(await session.vault.seats.renewEpochs({ grants: [`sakita-writer-${collection}`, `sakita-approver-${collection}`] })).toMatchObject({ ok: false, error: { type: 'NotAllowed' } })
  })

  it('4.12 the window shows every right that is touched as main reads it, whatever the page says, and nothing that is not there', async () => {
    const { session, clock, asked, sit } = await practiceOffice()
    const vault = await sit(0)
    const ask = async (...acts: readonly (readonly [type: string, body: unknown])[]) => {
      const built = await Promise.all(acts.map(([type, body], i) => commitRequest(vault, clock, 2 + i, type, body)))
      return session.vault.consent.request({ events: built.map(({ event }) => eventToBytes(event)), title: '何でもないこと', facts: [], warnings: [] })
    }
    expect(await ask(['grant.review', look(writing)], ['grant.review', { ...look(records), role: 'writer', to: '2027-03-31' }])).toMatchObject({ ok: true })
    expect(asked.at(-1)).toMatchObject({ outcome: 'share', title: '', comment: '引き続き担当', grants: [
      { kind: 'keep', person: '\uFA19尾 翔太', collection: { name: '総務課の文書' }, role: 'writer', lesser: null, to: null, reviewBy: '2027-03-31' },
      { kind: 'reduce', person: '\uFA19尾 翔太', role: 'records', lesser: 'writer', to: '2027-03-31', reviewBy: '2027-03-31' },
    ] })
    const given = { id: 'new', person: 'kamio', collection, role: 'approver', reason: '代理', from: '2026-10-01', to: '2026-10-31', reviewBy: '2026-10-31' }
    expect(await ask(['grant.put', given])).toMatchObject({ ok: true })
    expect(asked.at(-1)).toMatchObject({ outcome: 'share', comment: '代理', grants: [{ kind: 'give', role: 'approver', to: '2026-10-31', reviewBy: '2026-10-31' }] })
    const questions = asked.length
    const refused = (reason: string) => ({ ok: false, error: { type: 'ConsentRefused', reason } })
    expect(await ask(['grant.review', look('nothing')])).toMatchObject(refused('grant'))
    // An administrator's right is shown as what it is, by itself, and never behind another.
    const admin = { ...given, id: 'admin', collection: null, role: 'admin' }
    expect(await ask(['grant.put', given], ['grant.put', admin])).toMatchObject(refused('grant'))
    expect(await ask(['grant.put', admin], ['grant.put', { ...admin, id: 'second', person: 'yoshida' }])).toMatchObject(refused('mixed'))
    expect(await ask(['grant.remove', { id: 'sakita-admin', reason: '' }], ['grant.remove', { id: 'sato-admin', reason: '' }])).toMatchObject(refused('mixed'))
    expect(await ask(['grant.review', look(writing)], ['grant.remove', { id: records, reason: '' }])).toMatchObject(refused('mixed'))
    expect(asked.length).toBe(questions)
  })

  it('4.12 AU-65 what is signed as the report are the pages that are shown, and only that lets the report be written', async () => {
    const { session, clock, asked, sit } = await practiceOffice()
    const vault = await sit(0)
    const pdf = new TextEncoder().encode('pages')
    const { event } = await commitRequest(vault, clock, 2, 'review.report', { from: '2026-10-01', to: '2026-10-01', revision: 'ab'.repeat(32), table: 'cd'.repeat(32) })
    expect(await session.vault.consent.request({ events: [eventToBytes(event)], title: 't', facts: [], warnings: [], pdf })).toMatchObject({ ok: false, error: { reason: 'pages' } })
    expect(asked).toEqual([])
    const { event: other } = await commitRequest(vault, clock, 2, 'section.put', { id: 's', name: '課', nameEn: '' })
    const given = await must(session.vault.consent.request({ events: [eventToBytes(other)], title: 't', facts: [], warnings: [] }))
    expect(await session.vault.export.begin({ consent: given.consent, name: 'fumibako-review' })).toMatchObject({ ok: false, error: { type: 'ConsentMissing' } })
    expect(vault.epochKeys.some((held) => held.collection === collectionZero)).toBe(true)
  })
})
