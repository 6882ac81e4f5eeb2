import { readFile } from 'node:fs/promises'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import { decodeCbor } from '@shared/base/cbor.ts'
import { markFieldOf } from '@shared/document/print-form.ts'
import { createOffice, type Objects, type Office } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { openTestSeat, type TestMachine, type TestSeat } from './testing/test-seat.ts'
import { typedUpdate } from './testing/typing.ts'

const families: Readonly<Record<string, string>> = { BIZUDMincho: 'biz-udmincho', BIZUDPGothic: 'biz-udpgothic', BIZUDGothic: 'biz-udgothic', NotoSansJP: 'noto-sans-jp' }

function machine(): TestMachine {
  return {
    indexedDb: { factory: new IDBFactory(), keyRange: IDBKeyRange as unknown as typeof globalThis.IDBKeyRange },
    async font(file) {
      const [family = '', weight = ''] = file.replace('.ttf', '').split('_')
      return new Uint8Array(await readFile(`node_modules/@expo-google-fonts/${families[family]}/${weight}/${file}`))
    },
  }
}

interface Town {
  readonly office: Office
  readonly objects: Objects
  readonly at: (person: string) => Promise<TestSeat>
}

async function town(): Promise<Town> {
  const office = await createOffice(smallTown, ['clerk', 'manager', 'mayor', 'other'])
  const objects = office.folder()
  const machines = new Map<string, TestMachine>()
  return {
    office,
    objects,
    at(person) {
      const held = machines.get(person) ?? machine()
      machines.set(person, held)
      return openTestSeat(office, person, objects, held)
    },
  }
}

async function submitted({ at }: Town, decisionClass = 'ko'): Promise<string> {
  const clerk = await at('clerk')
  const { id } = await clerk.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
  await clerk.done('setCover', { id, field: 'title', value: '文書管理規程の改正について' })
  await clerk.done('updateBody', { id, update: typedUpdate('改正してよろしいか伺います。') })
  await clerk.done('attach', { id, name: '新旧対照表.txt', mediaType: 'text/plain', bytes: new TextEncoder().encode('旧 新') })
  await clerk.done('submit', { id, position: 'p-clerk', decisionClass, concurrence: [] })
  return id
}

async function decided(town: Town): Promise<string> {
  const id = await submitted(town)
  const manager = await town.at('manager')
  await manager.done('act', { id, act: 'approve', step: null, position: 'p-manager', comment: '' })
  const mayor = await town.at('mayor')
  await mayor.done('act', { id, act: 'approve', step: null, position: 'p-mayor', comment: '承認します' })
  return id
}

