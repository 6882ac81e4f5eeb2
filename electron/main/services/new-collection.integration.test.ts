// A collection of documents that an administrator makes: what main's window shows of it, and to whom its key goes.
import { afterEach, expect, it } from 'vitest'
import { eventToBytes } from '@shared/log/segment.ts'
import { clearAway, commitRequest, must, practiceOffice } from './testing/session-device.ts'

afterEach(clearAway)

/** As long as the ids that are made. */
const project = 'c-project-0123456789abcde'
const collection = { id: project, name: '庁舎建替事業の文書', nameEn: 'New town hall', section: null, kind: 'project', purpose: '庁舎の建替え' }
const given = (person: string, role: string, over: object = {}) => ({ id: `${person}-${role}-${project}`, person, collection: project, role, reason: '事業の開始', from: '2026-10-01', to: '2027-09-30', reviewBy: '2026-12-31', ...over })

it('4.11 AU-97 a new collection is shown with every right that goes with it, and its first key goes to those people and to recovery, to nobody else', async () => {
  const { session, clock, asked, sit } = await practiceOffice()
  const vault = await sit(0)
  const [epoch] = await must(session.vault.seats.renewEpochs({ collection: project, people: ['yoshida', 'kamio', 'ono'] }))
  expect(epoch).toMatchObject({ collection: project })
  const acts = [['collection.put', collection], ['grant.put', given('kamio', 'owner')], ['grant.put', given('ono', 'writer')], ['grant.put', given('yoshida', 'writer')], ['epoch.new', epoch]] as const
  const built = await Promise.all(acts.map(([type, body], i) => commitRequest(vault, clock, 2 + i, type, body)))
  expect(await session.vault.consent.request({ events: built.map(({ event }) => eventToBytes(event)), title: '何でもないこと', facts: [], warnings: [] })).toMatchObject({ ok: true })
  expect(asked.at(-1)).toMatchObject({
    outcome: 'add-collection',
    title: '',
    comment: '事業の開始',
    collection: { name: '庁舎建替事業の文書', kind: 'project', purpose: '庁舎の建替え' },
    grants: [
      { kind: 'give', person: '\uFA19尾 翔太', collection: { name: '庁舎建替事業の文書' }, role: 'owner', to: '2027-09-30', reviewBy: '2026-12-31' },
      { kind: 'give', person: '小野 渉', role: 'writer' },
      { kind: 'give', role: 'writer' },
    ],
  })
  for (const [i, { request }] of built.entries()) expect(await session.vault.journal.commit({ ...request, authority: { [vault.lane]: 1 + i } })).toMatchObject({ ok: true })
  await session.lock('person')
  const reads = async (n: number) => {
    const { epochKeys } = await sit(n)
    await session.lock('person')
    return epochKeys.filter((held) => held.collection === project).map((held) => held.epoch)
  }
  expect([await reads(0), await reads(1), await reads(2)]).toEqual([[], [epoch?.epoch], [epoch?.epoch]])
})

it('4.11 AU-97 the window shows no collection that is there already, two at once or with a right on another, and nobody else has a first key made', async () => {
  const { session, clock, asked, sit } = await practiceOffice()
  const vault = await sit(0)
  const ask = async (...acts: readonly (readonly [type: string, body: unknown])[]) => {
    const built = await Promise.all(acts.map(([type, body], i) => commitRequest(vault, clock, 2 + i, type, body)))
    return session.vault.consent.request({ events: built.map(({ event }) => eventToBytes(event)), title: 't', facts: [], warnings: [] })
  }
  const refused = (reason: string) => ({ ok: false, error: { type: 'ConsentRefused', reason } })
  expect(await ask(['collection.put', { ...collection, id: 'c-general-affairs' }])).toMatchObject(refused('collection'))
  for (const odd of [{ kind: 'club' }, { purpose: ' ' }, { name: 'x'.repeat(201) }, { section: 'general-affairs' }]) expect(await ask(['collection.put', { ...collection, ...odd }])).toMatchObject(refused('collection'))
  expect(await ask(['collection.put', collection], ['collection.put', { ...collection, id: 'c-other' }])).toMatchObject(refused('collection'))
  expect(await ask(['collection.put', collection], ['grant.put', given('ono', 'writer', { collection: 'c-general-affairs' })])).toMatchObject(refused('mixed'))
  expect(await ask(['collection.put', collection], ['grant.put', given('ono', 'admin', { collection: null })])).toMatchObject(refused('mixed'))
  expect(asked).toEqual([])
  expect(await session.vault.seats.renewEpochs({ collection: 'c-general-affairs', people: ['ono'] })).toMatchObject({ ok: false, error: { type: 'NotAllowed' } })
  await session.lock('person')
  await sit(1)
  expect(await session.vault.seats.renewEpochs({ collection: project, people: ['yoshida'] })).toMatchObject({ ok: false, error: { type: 'NotAllowed' } })
})
