import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PackageFile } from '@shared/archive/ports.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import type { Random } from '@shared/base/ports.ts'
import { createExportSink, writePackage, type ExportProgress, type SinkDisk } from './export-sink.ts'
import { nodeSinkDisk } from './node-sink-disk.ts'

const random: Random = { bytes: (length) => new Uint8Array(length).fill(7) }
const paths = ['data/documents/1/signed.pdf', 'data/documents/2/signed.pdf', 'data/index.html', 'bagit.txt']

async function* files(count = paths.length): AsyncGenerator<PackageFile, void, undefined> {
  for (const path of paths.slice(0, count)) yield { path, chunks: [utf8ToBytes(`${path} `), utf8ToBytes('end')] }
}

/** The real disk, except that its nth operation fails as the system would make it fail. */
function failingDisk(nth: number, code: string): { disk: SinkDisk; count(): number } {
  let calls = 0
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    if (++calls === nth) throw Object.assign(new Error(code), { code })
    return work()
  }
  const disk: SinkDisk = {
    exists: (path) => step(() => nodeSinkDisk.exists(path)),
    createFolder: (path) => step(() => nodeSinkDisk.createFolder(path)),
    async createFile(path) {
      const file = await step(() => nodeSinkDisk.createFile(path))
      return { write: (bytes) => step(() => file.write(bytes)), sync: () => step(() => file.sync()), close: () => file.close() }
    },
    syncFolder: (path) => step(() => nodeSinkDisk.syncFolder(path)),
    rename: (from, to) => step(() => nodeSinkDisk.rename(from, to)),
    remove: (path) => nodeSinkDisk.remove(path),
  }
  return { disk, count: () => calls }
}

describe('createExportSink', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fumibako-sink-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('2.13 the package appears whole under its name, with progress told', async () => {
    const told: ExportProgress[] = []
    const done = await writePackage(createExportSink(nodeSinkDisk, random), join(folder, 'package'), files(), { onProgress: (p) => told.push(p) })
    expect(done).toEqual({ ok: true, value: { path: join(folder, 'package'), files: 4, octets: 94 } })
    expect(await readFile(join(folder, 'package/data/index.html'), 'utf8')).toBe('data/index.html end')
    expect(await readdir(folder)).toEqual(['package'])
    expect(told.map((p) => [p.files, p.path])).toEqual(paths.map((path, i) => [i + 1, path]))
    expect(told.at(-1)?.octets).toBe(94)
  })

  it.each([
    ['ENOSPC', 'TargetFull'],
    ['EDQUOT', 'TargetFull'],
    ['EROFS', 'TargetReadOnly'],
    ['EIO', 'TargetVanished'],
    ['ENOENT', 'TargetVanished'],
    ['EMFILE', 'TargetRefused'],
  ])('2.13 %s at any single step of the disk is %s and leaves nothing behind', async (code, type) => {
    const whole = failingDisk(0, code)
    await writePackage(createExportSink(whole.disk, random), join(folder, 'package'), files())
    await rm(join(folder, 'package'), { recursive: true })
    for (let nth = 1; nth <= whole.count(); nth++) {
      const result = await writePackage(createExportSink(failingDisk(nth, code).disk, random), join(folder, 'package'), files())
      expect([nth, result.ok, result.ok || result.error.type]).toEqual([nth, false, type])
      expect([nth, await readdir(folder)]).toEqual([nth, []])
    }
    expect(whole.count()).toBeGreaterThan(20)
  })

  it('2.13 stopping at any piece leaves nothing behind', async () => {
    for (let stopAt = 0; stopAt <= 8; stopAt++) {
      const stop = new AbortController()
      let pieces = 0
      async function* stopping(): AsyncGenerator<PackageFile, void, undefined> {
        for (const path of paths) yield { path, chunks: piecesOf() }
      }
      async function* piecesOf(): AsyncGenerator<Uint8Array, void, undefined> {
        for (const text of ['one', 'two']) {
          if (pieces++ === stopAt) stop.abort()
          yield utf8ToBytes(text)
        }
        if (stopAt === 8 && pieces === 8) stop.abort()
      }
      const result = await writePackage(createExportSink(nodeSinkDisk, random), join(folder, 'package'), stopping(), { signal: stop.signal })
      expect(result).toEqual({ ok: false, error: { type: 'ExportCancelled', retry: 'now' } })
      expect(await readdir(folder)).toEqual([])
    }
  })

  it('2.13 after a cancel or a failure every call gives the same answer', async () => {
    const begun = await createExportSink(nodeSinkDisk, random).begin(join(folder, 'package'))
    if (!begun.ok) throw new Error(begun.error.type)
    const job = begun.value
    expect(await job.put('a', [utf8ToBytes('x')])).toEqual({ ok: true, value: 1 })
    await job.cancel()
    expect(await job.put('b', [])).toEqual({ ok: false, error: { type: 'ExportCancelled', retry: 'now' } })
    expect(await job.finish()).toEqual({ ok: false, error: { type: 'ExportCancelled', retry: 'now' } })
    expect(await readdir(folder)).toEqual([])
  })

  it('2.13 a cancel after the end takes nothing back', async () => {
    const begun = await createExportSink(nodeSinkDisk, random).begin(join(folder, 'package'))
    if (!begun.ok) throw new Error(begun.error.type)
    expect((await begun.value.finish()).ok).toBe(true)
    await begun.value.cancel()
    expect(await readdir(folder)).toEqual(['package'])
  })

  it('2.13 never writes over something that is there', async () => {
    const sink = createExportSink(nodeSinkDisk, random)
    await writePackage(sink, join(folder, 'package'), files(1))
    const again = await writePackage(sink, join(folder, 'package'), files())
    expect(again).toEqual({ ok: false, error: { type: 'TargetExists', retry: 'never' } })
    expect(await readdir(folder, { recursive: true })).toHaveLength(5)
  })

  it('2.13 does not make the folder the package was to go into', async () => {
    const result = await writePackage(createExportSink(nodeSinkDisk, random), join(folder, 'stick/package'), files())
    expect(result.ok || result.error.type).toBe('TargetVanished')
    expect(await readdir(folder)).toEqual([])
  })

  it('an error of the source is not taken for one of the disk', async () => {
    async function* broken(): AsyncGenerator<PackageFile, void, undefined> {
      yield* files(1)
      throw Object.assign(new Error('pack is gone'), { code: 'ENOENT' })
    }
    await expect(writePackage(createExportSink(nodeSinkDisk, random), join(folder, 'package'), broken())).rejects.toThrow('pack is gone')
    expect(await readdir(folder)).toEqual([])
  })

  it.each(['../x', '/x', 'a/../../x', 'c:x', 'con'])('refuses the path %s as a defect', async (path) => {
    async function* evil(): AsyncGenerator<PackageFile, void, undefined> {
      yield { path, chunks: [] }
    }
    await expect(writePackage(createExportSink(nodeSinkDisk, random), join(folder, 'package'), evil())).rejects.toThrow('defect')
    expect(await readdir(folder)).toEqual([])
  })
})
