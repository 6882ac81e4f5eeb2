import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { provideOfficialRuntime } from './official-runtime.mjs'
import { openScratch, type Scratch } from './testing/scratch.ts'
import { zipBytes } from './testing/zip.ts'

const archive = `electron-v9.9.9-${process.platform}-${process.arch}.zip`
const zip = zipBytes([{ name: 'electron', content: 'the program', mode: 0o100755 }, { name: 'version', content: '9.9.9' }])

/** A place that publishes Electron; `answer` undefined publishes nothing. */
async function openPlace(answer: Buffer | undefined): Promise<{ scratch: Scratch; asked: string[] }> {
  const scratch = openScratch()
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(answer ? 200 : 404).end(answer)
  })
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => void server.close())
  scratch.env('ELECTRON_MIRROR', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  scratch.env('XDG_CACHE_HOME', join(scratch.folder, 'cache'))
  scratch.write('node_modules/electron/package.json', '{"version":"9.9.9"}')
  scratch.write('node_modules/electron/checksums.json', JSON.stringify({ [archive]: createHash('sha256').update(zip).digest('hex') }))
  return { scratch, asked }
}

describe('2.1 the official Electron', () => {
  it('is fetched once, checked, and kept for every clone of this account', async () => {
    const { scratch, asked } = await openPlace(zip)
    const first = await provideOfficialRuntime(scratch.folder)
    expect(await provideOfficialRuntime(scratch.folder)).toEqual(first)
    expect(asked).toEqual([`/v9.9.9/${archive}`])
    if ('unavailable' in first) throw new Error(first.unavailable)
    expect(readFileSync(join(first.dist, 'electron'), 'utf8')).toBe('the program')
  })

  it('is fetched again when somebody changed a file of it', async () => {
    const { scratch, asked } = await openPlace(zip)
    const runtime = await provideOfficialRuntime(scratch.folder)
    if ('unavailable' in runtime) throw new Error(runtime.unavailable)
    writeFileSync(join(runtime.dist, 'electron'), 'the PROGRAM')
    await provideOfficialRuntime(scratch.folder)
    expect(asked).toHaveLength(2)
    expect(readFileSync(join(runtime.dist, 'electron'), 'utf8')).toBe('the program')
  })

  it('that nobody answers for is remembered, so that the next command does not wait', async () => {
    const { scratch, asked } = await openPlace(undefined)
    expect(await provideOfficialRuntime(scratch.folder)).toEqual({ unavailable: 'Electron 9.9.9 could not be fetched (HTTP 404)' })
    expect(await provideOfficialRuntime(scratch.folder)).toHaveProperty('unavailable')
    expect(asked).toHaveLength(1)
  })

  it('whose bytes are not the published ones is refused', async () => {
    const { scratch } = await openPlace(zipBytes([{ name: 'electron', content: 'another program' }]))
    expect(await provideOfficialRuntime(scratch.folder)).toEqual({ unavailable: 'Electron 9.9.9 could not be fetched (the bytes are not those its makers published)' })
  })
})
