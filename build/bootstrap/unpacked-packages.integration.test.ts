import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openScratch, type Scratch } from './testing/scratch.ts'
import { provideUnpackedPackages } from './unpacked-packages.mjs'

const wanted = [['some-server', 'its-module']]

/** Stand-ins: what is downloaded is a file for each name, what is unpacked is a file named as the package. */
function standIns(scratch: Scratch, download = ''): string {
  scratch.env('XDG_CACHE_HOME', join(scratch.folder, 'cache'))
  scratch.program('apt-get', `case "$*" in *download*) ${download} touch some-server_1_all.deb its-module_1_all.deb;; *update*) touch "${scratch.folder}/fresh";; esac`)
  scratch.program('dpkg-deb', 'cp "$2" "$3/$(basename "$2" _1_all.deb)"')
  return join(scratch.folder, 'cache/fumibako/debian/some-server')
}

describe('2.1 servers that are only unpacked', () => {
  it('2.1 they are fetched and unpacked once, never installed, and nothing else stays', async () => {
    const scratch = openScratch()
    const folder = standIns(scratch)
    for (let time = 0; time < 2; time++) await provideUnpackedPackages(wanted, false)
    expect(scratch.calls('apt-get')).toEqual(['-q download some-server its-module'])
    expect([readFileSync(join(folder, 'some-server')).length, readFileSync(join(folder, 'its-module')).length, existsSync(join(folder, 'fetched'))]).toEqual([0, 0, false])
  })

  it('2.1 with stale package lists they are refreshed once, as root only; else one sentence says what to run, and half of it is not kept', async () => {
    const scratch = openScratch()
    const folder = standIns(scratch, `[ -e "${scratch.folder}/fresh" ] || exit 100;`)
    await expect(provideUnpackedPackages(wanted, false)).rejects.toThrow('some-server its-module could not be fetched; run: sudo apt-get update')
    expect(existsSync(folder)).toBe(false)
    await provideUnpackedPackages(wanted, true)
    expect(existsSync(join(folder, 'its-module'))).toBe(true)
  })
})
