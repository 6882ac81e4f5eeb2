import { readFile } from 'node:fs/promises'
import { describe, expect, it, vi } from 'vitest'
import type { TownData } from '@shared/authority/model.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import { sha256Hex } from '@shared/crypto/hash.ts'
import { signFor } from '@shared/crypto/sign.ts'
import { collectionHandle, collectionZero, sessionName, snapshotName, snapshotPlace } from '@shared/log/names.ts'
import { openSnapshot, sealSnapshot, snapshotHeaderToBytes, type Snapshot, type SnapshotHeader } from '@shared/log/snapshot.ts'
import { parseRows, rowsToBytes, type SnapshotRow } from '@shared/snapshot/rows.ts'
import { pack, unpack } from './packing.ts'
import { createOffice, unlockSeat, type Objects, type Office } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat, type TestSeat } from './testing/test-seat.ts'
import { typedUpdate } from './testing/typing.ts'

/** Where one person makes as many drafts as a summary waits for. */
const busyTown: TownData = { ...smallTown, policies: smallTown.policies.map((policy) => ({ ...policy, massDocuments: 1_000 })) }

function seat(office: Office, person: string, objects: Objects): Promise<TestSeat> {
  return openTestSeat(office, person, objects, createTestMachine((path) => readFile(path)))
}

async function submit(clerk: TestSeat, title: string): Promise<string> {
  const { id } = await clerk.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
  await clerk.done('setCover', { id, field: 'title', value: title })
  await clerk.done('updateBody', { id, update: typedUpdate(`${title}、伺います。`) })
  await clerk.done('submit', { id, position: 'p-clerk', decisionClass: 'hei', concurrence: [] })
  return id
}

/** The clerk's snapshot of everything there is, as a new machine's administrator writes it. */
async function summedUp(clerk: TestSeat): Promise<string> {
  const before = new Set(clerk.objects.keys())
  clerk.host.reach(new Map())
  await clerk.refused('approveJoin', { id: 'x', digest: 'ab'.repeat(32), person: 'manager' })
  const fresh = (): string | undefined => [...clerk.objects.keys()].find((name) => snapshotPlace(name) && !before.has(name))
  await vi.waitUntil(() => fresh() !== undefined, { timeout: 20_000 })
  return fresh() as string
}

