// The package itself, copied, with a byte turned in each of its files.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, promises, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createShippedFiles } from './shipped-files.ts'

const shipped = process.env['FUMIBAKO_APP'] ?? ''
const place = mkdtempSync(join(tmpdir(), 'fumibako-shipped-'))
const folder = join(place, 'opt/fumibako')
const list = join(folder, 'resources/sums.sha256')

beforeAll(() => cpSync(shipped, folder, { recursive: true }))
afterAll(() => rmSync(place, { recursive: true, force: true }))

function turnByte(path: string): void {
  const bytes = readFileSync(path)
  const at = Math.floor(bytes.length / 2)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(path, bytes)
}

describe('4.5 T18 the files of the app', () => {
  const { unchanged } = createShippedFiles(promises, folder, place)

  it('4.5 T18 PC-20 a byte turned in any file of the package is found, and only while it is turned; sha256sum says the same of the list', async () => {
    expect(await unchanged()).toBe('yes')
    expect(execFileSync('sha256sum', ['--check', '--quiet', list], { cwd: folder, encoding: 'utf8' })).toBe('')
    const paths = readFileSync(list, 'utf8').trimEnd().split('\n').map((line) => line.slice(66))
    expect(paths).toEqual(expect.arrayContaining(['fumibako', 'resources/app.asar', 'resources/cli/fumibako.mjs', 'v8_context_snapshot.bin']))
    for (const path of paths) {
      turnByte(join(folder, path))
      expect([path, await unchanged()]).toEqual([path, 'no'])
      turnByte(join(folder, path))
    }
    expect(await unchanged()).toBe('yes')
  })

  it('4.5 T18 a file that is gone is a change; a package without a list says that nobody knows', async () => {
    const [snapshot, aside] = [join(folder, 'snapshot_blob.bin'), join(place, 'aside')]
    renameSync(snapshot, aside)
    expect(await unchanged()).toBe('no')
    renameSync(aside, snapshot)
    renameSync(list, aside)
    expect(await unchanged()).toBe('unlisted')
    writeFileSync(list, '')
    expect(await unchanged()).toBe('no')
    renameSync(aside, list)
    expect(await unchanged()).toBe('yes')
  })

  it('4.5 T18 who changes a file and the list with it is found where the system noted the list when it installed the package', async () => {
    const noted = join(place, 'var/lib/dpkg/info/fumibako.md5sums')
    mkdirSync(dirname(noted), { recursive: true })
    const note = `${createHash('md5').update(readFileSync(list)).digest('hex')}  opt/fumibako/resources/sums.sha256\n`
    const before = readFileSync(list, 'utf8')
    turnByte(join(folder, 'version'))
    const sum = createHash('sha256').update(readFileSync(join(folder, 'version'))).digest('hex')
    writeFileSync(list, before.replace(/^.{64}(?= {2}version$)/m, sum))
    expect(await unchanged()).toBe('yes')
    writeFileSync(noted, note)
    expect(await unchanged()).toBe('no')
    turnByte(join(folder, 'version'))
    writeFileSync(list, before)
    expect(await unchanged()).toBe('yes')
    rmSync(list)
    expect(await unchanged()).toBe('no')
    writeFileSync(list, before)
  })
})
