import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { TownData } from '@shared/authority/model.ts'
import { decodeCbor } from '@shared/base/cbor.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { markFieldOf } from '@shared/document/print-form.ts'
import vectors from '@shared/filing/vectors/domain-vectors.json' with { type: 'json' }
import { openVault } from './open-vault.ts'
import { createMemoryHost, type MemoryHost } from './testing/memory-host.ts'
import { createOffice, unlockSeat, type Objects, type Office } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat, type TestMachine, type TestSeat } from './testing/test-seat.ts'
import { typedUpdate } from './testing/typing.ts'

const machine = (): TestMachine => createTestMachine((path) => readFile(path))

interface Town {
  readonly office: Office
  readonly objects: Objects
  readonly at: (person: string, wrap?: (host: MemoryHost) => MemoryHost) => Promise<TestSeat>
}

async function town(data: TownData = smallTown): Promise<Town> {
  const office = await createOffice(data, ['clerk', 'manager', 'mayor', 'other'])
  const objects = office.folder()
  const machines = new Map<string, TestMachine>()
  return {
    office,
    objects,
    at(person, wrap) {
      const held = machines.get(person) ?? machine()
      machines.set(person, held)
      return openTestSeat(office, person, objects, held, wrap)
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

  it('2.7 asks wherever the town’s policy asks, also for submitting and attaching when it says so', async () => {
    const [policy] = smallTown.policies
    const strict = { ...smallTown, policies: policy ? [{ ...policy, consentFor: [...policy.consentFor, 'document.submit', 'draft.attach'] }] : [] }
    const here = await town(strict)
    const clerk = await here.at('clerk')
    const { id } = await clerk.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
    await clerk.done('setCover', { id, field: 'title', value: '件名' })
    clerk.host.refuseNext()
    expect(await clerk.refused('attach', { id, name: 'a', mediaType: 'text/plain', bytes: new Uint8Array(3) })).toBe('ConsentCancelled')
    await clerk.done('attach', { id, name: 'a', mediaType: 'text/plain', bytes: new Uint8Array(3) })
    await clerk.done('submit', { id, position: 'p-clerk', decisionClass: 'hei', concurrence: [] })
    expect(clerk.host.asked.map(({ title }) => title)).toEqual(['件名', '件名', '件名'])
    expect((await clerk.ask('document', { id }))?.summary.stage).toBe('in-route')
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
    expect((await clerk.ask('document', { id }))?.history.at(-1)).toMatchObject({ type: 'document.export', facts: { reason: '移管' } })
    expect((await clerk.done('exportPackage', { scope: { kind: 'fiscal-year', year: 2026 }, position: 'p-clerk', reason: '' })).documents).toBe(1)
    expect(new TextDecoder().decode(clerk.host.exported.get('bag-info.txt'))).toContain('令和8年度')
    expect(await clerk.refused('exportPackage', { scope: { kind: 'fiscal-year', year: 2025 }, position: 'p-clerk', reason: '' })).toBe('NothingToExport')
    const names = [...clerk.host.exported.keys()]
    expect(names).toContain('data/trail.cbor')
    expect(names).toContain('manifest-sha512.txt')
    const pages = await clerk.done('readPages', { id })
    expect([...clerk.host.exported.values()].some((bytes) => bytes.length === pages.pdf.length)).toBe(true)
    expect(clerk.jobs.at(-1)?.phase).toBe('export')
  })

  it('2.13 leaves nothing half written when the person stops it or the place is full', async () => {
    const here = await town()
    const id = await decided(here)
    let puts = 0
    let atPut: () => void = () => undefined
    const clerk = await here.at('clerk', (host) => ({
      ...host,
      export: {
        ...host.export,
        async put(file) {
          puts += 1
          if (puts === 3) atPut()
          return puts === 6 ? { ok: false, error: { type: 'TargetFull', retry: 'later' } } : host.export.put(file)
        },
      },
    }))
    const scope = { kind: 'document', id } as const
    atPut = () => void clerk.service.command('cancelJob', { job: clerk.jobs.at(-1)?.id ?? '' })
    expect(await clerk.refused('exportPackage', { scope, position: 'p-clerk', reason: '' })).toBe('ExportCancelled')
    expect([...clerk.host.exported.keys()]).toEqual([])
    atPut = () => undefined
    expect(await clerk.refused('exportPackage', { scope, position: 'p-clerk', reason: '' })).toBe('TargetFull')
    expect([...clerk.host.exported.keys()]).toEqual([])
  })

  it('2.6c opening a document is an act, once for each session', async () => {
    const here = await town()
    const id = await submitted(here)
    const manager = await here.at('manager')
    await manager.ask('document', { id })
    await manager.ask('document', { id })
    await manager.done('act', { id, act: 'approve', step: null, position: 'p-manager', comment: '' })
    const acts = manager.host.commits.flatMap((commit) => commit.acts.map(({ type }) => type))
    expect(acts.filter((type) => type === 'document.open')).toEqual(['document.open'])
    expect((await manager.ask('document', { id }))?.history.map(({ type }) => type)).toContain('document.open')
  })

  it('2.9 every name of the vectors comes back code point for code point from cover, text, file name and package', async () => {
    const here = await town()
    const names = vectors.names.map(({ s }) => s).join('、')
    const clerk = await here.at('clerk')
    const { id } = await clerk.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
    await clerk.done('setCover', { id, field: 'title', value: names })
    await clerk.done('updateBody', { id, update: typedUpdate(names) })
    await clerk.done('attach', { id, name: `${names.slice(0, 40)}.txt`, mediaType: 'text/plain', bytes: new TextEncoder().encode(names) })
    await clerk.done('submit', { id, position: 'p-clerk', decisionClass: 'hei', concurrence: [] })
    const manager = await here.at('manager')
    const view = await manager.ask('document', { id })
    expect([view?.summary.title, view?.attachments[0]?.name]).toEqual([names, `${names.slice(0, 40)}.txt`])
    expect(await manager.done('search', { query: vectors.names[0]?.s ?? '' })).toHaveLength(1)
    await clerk.service.takeIn()
    await clerk.done('exportPackage', { scope: { kind: 'document', id }, position: 'p-clerk', reason: '' })
    const reading = new TextDecoder().decode(clerk.host.exported.get('data/documents/1/document.json'))
    expect(JSON.parse(reading)).toMatchObject({ title: names })
  })

  it('2.11 where branches met, the mark that was overtaken is appended again (押印待ち)', async () => {
    const here = await town()
    const id = await submitted(here)
    const clerk = await here.at('clerk')
    await clerk.done('act', { id, act: 'withdraw', step: null, position: 'p-clerk', comment: '並行の合議にする' })
    await inParallel(here, id)
    const [a, b] = [new Map(here.objects), new Map(here.objects)]
    const manager = await openTestSeat(here.office, 'manager', a, machine())
    const mayor = await openTestSeat(here.office, 'mayor', b, machine())
    await manager.done('act', { id, act: 'approve', step: null, position: 'p-manager', comment: '' })
    await mayor.done('act', { id, act: 'approve', step: null, position: 'p-mayor', comment: '' })
    for (const [from, to] of [[a, b], [b, a]] as const) for (const [name, bytes] of from) if (!to.has(name)) to.set(name, bytes)
    await Promise.all([manager.service.takeIn(), mayor.service.takeIn()])
    const steps = (await manager.ask('document', { id }))?.steps ?? []
    expect(steps.map(({ status }) => status)).toEqual(['approved', 'approved'])
    const pending = steps.find(({ markPending }) => markPending)
    expect(steps.filter(({ markPending }) => markPending)).toHaveLength(1)
    const [seat, position] = pending === steps[0] ? [manager, 'p-manager'] as const : [mayor, 'p-mayor'] as const
    const before = (await seat.done('readPages', { id })).pdf
    expect((await seat.ask('desk', null)).myTurn.map((line) => line.id)).toEqual([id])
    expect((await seat.ask('document', { id }))?.acts.find(({ act }) => act === 'remark')).toMatchObject({ allowed: true, step: pending?.id })
    const decidedOn = jstDate(pending?.actedAt ?? '')
    here.office.clock.advance(48 * 60 * 60 * 1000)
    const later = await openTestSeat(here.office, seat === manager ? 'manager' : 'mayor', seat === manager ? a : b, machine())
    await later.done('remark', { id, step: pending?.id ?? '', position })
    // The mark bears the day of the decision, whenever it is put on (DC-13).
    expect(later.host.asked.at(-1)?.signature?.dated).toBe(decidedOn)
    expect(jstDate(here.office.clock.now())).not.toBe(decidedOn)
    const after = (await later.done('readPages', { id })).pdf
    expect(after.subarray(0, before.length)).toEqual(before)
    expect((await later.ask('document', { id }))?.steps.some(({ markPending }) => markPending)).toBe(false)
  })
})

/** Submits the same pages again with both steps open at once, as a town with parallel concurrence would. */
async function inParallel({ office, objects }: Town, id: string): Promise<void> {
  const host = createMemoryHost(office, objects, await unlockSeat(office, objects, 'clerk'))
  const opened = await openVault({ host, crypto: office.crypto, clock: office.clock, wait: async () => undefined, ...machine() }, () => undefined)
  if (!opened.ok) throw new Error(opened.error.type)
  await opened.value.ready
  const { core } = opened.value
  const frozen = (await core.stateOf(id))?.revisions.at(-1)?.frozen
  const route = frozen?.route.map((step) => ({ ...step, order: 1 }))
  const submitted = await core.commit('c1', [{ type: 'document.submit', doc: id, position: 'p-clerk', body: { revision: { ...frozen, n: 2, route } } }])
  if (!submitted.ok) throw new Error(submitted.error.type)
}
