import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { nodeFolderDisk, type FolderDisk } from './folder-disk.ts'
import { createFolderStorage, type FolderPlace } from './folder-storage.ts'
import { bytesOf, everyAct, storageContract } from './testing/storage-contract.ts'
import { syncScenes } from './testing/sync-scenes.ts'

const signal = new AbortController().signal
const top = mkdtempSync(join(tmpdir(), 'fumibako-folder-'))
afterAll(() => rmSync(top, { recursive: true, force: true }))

function newPlace(name: string): FolderPlace {
  const folder = join(top, name)
  mkdirSync(folder)
  return { folder, workspace: 'town', founding: true }
}

storageContract('a folder', async () => ({
  storage: createFolderStorage(newPlace('contract'), nodeFolderDisk),
  stranger: createFolderStorage(newPlace('stranger'), brokenDisk('EACCES')),
  unreachable: createFolderStorage({ folder: join(top, 'not-mounted'), workspace: 'town', founding: true }, nodeFolderDisk),
  names: 3000,
}))

const synced = newPlace('synced')
syncScenes('a folder', () => ({ storage: createFolderStorage(synced, nodeFolderDisk), requests: () => null }), 0)

/** The real disk, except that each of its acts fails as the system would make it fail. */
function brokenDisk(code: string): FolderDisk {
  const fail = async (): Promise<never> => {
    throw Object.assign(new Error(code), { code, errno: -1 })
  }
  return { entries: fail, kind: fail, stat: fail, read: fail, write: fail, makeFolderOf: fail, remove: fail }
}

describe('a folder that others use too', () => {
  it('3.4 does not list what other programs leave there, and never touches it', async () => {
    const place = newPlace('shared')
    const storage = createFolderStorage(place, nodeFolderDisk)
    await storage.put('b/0/aa', bytesOf(1, 100), signal)
    const folder = join(place.folder, 'z1/town/b/0')
    const litter = ['aa (1)', 'aa (conflicted copy 2026-07-01)', 'aa.sync-conflict-20260701-101112-abcdefg', 'aa.sync-conflict-20260701-101112-ABCDEFG', 'aa-DESKTOP-7', 'aa.1f2e.part', 'aa.partial', 'desktop.ini', 'Thumbs.db', '.DS_Store', '~$aa', '.aa.icloud', 'aa.tmp']
    for (const name of litter) writeFileSync(join(folder, name), 'left by somebody else')
    writeFileSync(join(folder, 'placeholder'), '')
    mkdirSync(join(folder, 'aa (2)'))
    writeFileSync(join(folder, 'aa (2)/bb'), 'inside a copied folder')
    symlinkSync('/etc/hostname', join(folder, 'link'))
    const listed = await storage.list('', signal)
    expect(listed.ok && listed.value.map((entry) => entry.name)).toEqual(['b/0/aa'])
    await storage.put('b/0/aa', bytesOf(2, 100), signal)
    await storage.remove('b/0/aa', signal)
    expect(readdirSync(folder).sort()).toEqual([...litter, 'aa (2)', 'placeholder', 'link'].sort())
    for (const name of litter) expect(readFileSync(join(folder, name), 'utf8')).toBe('left by somebody else')
  })

  it.each(['aa (1)', 'aa (PC7 の競合コピー 2026-07-01)', "aa (PC7's conflicted copy)", 'aa.sync-conflict-20260701-101112-ABCDEFG', 'aa-DESKTOP-7', 'aa-pc7'])('3.4 tells that there is a conflict copy "%s", which only a copied machine makes', async (copy) => {
    const place = newPlace(`conflict of ${copy}`)
    let told = 0
    const storage = createFolderStorage(place, nodeFolderDisk, () => void (told += 1))
    await storage.put('b/0/aa', bytesOf(1, 100), signal)
    writeFileSync(join(place.folder, 'z1/town/b/0/aa.1f2e.part'), 'half')
    await storage.list('b/0/', signal)
    expect(told).toBe(0)
    writeFileSync(join(place.folder, 'z1/town/b/0', copy), 'what the other machine wrote')
    await storage.list('b/0/', signal)
    expect(told).toBe(1)
  })

  it('3.4 does not follow a link that stands in for an object', async () => {
    const place = newPlace('links')
    const storage = createFolderStorage(place, nodeFolderDisk)
    await storage.put('b/0/aa', bytesOf(1, 100), signal)
    symlinkSync('/etc/hostname', join(place.folder, 'z1/town/b/0/link'))
    expect(await storage.get('b/0/link', signal)).toMatchObject({ ok: false, error: { type: 'StorageNonsense' } })
    expect(await storage.put('b/0/link', bytesOf(3, 10), signal)).toMatchObject({ ok: true })
    expect(await storage.get('b/0/link', signal)).toEqual({ ok: true, value: bytesOf(3, 10) })
  })

  it('3.4 tells a share that is not mounted from an empty one, and writes nothing beside it', async () => {
    const founding = newPlace('mount')
    const later = createFolderStorage({ ...founding, founding: false }, nodeFolderDisk)
    expect((await everyAct(later)).map((failure) => failure?.type)).toEqual(Array.from({ length: 4 }, () => 'StorageUnreachable'))
    expect(readdirSync(founding.folder)).toEqual([])
    await createFolderStorage(founding, nodeFolderDisk).put('f', bytesOf(4, 10), signal)
    expect((await everyAct(later)).every((failure) => failure === undefined)).toBe(true)
  })

  it('3.4 leaves no half file when a write is cancelled', async () => {
    const place = newPlace('half')
    const storage = createFolderStorage(place, nodeFolderDisk)
    await storage.put('p/aa/one', bytesOf(5, 10), signal)
    const controller = new AbortController()
    const putting = storage.put('p/aa/two', bytesOf(6, 8_000_000), controller.signal)
    controller.abort()
    expect(await putting).toMatchObject({ ok: false })
    expect(readdirSync(join(place.folder, 'z1/town/p/aa'))).toEqual(['one'])
  })

  it.each([
    ['ENOSPC', 'StorageFull'],
    ['EDQUOT', 'StorageFull'],
    ['EROFS', 'StorageRefused'],
    ['EPERM', 'StorageRefused'],
    ['EIO', 'StorageUnreachable'],
    ['ESTALE', 'StorageUnreachable'],
    ['EHOSTDOWN', 'StorageUnreachable'],
    ['EBUSY', 'StorageBusy'],
    ['ELOOP', 'StorageNonsense'],
  ])('3.4 says what %s of the system means: %s', async (code, type) => {
    const storage = createFolderStorage(newPlace(`broken-${code}`), brokenDisk(code))
    expect((await everyAct(storage)).map((failure) => failure?.type)).toEqual(Array.from({ length: 4 }, () => type))
  })

  it('3.4 lets a defect through', async () => {
    const storage = createFolderStorage(newPlace('defect'), { ...nodeFolderDisk, write: () => Promise.reject(new TypeError('ours')) })
    await expect(storage.put('f', bytesOf(1, 1), signal)).rejects.toThrow('ours')
  })
})
