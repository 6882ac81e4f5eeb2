import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PackageFile } from '@shared/archive/ports.ts'
import { createExportSink, writePackage, type SinkDisk } from './export-sink.ts'
import { nodeSinkDisk } from './node-sink-disk.ts'

const sink = (disk: SinkDisk) => createExportSink(disk, { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) })
const mounts = process.getuid?.() === 0
const volumeBytes = 256 * 1024

async function* documents(count: number, after?: (n: number) => void): AsyncGenerator<PackageFile, void, undefined> {
  for (let n = 1; n <= count; n++) {
    yield { path: `data/documents/${n}/signed.pdf`, chunks: [new Uint8Array(16 * 1024).fill(n)] }
    after?.(n)
  }
}

// As root a real small volume stands in for the stick; otherwise the folder's rights and a disk that counts its bytes do.
describe('an export to a medium that fails', () => {
  let parent = ''
  let stick = ''
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'fumibako-stick-'))
    stick = join(parent, 'stick')
    mkdirSync(stick)
    if (mounts) execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${volumeBytes}`, 'tmpfs', stick])
  })
  afterEach(() => {
    if (mounts) unmountIfMounted(stick)
    chmodSync(stick, 0o755)
    rmSync(parent, { recursive: true, force: true })
  })

  it('2.13 full disk: says so, and the medium is as empty as before', async () => {
    const result = await writePackage(sink(mounts ? nodeSinkDisk : countedDisk(volumeBytes)), join(stick, 'package'), documents(64))
    expect(result.ok || result.error.type).toBe('TargetFull')
    expect(readdirSync(stick)).toEqual([])
    expect((await writePackage(sink(nodeSinkDisk), join(stick, 'package'), documents(4))).ok).toBe(true)
  })

  it('2.13 read-only target: says so, nothing written', async () => {
    if (mounts) execFileSync('mount', ['-o', 'remount,ro', stick])
    else chmodSync(stick, 0o555)
    const result = await writePackage(sink(nodeSinkDisk), join(stick, 'package'), documents(2))
    expect(result.ok || result.error.type).toBe('TargetReadOnly')
    expect(readdirSync(stick)).toEqual([])
  })

  it('2.13 vanished stick: says so, and nothing lands in the folder where it was mounted', async () => {
    const pullOut = (n: number): void => {
      if (n !== 3) return
      if (mounts) execFileSync('umount', ['-l', stick])
      else for (const name of readdirSync(stick)) rmSync(join(stick, name), { recursive: true })
    }
    const result = await writePackage(sink(nodeSinkDisk), join(stick, 'package'), documents(6, pullOut))
    expect(result.ok || result.error.type).toBe('TargetVanished')
    expect(readdirSync(stick)).toEqual([])
  })
})

function unmountIfMounted(folder: string): void {
  if (execFileSync('mount', { encoding: 'utf8' }).includes(` ${folder} `)) execFileSync('umount', ['-l', folder])
}

function countedDisk(limit: number): SinkDisk {
  let left = limit
  return {
    ...nodeSinkDisk,
    async createFile(path) {
      const file = await nodeSinkDisk.createFile(path)
      return {
        ...file,
        async write(bytes) {
          left -= bytes.length
          if (left < 0) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
          await file.write(bytes)
        },
      }
    },
  }
}
