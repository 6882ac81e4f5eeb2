import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { createOffice, type Objects, type Office } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat, type TestSeat } from './testing/test-seat.ts'
import { typedUpdate } from './testing/typing.ts'

interface Town {
  readonly office: Office
  /** What the storage has: everything. */
  readonly all: Objects
  readonly id: string
  readonly clerk: TestSeat
}

/** One document, submitted by the clerk at a machine that has everything. */
async function submitted(): Promise<Town> {
  const office = await createOffice(smallTown, ['clerk', 'manager', 'mayor', 'other'])
  const all = office.folder()
  const clerk = await seat(office, 'clerk', all)
  const { id } = await clerk.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
  await clerk.done('setCover', { id, field: 'title', value: '文書管理規程の改正について' })
  await clerk.done('updateBody', { id, update: typedUpdate('改正してよろしいか伺います。') })
  await clerk.done('attach', { id, name: '新旧対照表.txt', mediaType: 'text/plain', bytes: new TextEncoder().encode('旧 新') })
  await clerk.done('submit', { id, position: 'p-clerk', decisionClass: 'ko', concurrence: [] })
  return { office, all, id, clerk }
}

function seat(office: Office, person: string, objects: Objects): Promise<TestSeat> {
  return openTestSeat(office, person, objects, createTestMachine((path) => readFile(path)))
}

/** The same objects without any content, as they are on a machine that joined. */
function withoutContent(all: Objects): Objects {
  return new Map([...all].filter(([name]) => !name.startsWith('p/')))
}

describe('3.7 a machine without the content', () => {
  it('3.7 shows desk, document, route, register and finds words of bodies without any content', async () => {
    const { office, all, id } = await submitted()
    const manager = await seat(office, 'manager', withoutContent(all))
    expect((await manager.ask('desk', null)).myTurn.map((line) => line.id)).toEqual([id])
    const view = await manager.ask('document', { id })
    expect(view).toMatchObject({ hasPages: true, attachments: [{ name: '新旧対照表.txt' }] })
    expect(view?.steps.map(({ status }) => status)).toEqual(['open', 'waiting'])
    expect((await manager.done('search', { query: '改正してよろしいか' })).map(({ document, where }) => [document.id, where])).toEqual([[id, 'body']])
    expect(await manager.ask('register', { fiscalYear: null })).toEqual([])
    expect(manager.defects).toEqual([])
  })

  it('3.7 says in words that content is away, changes nothing, and brings it when there is a connection, telling how much', async () => {
    const { office, all, id } = await submitted()
    const objects = withoutContent(all)
    const manager = await seat(office, 'manager', objects)
    const attachment = (await manager.ask('document', { id }))?.attachments[0]?.id as string
    // That it was opened is written down.
    await manager.settled()
    const before = objects.size
    for (const [name, arg] of [['readPages', { id }], ['readAttachment', { id, attachment }], ['act', { id, act: 'approve', step: null, position: 'p-manager', comment: '' }]] as const) {
      expect(await manager.refused(name, arg as never)).toBe('ContentAway')
    }
    expect(objects.size).toBe(before)
    expect(manager.host.asked).toEqual([])
    manager.host.reach(all)
    expect((await manager.done('readPages', { id })).pdf.length).toBeGreaterThan(10_000)
    expect(new TextDecoder().decode((await manager.done('readAttachment', { id, attachment })).bytes)).toBe('旧 新')
    const progress = manager.jobs.filter((job) => job.id === `content:${id}` && job.total > 0)
    expect(progress.map(({ phase }) => phase)).toContain('content')
    expect(progress.at(-1)?.done).toBe(progress.at(-1)?.total)
    await manager.done('act', { id, act: 'approve', step: null, position: 'p-manager', comment: '' })
    expect(manager.defects).toEqual([])
  })

  it('3.7 tells a storage that has not the content yet from one that does not answer', async () => {
    const { office, all, id } = await submitted()
    const manager = await seat(office, 'manager', withoutContent(all))
    manager.host.reach(withoutContent(all))
    expect(await manager.refused('readPages', { id })).toBe('ContentNowhere')
  })

  it('3.7 exports nothing before every file is here: it names what is missing, or brings it first', async () => {
    const { office, all, id } = await submitted()
    const objects = withoutContent(all)
    const clerk = await seat(office, 'clerk', objects)
    const wanted = { scope: { kind: 'document', id }, position: 'p-clerk', reason: '監査' } as const
    const segments = objects.size
    const answer = await clerk.service.command('exportPackage', wanted)
    expect(answer).toMatchObject({ ok: false, error: { type: 'ExportContentMissing', facts: { count: 1, title: '文書管理規程の改正について' } } })
    expect(clerk.host.asked).toEqual([])
    expect(objects.size).toBe(segments)
    clerk.host.reach(all)
    await clerk.done('exportPackage', wanted)
    expect(clerk.host.exported.size).toBeGreaterThan(5)
  })
})

