import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

interface Locked {
  readonly version?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

function packagesOf(path: string): Readonly<Record<string, Locked>> {
  return (JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as { packages: Record<string, Locked> }).packages
}

/** As Node looks for it: beside the one who asks, then outwards. */
function isLocked(packages: Readonly<Record<string, Locked>>, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true
    if (folder === '') return false
  }
}

it.each(['../../package-lock.json', '../electron-runtime/package-lock.json'])('2.1 %s names everything for every platform, by integrity and by no address', (path) => {
  const packages = packagesOf(path)
  const asked = Object.entries(packages).flatMap(([from, { dependencies, optionalDependencies }]) => Object.keys({ ...dependencies, ...optionalDependencies }).map((name) => ({ from, name })))
  expect(asked.filter(({ from, name }) => !isLocked(packages, from, name))).toEqual([])
  const fetched = Object.entries(packages).filter(([name]) => name !== '')
  expect(fetched.filter(([, one]) => !one.integrity?.startsWith('sha512-') || one.resolved !== undefined)).toEqual([])
})
