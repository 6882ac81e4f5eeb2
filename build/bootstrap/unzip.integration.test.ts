import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openScratch } from './testing/scratch.ts'
import { zipBytes } from './testing/zip.ts'
import { unzip } from './unzip.mjs'

it('unpacks what it is asked for, with modes, and leaves out the rest', async () => {
  const scratch = openScratch()
  const long = '文箱'.repeat(10_000)
  const file = scratch.write('a.zip', zipBytes([{ name: 'App/run', content: long, mode: 0o100755 }, { name: 'App/empty', content: '', stored: true }, { name: 'App/drop', content: 'x' }]))
  const out = join(scratch.folder, 'out')
  await unzip(file, out, (name) => (name.endsWith('drop') ? undefined : name.replace('App/', '')))
  expect(readFileSync(join(out, 'run'), 'utf8')).toBe(long)
  expect(statSync(join(out, 'run')).mode & 0o777).toBe(0o755)
  expect(statSync(join(out, 'empty')).size).toBe(0)
  expect(() => statSync(join(out, 'drop'))).toThrow('ENOENT')
})

it('refuses names that leave the folder, and archives that were cut short', async () => {
  const scratch = openScratch()
  const outside = scratch.write('a.zip', zipBytes([{ name: '../evil', content: 'x' }]))
  await expect(unzip(outside, join(scratch.folder, 'out'), (name) => name)).rejects.toThrow('outside its folder')
  const cut = scratch.write('b.zip', zipBytes([{ name: 'a', content: 'x' }]).subarray(0, 40))
  await expect(unzip(cut, join(scratch.folder, 'out'), (name) => name)).rejects.toThrow('cut short')
})
