import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PackageFile } from '@shared/archive/ports.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import type { Random } from '@shared/base/ports.ts'
import { createExportSink, type ExportProgress, type SinkDisk } from './export-sink.ts'
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
    const done = await createExportSink(nodeSinkDisk, random).write(join(folder, 'package'), files(), { onProgress: (p) => told.push(p) })
    expect(done).toEqual({ ok: true, value: { path: join(folder, 'package'), files: 4, octets: 94 } })
    expect(await readFile(join(folder, 'package/data/index.html'), 'utf8')).toBe('data/index.html end')
    expect(await readdir(folder)).toEqual(['package'])
    expect(told.at(0)).toEqual({ files: 0, octets: 0, path: 'data/documents/1/signed.pdf' })
    expect(told.at(-1)).toEqual({ files: 3, octets: 94, path: 'bagit.txt' })
    expect(told.map((p) => p.octets)).toEqual(told.map((p) => p.octets).toSorted((a, b) => a - b))
  })

  it.each([
    ['ENOSPC', 'ExportTargetFull'],
    ['EDQUOT', 'ExportTargetFull'],
    ['EROFS', 'ExportTargetReadOnly'],
    ['EIO', 'ExportTargetGone'],
    ['ENOENT', 'ExportTargetGone'],
    ['EMFILE', 'ExportTargetRefused'],
  ])('2.13 %s at any single step of the disk is %s and leaves nothing behind', async (code, type) => {
    const whole = failingDisk(0, code)
    await createExportSink(whole.disk, random).write(join(folder, 'package'), files())
    await rm(join(folder, 'package'), { recursive: true })
    for (let nth = 1; nth <= whole.count(); nth++) {
      const result = await createExportSink(failingDisk(nth, code).disk, random).write(join(folder, 'package'), files())
      expect([nth, result.ok, result.ok || result.error.type]).toEqual([nth, false, type])
      expect([nth, await readdir(folder)]).toEqual([nth, []])
    }
    expect(whole.count()).toBeGreaterThan(20)
  })

  it('2.13 stopping between any two pieces leaves nothing behind', async () => {
    for (let stopAt = 1; stopAt <= 8; stopAt++) {
      const stop = new AbortController()
      let told = 0
      const onProgress = (): void => void (++told === stopAt && stop.abort())
      const result = await createExportSink(nodeSinkDisk, random).write(join(folder, 'package'), files(), { signal: stop.signal, onProgress })
      expect(result).toEqual({ ok: false, error: { type: 'ExportCancelled', target: join(folder, 'package'), retry: 'now' } })
      expect(await readdir(folder)).toEqual([])
    }
  })

  it('2.13 never writes over something that is there', async () => {
    const sink = createExportSink(nodeSinkDisk, random)
    await sink.write(join(folder, 'package'), files(1))
    const again = await sink.write(join(folder, 'package'), files())
    expect(again).toEqual({ ok: false, error: { type: 'ExportTargetExists', target: join(folder, 'package'), retry: 'never' } })
    expect(await readdir(folder, { recursive: true })).toHaveLength(5)
  })

  it('2.13 does not make the folder the package was to go into', async () => {
    const result = await createExportSink(nodeSinkDisk, random).write(join(folder, 'stick/package'), files())
    expect(result.ok || result.error.type).toBe('ExportTargetGone')
    expect(await readdir(folder)).toEqual([])
  })

  it('an error of the source is not taken for one of the disk', async () => {
    async function* broken(): AsyncGenerator<PackageFile, void, undefined> {
      yield* files(1)
      throw Object.assign(new Error('pack is gone'), { code: 'ENOENT' })
    }
    await expect(createExportSink(nodeSinkDisk, random).write(join(folder, 'package'), broken())).rejects.toThrow('pack is gone')
    expect(await readdir(folder)).toEqual([])
  })

  it.each(['../x', '/x', 'a/../../x', 'c:x', 'con'])('refuses the path %s as a defect', async (path) => {
    async function* evil(): AsyncGenerator<PackageFile, void, undefined> {
      yield { path, chunks: [] }
    }
    await expect(createExportSink(nodeSinkDisk, random).write(join(folder, 'package'), evil())).rejects.toThrow('defect')
    expect(await readdir(folder)).toEqual([])
  })
})
