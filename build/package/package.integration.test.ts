// Looks at the packaged application as it lies on the disk: what is in it, what is not, and what its fuses say.
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
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