describe('3.7 offline pins', () => {
  it('3.7 wants at hand what may reach the person, and says how much of it is here', async () => {
    const { office, all, id } = await submitted()
    const objects = withoutContent(all)
    const [mayor, other] = [await seat(office, 'mayor', objects), await seat(office, 'other', withoutContent(all))]
    const share = (await mayor.ask('offline', null)).mine
    expect(share).toMatchObject({ on: true, documents: 1, missing: 1 })
    expect(share.missingBytes).toBe(share.bytes)
    expect(new Set(mayor.host.wanted)).toEqual(new Set([...all.keys()].filter((name) => name.startsWith('p/'))))
    expect(other.host.wanted).toEqual([])
    for (const name of mayor.host.wanted) objects.set(name, all.get(name)!)
    expect((await mayor.ask('offline', null)).mine).toMatchObject({ documents: 1, missing: 0, missingBytes: 0 })
    await mayor.done('readPages', { id })
  })

  it('3.7 keeps the list of volumes and documents sealed for its seat over a restart, and lets go of what is taken off', async () => {
    const { office, all, id } = await submitted()
    const mayor = await seat(office, 'mayor', withoutContent(all))
    await mayor.done('pin', { what: 'document', id, on: true })
    await mayor.done('pin', { what: 'mine', on: false })
    expect(mayor.host.wanted.length).toBeGreaterThan(1)
    const again = await seat(office, 'mayor', withoutContent(all))
    expect(await again.ask('offline', null)).toMatchObject({ mine: { on: false }, documents: [{ id, title: '文書管理規程の改正について', documents: 1, missing: 1 }], volumes: [] })
    expect(Buffer.from([...office.pins.values()][0] ?? []).includes(id)).toBe(false)
    await again.done('pin', { what: 'document', id, on: false })
    expect(again.host.wanted).toEqual([])
    const manager = await seat(office, 'manager', withoutContent(all))
    expect((await manager.ask('offline', null)).mine.on).toBe(true)
  })

  it('3.7 a volume brings the records in it', async () => {
    const { office, all, id, clerk } = await submitted()
    for (const [person, position] of [['manager', 'p-manager'], ['mayor', 'p-mayor']] as const) await (await seat(office, person, all)).done('act', { id, act: 'approve', step: null, position, comment: '' })
    await clerk.service.takeIn()
    const { id: volume } = await clerk.done('createVolume', { node: '1-1-1', title: '課長会議', publicTitle: '', retentionClass: '5', fiscalYear: 2026, location: '電子書庫', collection: 'c1', position: 'p-clerk' })
    await clerk.done('fileDocument', { id, volume, position: 'p-clerk' })
    const objects = withoutContent(all)
    const again = await seat(office, 'clerk', objects)
    expect((await again.ask('offline', null)).mine).toMatchObject({ documents: 0 })
    expect(again.host.wanted).toEqual([])
    await again.done('pin', { what: 'volume', id: volume, on: true })
    expect((await again.ask('offline', null)).volumes).toMatchObject([{ id: volume, title: '課長会議', documents: 1, missing: 1 }])
    for (const name of again.host.wanted) objects.set(name, all.get(name)!)
    expect((await again.ask('offline', null)).volumes).toMatchObject([{ missing: 0 }])
    expect((await again.done('readPages', { id })).signed).toBe(true)
  })
})
