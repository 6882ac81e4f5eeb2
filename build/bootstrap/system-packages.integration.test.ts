import { describe, expect, it } from 'vitest'
import { provideSystemPackages } from './system-packages.mjs'
import { openScratch } from './testing/scratch.ts'

const wanted = ['libnss3', 'libgtk-3-0|libgtk-3-0t64', 'qpdf', 'fumibako-no-such-program:some-jre', 'sh:dash']
const installed = "printf 'libgtk-3-0t64 installed\\nqpdf config-files\\n'"

describe('2.1 system packages', () => {
  it('as root the missing ones are installed, and only those', async () => {
    const scratch = openScratch()
    scratch.program('dpkg-query', installed)
    scratch.program('apt-get', 'exit 0')
    await provideSystemPackages('test', wanted, true)
    expect(scratch.calls('apt-get')).toHaveLength(1)
    expect(scratch.calls('apt-get')[0]).toMatch(/install -y --no-install-recommends libnss3 qpdf some-jre$/)
  })

  it('with stale package lists they are refreshed once', async () => {
    const scratch = openScratch()
    scratch.program('dpkg-query', installed)
    scratch.program('apt-get', `case "$*" in *update*) touch "${scratch.folder}/fresh";; *) [ -e "${scratch.folder}/fresh" ];; esac`)
    await provideSystemPackages('test', wanted, true)
    expect(scratch.calls('apt-get').map((call) => /update|install/.exec(call)?.[0])).toEqual(['install', 'update', 'install'])
  })

  it('without root the one command to run is named, and nothing is run', async () => {
    const scratch = openScratch()
    scratch.program('dpkg-query', installed)
    scratch.program('apt-get', 'exit 0')
    await expect(provideSystemPackages('test', wanted, false)).rejects.toThrow('npm run test needs 3 system package(s) that are not installed; run: sudo apt-get install -y --no-install-recommends libnss3 qpdf some-jre')
    expect(scratch.calls('apt-get')).toEqual([])
  })

  it('a failed installation is one sentence with the reason', async () => {
    const scratch = openScratch()
    scratch.program('dpkg-query', installed)
    scratch.program('apt-get', "echo noise; echo 'E: Unable to locate package qpdf'; exit 100")
    await expect(provideSystemPackages('test', wanted, true)).rejects.toThrow(/^system packages could not be installed \(E: Unable to locate package qpdf\); run: apt-get install .*$/)
  })

  it('nothing is asked when nothing is needed', async () => {
    const scratch = openScratch()
    scratch.program('dpkg-query', installed)
    await provideSystemPackages('fumibako', [], false)
    expect(scratch.calls('dpkg-query')).toEqual([])
  })
})