/** What is there of collection zero and no record of a document. */
function onlyAuthority(office: Office, all: Objects): Objects {
  const zero = `j/${collectionHandle(office.founded.genesis, collectionZero)}/`
  return new Map([...all].filter(([name]) => !/^[jsp]\//.test(name) || name.startsWith(zero)))
}

function carry(from: Objects, to: Objects, isCarried: (name: string) => boolean = () => true): void {
  for (const [name, bytes] of from) if (!to.has(name) && isCarried(name)) to.set(name, bytes)
}

/** The clerk's machine with everything; the manager's new one with collection zero and, if wanted, the clerk's snapshot. */
async function newcomer(count = 3) {
  const office = await createOffice(busyTown, ['clerk', 'manager', 'mayor', 'other'])
  const all = office.folder()
  const clerk = await seat(office, 'clerk', all)
  const ids: string[] = []
  for (let n = 0; n < count; n++) ids.push(await submit(clerk, `文書管理規程の改正について その${n}`))
  const snapshot = await summedUp(clerk)
  const here = onlyAuthority(office, all)
  return { office, all, clerk, ids, snapshot, here, manager: await seat(office, 'manager', here) }
}

const shownBy = async (one: TestSeat) => JSON.stringify([(await one.ask('desk', null)).myTurn, await one.ask('cabinet', null), await one.ask('register', { fiscalYear: null })])

describe('3.7 a new machine with a snapshot', () => {
  it('3.7 shows desk and register before any record, says whose summary that is, and the same from the records afterwards', async () => {
    const { all, ids, snapshot, here, manager } = await newcomer()
    expect((await manager.ask('desk', null)).myTurn).toEqual([])
    here.set(snapshot, all.get(snapshot) as Uint8Array)
    await manager.service.snapshotCame()
    const before = await shownBy(manager)
    expect((await manager.ask('desk', null)).myTurn.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    expect(await manager.ask('summary', null)).toMatchObject({ by: ['係員 太郎'], taken: 0, total: expect.any(Number) })
    const { id } = await manager.done('createDraft', { form: 't1', collection: 'c1', position: 'p-manager' })
    expect((await manager.ask('desk', null)).drafting.map((line) => line.id)).toEqual([id])
    carry(all, here)
    await manager.service.takeIn()
    expect(await manager.ask('summary', null)).toBeNull()
    expect(await shownBy(manager)).toBe(before)
    expect(manager.notices.map(({ code }) => code)).not.toContain('vault.summary-differs')
    expect(manager.defects).toEqual([])
  })

  it('3.7 SN-12 opens no document and acts on none before its own records are here; the others need not be', async () => {
    const { office, all, ids: [first = '', ...others], snapshot, here, manager } = await newcomer(2)
    here.set(snapshot, all.get(snapshot) as Uint8Array)
    await manager.service.snapshotCame()
    for (const [name, arg] of [['readPages', { id: first }], ['act', { id: first, act: 'approve', step: null, position: 'p-manager', comment: '' }], ['exportPackage', { scope: { kind: 'fiscal-year', year: 2026 }, position: 'p-manager', reason: 'x' }]] as const) {
      expect([name, await manager.refused(name, arg as never)]).toEqual([name, 'RecordsAwaited'])
    }
    expect(await manager.ask('document', { id: first })).toBeNull()
    expect(await manager.ask('awaited', { id: first })).toBe(true)
    expect(manager.host.asked).toEqual([])
    // The lane of the clerk is taken in from its beginning: the first document is whole long before the second.
    const lane = `j/${collectionHandle(office.founded.genesis, 'c1')}/`
    const segments = [...all.keys()].filter((name) => name.startsWith(lane)).sort()
    const half = new Set(segments.slice(0, segments.length / 2))
    carry(all, here, (name) => !name.startsWith(lane) || half.has(name))
    await manager.service.takeIn()
    expect(await manager.ask('awaited', { id: first })).toBe(false)
    expect((await manager.ask('document', { id: first }))?.steps).toHaveLength(2)
    expect(await manager.ask('awaited', { id: others[0] as string })).toBe(true)
    expect((await manager.ask('summary', null))?.taken).toBe(half.size)
    await manager.done('act', { id: first, act: 'approve', step: null, position: 'p-manager', comment: '異議ありません。' })
    expect(manager.defects).toEqual([])
  })

  it('3.8 weighs less than a kilobyte for a decided document', async () => {
    const { office, all, ids, clerk } = await newcomer(20)
    const manager = await seat(office, 'manager', all)
    for (const id of ids) await manager.done('act', { id, act: 'approve', step: null, position: 'p-manager', comment: '異議ありません。' })
    await clerk.service.takeIn()
    expect((all.get(await summedUp(clerk)) as Uint8Array).length / ids.length).toBeLessThan(1_000)
  }, 60_000)

  it('3.8 SN-20 SN-21 is written by a machine that has taken in everything, and only where there is a storage', async () => {
    const { office, all, snapshot, here, manager } = await newcomer(1)
    here.set(snapshot, all.get(snapshot) as Uint8Array)
    await manager.service.snapshotCame()
    const written = (objects: Objects) => [...objects.keys()].filter((name) => snapshotPlace(name) && name !== snapshot)
    manager.host.reach(new Map())
    await manager.done('createDraft', { form: 't1', collection: 'c1', position: 'p-manager' })
    await manager.refused('approveJoin', { id: 'x', digest: 'ab'.repeat(32), person: 'manager' })
    const clerk = await seat(office, 'clerk', all)
    await submit(clerk, '保管庫のないとき')
    await clerk.refused('approveJoin', { id: 'x', digest: 'ab'.repeat(32), person: 'manager' })
    expect([...written(here), ...written(all)]).toEqual([])
    expect(await summedUp(clerk)).not.toBe(snapshot)
    for (let n = 0; n < 200; n++) await clerk.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
    await vi.waitUntil(() => written(all).length === 2, { timeout: 20_000 })
    expect(clerk.defects).toEqual([])
  }, 30_000)

  it('3.8 SN-14 a snapshot that says otherwise than the records is told once they are here, and the records are shown', async () => {
    const { office, all, ids: [id = ''], here, manager } = await newcomer(1)
    const forged = await forge(office, all, 'clerk', (rows) => rows.map((row) => ({ ...row, value: renamed(row.value) })))
    here.set(forged.name, forged.bytes)
    await manager.service.snapshotCame()
    expect((await manager.ask('desk', null)).myTurn[0]?.title).toBe('すりかえた件名')
    carry(all, here, (name) => !snapshotPlace(name))
    await manager.service.takeIn()
    expect((await manager.ask('document', { id }))?.summary.title).toBe('文書管理規程の改正について その0')
    await expect.poll(() => manager.notices.map(({ code }) => code)).toContain('vault.summary-differs')
    expect(manager.notices.find(({ code }) => code === 'vault.summary-differs')?.facts).toMatchObject({ name: '係員 太郎', count: 1 })
  })

  it('3.8 SN-4 shows nothing of a snapshot of other rows, of a later schema of rows, or one that no list can show', async () => {
    const { office, all, here, manager } = await newcomer(1)
    const bad = [
      await forge(office, all, 'clerk', (rows) => rows, { rows: 99 }),
      await forge(office, all, 'clerk', (rows) => rows.map((row) => ({ ...row, table: 'authority' }))),
      await forge(office, all, 'clerk', (rows) => rows.map((row) => ({ ...row, value: { state: null } }))),
      await forge(office, all, 'clerk', (rows) => rows.map((row) => ({ ...row, reach: { 'x.y': 1 } }))),
      await forge(office, all, 'other', (rows) => rows),
    ]
    for (const { name, bytes } of bad) {
      here.set(name, bytes)
      await manager.service.snapshotCame()
      expect(await manager.ask('summary', null)).toBeNull()
      expect((await manager.ask('desk', null)).myTurn).toEqual([])
      here.delete(name)
    }
    expect(manager.defects).toEqual([])
  })
})

function renamed(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' && inner.startsWith('文書管理規程') ? 'すりかえた件名' : inner instanceof Uint8Array ? { bytes: [...inner] } : inner)), (_key, inner: unknown) => {
    const bytes = typeof inner === 'object' && inner !== null && 'bytes' in inner && Array.isArray(inner.bytes) ? inner.bytes : null
    return bytes ? Uint8Array.from(bytes as number[]) : inner
  }) as unknown
}

/** A snapshot like the clerk's, with other rows or another header, signed by the session of this person. */
async function forge(office: Office, all: Objects, person: string, change: (rows: readonly SnapshotRow[]) => readonly SnapshotRow[], over: Partial<SnapshotHeader> = {}) {
  const { crypto, founded } = office
  const epochs = (await unlockSeat(office, all, 'clerk')).open.epochKeys
  const raw = epochs.find(({ collection }) => collection === 'c1')?.key as Uint8Array
  const key = await importContentKey(crypto, raw)
  const name = [...all.keys()].find((one) => snapshotPlace(one)) as string
  const read = (await openSnapshot(crypto, async () => key, founded.workspace, 'c1', all.get(name) as Uint8Array)) as Snapshot
  const { open, session } = await unlockSeat(office, all, person)
  const rows = await pack(rowsToBytes(change(parseRows((await unpack(read.rows, 1e8)) as Uint8Array) ?? [])))
  const body = snapshotHeaderToBytes({ ...read.header, lane: open.lane, session: open.session, at: office.clock.now(), sha256: sha256Hex(rows), ...over })
  const bytes = await sealSnapshot(crypto, { epoch: 0, key, workspace: founded.workspace, collection: 'c1' }, { body, signature: await signFor(session, 'snapshot', body), session: all.get(sessionName(open.session)) as Uint8Array, rows })
  return { name: snapshotName(snapshotPlace(name)?.of ?? '', 99, sha256Hex(bytes)), bytes }
}
