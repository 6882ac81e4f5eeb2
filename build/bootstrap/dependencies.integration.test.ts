import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { installDependencies } from './dependencies.mjs'
import { openScratch } from './testing/scratch.ts'

function openProject(npm: string) {
  const scratch = openScratch()
  scratch.env('npm_execpath', undefined)
  scratch.program('npm', npm)
  scratch.write('package-lock.json', '{"lock":1}')
  return scratch
}

describe('2.1 packages of the lock file', () => {
  it('are installed without scripts when the lock file changed, and not otherwise', async () => {
    const scratch = openProject('mkdir -p node_modules')
    await installDependencies(scratch.folder)
    await installDependencies(scratch.folder)
    expect(scratch.calls('npm')).toHaveLength(1)
    expect(scratch.calls('npm')[0]).toContain('ci --ignore-scripts')
    scratch.write('package-lock.json', '{"lock":2}')
    await installDependencies(scratch.folder)
    expect(scratch.calls('npm')).toHaveLength(2)
  })

  it('that cannot be installed give one sentence, and are tried again next time', async () => {
    const scratch = openProject("mkdir -p node_modules; echo 'npm error code ENOTFOUND' >&2; echo 'npm error request to the registry failed' >&2; exit 1")
    await expect(installDependencies(scratch.folder)).rejects.toThrow(/^npm ci failed in .*: request to the registry failed \(whole output: .*npm-ci\.log\)$/)
    expect(existsSync(join(scratch.folder, '.out/logs/npm-ci.log'))).toBe(true)
    await expect(installDependencies(scratch.folder)).rejects.toThrow('npm ci failed')
    expect(scratch.calls('npm')).toHaveLength(2)
  })

  it('that belong to another checkout are left alone', async () => {
    const scratch = openProject('exit 1')
    mkdirSync(join(scratch.folder, 'elsewhere'))
    symlinkSync('elsewhere', join(scratch.folder, 'node_modules'))
    await installDependencies(scratch.folder)
    expect(scratch.calls('npm')).toEqual([])
  })
})
