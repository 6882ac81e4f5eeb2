// Looks at the packaged application as it lies on the disk: what is in it, what is not, and what its fuses say.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { builtinModules } from 'node:module'
import { extractFile, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { describe, expect, it } from 'vitest'
import { fileType } from './builder-config.mjs'
import { iconPng } from './icon.mjs'

const app = process.env['FUMIBAKO_APP'] ?? ''
const asar = join(app, 'resources/app.asar')
/** How the fuse wire writes an enabled fuse: the character 1. */
const on = 0x31
const inside = (path: string) => extractFile(asar, path).toString('utf8')
interface Component {
  readonly name: string
  readonly version: string
  readonly purl: string
  readonly licenses?: readonly unknown[]
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
}

/** Where Node would find the library that something in this folder asks for. */
function installed(folder: string, name: string): string {
  const file = join(folder, 'node_modules', name, 'package.json')
  return existsSync(file) || folder === dirname(folder) ? file : installed(dirname(folder), name)
}

const runtime = () => JSON.parse(inside('runtime.json')) as { runtime: string; electron: string }

describe('2.5 the package', () => {
  it('is named after its runtime and says so inside', () => {
    const test = runtime().runtime === 'test'
    expect(basename(app).endsWith('-testruntime')).toBe(test)
    expect(runtime().electron).toBe(readFileSync(join(app, 'version'), 'utf8').trim())
    if (test) expect(readFileSync(join(app, 'TESTRUNTIME.txt'), 'utf8')).toContain('Not a release')
  })

  it('holds the bundles, the pages and the fonts with their licences, and nothing else', () => {
    const names = listPackage(asar, { isPack: false }).map((name) => name.slice(1))
    expect(names).toEqual(expect.arrayContaining(['main.cjs', 'preload.cjs', 'consent-preload.cjs', 'package.json', 'renderer/index.html', 'renderer/consent/index.html', 'renderer/fonts/BIZUDMincho_400Regular.ttf', 'renderer/fonts/biz-udmincho-OFL.txt']))
    expect(names.filter((name) => /node_modules|\.map$|\.tsx?$|\.test\./.test(name))).toEqual([])
  })

  it('4.4 carries what speaks to hardware beside the archive, where the system can load it, for this platform alone', () => {
    const names = readdirSync(join(app, 'resources/app.asar.unpacked'), { recursive: true }).map(String).sort()
    expect(names).toEqual(['native', 'native/koffi-LICENSE.txt', 'native/koffi.node'])
    const module = { exports: {} as { readonly version?: string } }
    process.dlopen(module, join(app, 'resources/app.asar.unpacked/native/koffi.node'))
    expect(module.exports.version).toMatch(/^3\./)
  })

  it('4.16 carries the list of what it is made of: every library that a shipped one asks for, with version, licence and hash, and the runtime', () => {
    const { bomFormat, components } = JSON.parse(readFileSync(join(app, 'resources/components.cdx.json'), 'utf8')) as { readonly bomFormat: string; readonly components: readonly Component[] }
    expect(bomFormat).toBe('CycloneDX')
    expect(components.at(-1)).toMatchObject({ name: 'electron', version: runtime().electron })
    const named = new Map(components.map((component) => [component.purl.slice('pkg:npm/'.length).replace('%40', '@'), component]))
    // What is asked for, from the package's own dependencies downwards, as it lies on the disk.
    const waiting = [join(process.cwd(), 'package.json')]
    const seen = new Set<string>()
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      const { dependencies = {} } = JSON.parse(readFileSync(file, 'utf8')) as { readonly dependencies?: Readonly<Record<string, string>> }
      for (const name of Object.keys(dependencies)) {
        const found = installed(dirname(file), name)
        if (seen.has(found)) continue
        seen.add(found)
        waiting.push(found)
        const own = JSON.parse(readFileSync(found, 'utf8')) as { readonly name: string; readonly version: string }
        const { licenses, hashes } = named.get(`${own.name}@${own.version}`) ?? {}
        expect([own.name, licenses?.length, hashes?.[0]?.alg, hashes?.[0]?.content.length]).toEqual([own.name, 1, 'SHA-512', 128])
      }
    }
    expect(seen.size).toBeGreaterThan(50)
  })

  it('has preloads in one file that ask for electron only', () => {
    for (const preload of ['preload.cjs', 'consent-preload.cjs']) {
      const asked = [...inside(preload).matchAll(/\brequire\(["'`]([^"'`]+)["'`]\)/g)].map(([, name]) => name)
      expect(new Set(asked)).toEqual(new Set(['electron']))
    }
  })

  it('has pages without electron and without Node', () => {
    const scripts = listPackage(asar, { isPack: false }).map((name) => name.slice(1)).filter((name) => name.startsWith('renderer/') && name.endsWith('.js'))
    expect(scripts.length).toBeGreaterThan(0)
    const foreign = new RegExp(`(?:from|import|require\\()\\s*["'\`](?:node:|(?:electron|${builtinModules.filter((name) => /^[a-z]+$/.test(name)).join('|')})["'\`])`)
    for (const script of scripts) expect(inside(script)).not.toMatch(foreign)
  })

  it('is fused as shipped', async () => {
    const wire = await getCurrentFuseWire(join(app, 'fumibako'))
    const enabled = Object.values(FuseV1Options).filter((option) => typeof option === 'number' && wire[option] === on)
    expect(enabled).toEqual([FuseV1Options.EnableCookieEncryption, FuseV1Options.OnlyLoadAppFromAsar])
  })

  it('tells a desktop its icon and its file type', () => {
    const share = join(app, 'resources/share')
    expect(readFileSync(join(share, 'applications/fumibako.desktop'), 'utf8')).toContain(`MimeType=${fileType.mime};`)
    expect(readFileSync(join(share, 'mime/packages/fumibako.xml'), 'utf8')).toContain(`<glob pattern="*.${fileType.extension}"/>`)
    const icon = readFileSync(join(share, 'icons/hicolor/512x512/apps/fumibako.png'))
    expect(icon.equals(iconPng(512))).toBe(true)
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([512, 512])
  })

  it('carries the command line that judges its packages without it', () => {
    expect(readFileSync(join(app, 'resources/cli/fumibako.mjs'), 'utf8').length).toBeGreaterThan(0)
  })
})