describe('the main job in the vault', () => {
  it('2.10 goes from the draft over two decisions into a volume, each seen by the next person', async () => {
    const here = await town()
    const id = await submitted(here)
    const manager = await here.at('manager')
    expect((await manager.ask('desk', null)).myTurn.map((line) => line.id)).toEqual([id])
    const view = await manager.ask('document', { id })
    expect(view?.steps.map(({ positionTitle, status }) => [positionTitle, status])).toEqual([['総務課長', 'open'], ['町長', 'waiting']])
    expect(view?.acts.find(({ act }) => act === 'approve')).toMatchObject({ allowed: true, positions: [{ id: 'p-manager' }] })
    await manager.done('act', { id, act: 'approve', step: null, position: 'p-manager', comment: '' })

    const mayor = await here.at('mayor')
    await mayor.done('act', { id, act: 'approve', step: null, position: 'p-mayor', comment: '承認します' })
    const pages = await mayor.done('readPages', { id })
    expect(pages.signed).toBe(true)

    const clerk = await here.at('clerk')
    expect((await clerk.ask('desk', null)).toFile.map((line) => line.id)).toEqual([id])
    const volume = await clerk.done('createVolume', { node: '1-1-1', title: '課長会議', publicTitle: '', retentionClass: '5', fiscalYear: 2026, location: '電子書庫', collection: 'c1', position: 'p-clerk' })
    await clerk.done('fileDocument', { id, volume: volume.id, position: 'p-clerk' })
    expect(await clerk.ask('volume', { id: volume.id })).toMatchObject({ title: '課長会議', retentionStart: '2027-04-01', retentionEnd: '2032-03-31', documents: [{ id, stage: 'filed', volumeTitle: '課長会議' }] })
    expect((await clerk.ask('register', { fiscalYear: 2026 })).map(({ title, retentionPeriod }) => [title, retentionPeriod])).toEqual([['課長会議', '5年']])
    const [root] = await clerk.ask('cabinet', null)
    expect(root?.children[0]?.children[0]?.volumes.map(({ title }) => title)).toEqual(['課長会議'])
    expect(await clerk.refused('setCover', { id, field: 'title', value: '書き換え' })).toBe('NotAllowed already-decided-redraft')
    expect((await clerk.ask('trust', null)).quarantined).toEqual([])
    expect(clerk.defects).toEqual([])
  })

  it('2.11 each file with a mark begins with the file before, byte for byte', async () => {
    const here = await town()
    const id = await submitted(here)
    const clerk = await here.at('clerk')
    const unsigned = (await clerk.done('readPages', { id })).pdf
    await (await here.at('manager')).done('act', { id, act: 'approve', step: null, position: 'p-manager', comment: '' })
    const mayor = await here.at('mayor')
    const once = (await mayor.done('readPages', { id })).pdf
    await mayor.done('act', { id, act: 'approve', step: null, position: 'p-mayor', comment: '' })
    const twice = (await mayor.done('readPages', { id })).pdf
    expect(once.subarray(0, unsigned.length)).toEqual(unsigned)
    expect(twice.subarray(0, once.length)).toEqual(once)
    expect(twice.length).toBeGreaterThan(once.length)
  })

  it('2.10 returns with a reason, takes a new revision, and refuses what is not this person’s turn', async () => {
    const here = await town()
    const id = await submitted(here)
    const mayor = await here.at('mayor')
    expect(await mayor.refused('act', { id, act: 'approve', step: null, position: 'p-mayor', comment: '' })).toBe('NotAllowed step-not-open')
    const manager = await here.at('manager')
    expect(await manager.refused('act', { id, act: 'return', step: null, position: 'p-manager', comment: ' ' })).toBe('NotAllowed reason-needed')
    await manager.done('act', { id, act: 'return', step: null, position: 'p-manager', comment: '根拠を書いてください' })
    const clerk = await here.at('clerk')
    expect((await clerk.ask('desk', null)).returned.map((line) => line.id)).toEqual([id])
    await clerk.done('updateBody', { id, update: typedUpdate('根拠は条例です。') })
    await clerk.done('submit', { id, position: 'p-clerk', decisionClass: 'hei', concurrence: [] })
    expect(await clerk.ask('document', { id })).toMatchObject({ revision: 2, summary: { stage: 'in-route' } })
    await clerk.done('act', { id, act: 'withdraw', step: null, position: 'p-clerk', comment: '出し直します' })
    expect((await clerk.ask('document', { id }))?.summary.stage).toBe('withdrawn')
  })

  it('2.7 asks for exactly the events that are written, and writes nothing when the person says no', async () => {
    const here = await town()
    const id = await submitted(here)
    const manager = await here.at('manager')
    manager.host.refuseNext()
    const before = here.objects.size
    expect(await manager.refused('act', { id, act: 'approve', step: null, position: 'p-manager', comment: '' })).toBe('ConsentCancelled')
    expect(here.objects.size).toBe(before)
    await manager.done('act', { id, act: 'approve', step: null, position: 'p-manager', comment: '可' })
    const [, asked] = manager.host.asked
    const event = decodeCbor(asked?.events[0] ?? new Uint8Array()) as { type: string; body: { comment: string } }
    expect([event.type, event.body.comment, asked?.signature?.field]).toEqual(['decision.approve', '可', markFieldOf({ id: '1' })])
    expect(manager.host.commits.at(-1)?.acts.map(({ type }) => type)).toEqual(['decision.approve', 'rendition.append'])
  })

  it('2.12 finds by title and by body whatever the width, and shows the line', async () => {
    const here = await town()
    const id = await submitted(here)
    const manager = await here.at('manager')
    expect((await manager.done('search', { query: '規程' })).map((hit) => [hit.document.id, hit.where])).toEqual([[id, 'title']])
    expect(await manager.done('search', { query: 'よろしいか' })).toMatchObject([{ document: { id }, where: 'body', excerpt: '改正してよろしいか伺います。' }])
    expect(await manager.done('search', { query: '道路' })).toEqual([])
  })

  it('2.7 a person of another section sees nothing of it', async () => {
    const here = await town()
    const id = await submitted(here)
    const other = await here.at('other')
    expect(await other.ask('document', { id })).toBeNull()
    expect((await other.ask('desk', null)).recent).toEqual([])
    expect(await other.done('search', { query: '規程' })).toEqual([])
  })

  it('2.13 exports a volume as a package whose trail holds, and nothing when no document is in it', async () => {
    const here = await town()
    const id = await decided(here)
    const clerk = await here.at('clerk')
    const volume = await clerk.done('createVolume', { node: '1-1-1', title: '課長会議', publicTitle: '', retentionClass: '5', fiscalYear: 2026, location: '', collection: 'c1', position: 'p-clerk' })
    const scope = { kind: 'volume', id: volume.id } as const
    expect(await clerk.refused('exportPackage', { scope, position: 'p-clerk', reason: '' })).toBe('NothingToExport')
    await clerk.done('fileDocument', { id, volume: volume.id, position: 'p-clerk' })
    const { documents } = await clerk.done('exportPackage', { scope, position: 'p-clerk', reason: '移管' })
    expect(documents).toBe(1)
    const names = [...clerk.host.exported.keys()]
    expect(names).toContain('data/trail.cbor')
    expect(names).toContain('manifest-sha512.txt')
    const pages = await clerk.done('readPages', { id })
    expect([...clerk.host.exported.values()].some((bytes) => bytes.length === pages.pdf.length)).toBe(true)
    expect(clerk.jobs.at(-1)?.phase).toBe('export')
  })
})
