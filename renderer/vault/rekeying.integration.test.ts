// A new key for one document: who holds the old one opens nothing that is sealed afterwards, everybody else goes on as before.
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { TownData } from '@shared/authority/model.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import type { BlobRef } from '@shared/log/blob.ts'
import { collectionHandle, documentHandle, documentWrapName, packName } from '@shared/log/names.ts'
import { unpackFile } from '@shared/log/pack.ts'
import { openDocumentKey } from '@shared/log/wraps.ts'
import { apartOffice, submittedApart } from './testing/apart.ts'
import { smallTown } from './testing/small-town.ts'
import type { TestSeat } from './testing/test-seat.ts'

const acts = ({ host }: TestSeat) => host.commits.flatMap((commit) => commit.acts)

describe('a new key for one document', () => {
  it('4.13 JU-80 LG-68 LG-69 DC-30 everybody who may read reads and decides on, and the key of before opens nothing that is sealed afterwards', async () => {
    const town: TownData = { ...smallTown, grants: smallTown.grants.flatMap((grant) => (grant.person === 'mayor' ? [grant, { ...grant, id: 'other-reader-c1', person: 'other', role: 'reader' as const }] : [grant])) }
    const apart = await apartOffice(town, ['clerk', 'manager', 'mayor', 'other'], readFile)
    const id = await submittedApart(apart)
    const { office } = apart
    const { workspace, genesis } = office.founded
    apart.carry('clerk', 'manager')
    const manager = await apart.at('manager')
    expect((await manager.ask('document', { id }))?.keys).toEqual({ may: false, given: [] })
    expect(await manager.refused('rekeyDocument', { id, reason: 'わたしではない' })).toBe('NotAllowed role-missing')
    await manager.done('act', { id, act: 'approve', step: null, position: 'p-manager', comment: '' })
    const clerk = await apart.at('clerk')
    await apart.meet({ person: 'manager', seat: manager }, { person: 'clerk', seat: clerk })

    // What somebody keeps who is removed now: the key of the collection, and with it the document's.
    const epoch = await clerk.host.vault.open({})
    if (!epoch.ok) throw new Error('the seat is open')
    const held = await importContentKey(office.crypto, epoch.value.epochKeys.find(({ collection }) => collection === 'c1')?.key ?? new Uint8Array())
    const docHandle = documentHandle(workspace, id)
    const wrapName = documentWrapName(collectionHandle(genesis, 'c1'), docHandle)
    const oldKey = await openDocumentKey(office.crypto, () => held, { workspace, collection: 'c1', docHandle }, clerk.objects.get(wrapName) ?? new Uint8Array())
    const untouched = new Map(clerk.objects)
    const before = new Set(untouched.keys())
    const pages = await clerk.done('readPages', { id })

    await clerk.done('rekeyDocument', { id, reason: '異動した人が読めないようにするため' })
    expect((await clerk.ask('document', { id }))?.keys).toEqual({ may: true, given: [{ event: expect.any(String), name: '係員 太郎', at: expect.any(String), reason: '異動した人が読めないようにするため' }] })
    const body = clerk.host.commits.find((commit) => commit.acts.some(({ type }) => type === 'document.rekey'))
    expect(body?.acts.map(({ type, doc }) => [type, doc?.startsWith(`${docHandle}.`)])).toEqual([['document.rekey', true]])
    // No record that existed was touched, nor the wrap of the first key.
    for (const [name, bytes] of untouched) expect([name, clerk.objects.get(name)]).toEqual([name, bytes])
    const packs = [...clerk.objects.keys()].filter((name) => name.startsWith('p/') && !before.has(name))
    expect(packs.length).toBeGreaterThan(1)
    // The old key, at every place where a file could stand, opens none of the new packs.
    expect(oldKey).not.toBe(null)
    for (const name of packs) {
      const bytes = clerk.objects.get(name) as Uint8Array
      const blob: BlobRef = { sha256: '00'.repeat(32), size: 1, chunks: [{ pack: name.slice(5), at: 0, sealed: bytes.length, size: 1 }] }
      expect(packName(blob.chunks[0]?.pack ?? '')).toBe(name)
      expect(await unpackFile(office.crypto, oldKey!, workspace, docHandle, blob, async () => bytes)).toBe(null)
    }

    // The same pages for whoever reads: at this machine from what lies there now, at another one that never had the old packs.
    expect(await clerk.done('readPages', { id })).toEqual(pages)
    apart.carry('clerk', 'mayor')
    const mayor = await apart.at('mayor')
    for (const name of before) if (name.startsWith('p/')) mayor.objects.delete(name)
    expect(await mayor.done('readPages', { id })).toEqual(pages)
    // Where what was sealed anew has not come, or is not what it says, it is read where it lay before.
    apart.carry('clerk', 'other')
    const reader = await apart.at('other')
    for (const name of packs) reader.objects.delete(name)
    expect(await reader.done('readPages', { id })).toEqual(pages)
    await mayor.done('act', { id, act: 'approve', step: null, position: 'p-mayor', comment: '決裁します' })
    expect(acts(mayor).filter(({ type }) => type.startsWith('decision.')).map(({ doc }) => doc?.startsWith(`${docHandle}.`))).toEqual([true])
    await apart.meet({ person: 'mayor', seat: mayor }, { person: 'clerk', seat: clerk }, { person: 'manager', seat: manager })
    for (const seat of [clerk, mayor, manager]) {
      expect((await seat.ask('document', { id }))?.summary.stage).toBe('decided')
      expect((await seat.ask('trust', null)).quarantined).toEqual([])
      expect((await seat.done('readPages', { id })).signed).toBe(true)
      expect(seat.defects).toEqual([])
    }
    // The trail of a package names the document under both keys, and is proven before it is written.
    expect((await clerk.done('exportPackage', { scope: { kind: 'document', id }, position: 'p-clerk', reason: '写しの交付' })).documents).toBe(1)
    expect([...clerk.host.exported.keys()]).toContain('data/trail.cbor')
    await apart.meet({ person: 'clerk', seat: clerk }, { person: 'mayor', seat: mayor }, { person: 'manager', seat: manager })
    expect(new Set(await Promise.all([clerk, mayor, manager].map(async (seat) => (await seat.ask('trust', null)).stateHash))).size).toBe(1)
  })
})
