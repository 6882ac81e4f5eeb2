// Feeds each law of layers.cjs a tree that breaks it and one that keeps it.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { brokenLaws } from './cruise.mjs'

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))

type Tree = Readonly<Record<string, string>>

async function violationsIn(files: Tree): Promise<readonly { readonly law: string; readonly from: string }[]> {
  const root = mkdtempSync(join(tmpdir(), 'fumibako-law-'))
  try {
    symlinkSync(modules, join(root, 'node_modules'))
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), `${content}\nexport const x = 1\n`)
    }
    return await brokenLaws(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** The same tree with `a.ts` and `b.ts` named after the law, so that all trees fit into one: one walk is quick, thirty are not. */
function named(law: string, tree: Tree): Tree {
  const rename = (text: string): string => text.replaceAll(/\/([ab])\.ts\b/g, `/${law}-$1.ts`)
  return Object.fromEntries(Object.entries(tree).map(([name, content]) => [rename(name), rename(content)]))
}

const leaf = ''
const broken: readonly (readonly [law: string, tree: Tree])[] = [
  ['1-shared-is-pure', { 'shared/base/a.ts': "import '../../electron/main/ports.ts'", 'electron/main/ports.ts': leaf }],
  ['1-shared-packages', { 'shared/base/a.ts': "import 'fast-check'" }],
  ['1-shared-no-node', { 'shared/base/a.ts': "import 'node:fs'" }],
  ['1-strata-0', { 'shared/base/a.ts': "import '../crypto/b.ts'", 'shared/crypto/b.ts': leaf }],
  ['1-strata-3', { 'shared/document/a.ts': "import '../judge/b.ts'", 'shared/judge/b.ts': leaf }],
  ['1-strata-6', { 'shared/archive/a.ts': "import type { X } from '../flow/b.ts'", 'shared/flow/b.ts': 'export type X = 1' }],
  ['1-peers-3', { 'shared/document/a.ts': "import '../filing/b.ts'", 'shared/filing/b.ts': leaf }],
  ['2-sync-is-blind', { 'shared/sync/a.ts': "import '../document/b.ts'", 'shared/document/b.ts': leaf }],
  ['3-pdf-lib', { 'shared/signing/a.ts': "import 'pdf-lib'" }],
  ['3-dexie', { 'renderer/vault/a.ts': "import 'dexie'" }],
  ['3-react', { 'renderer/vault/a.ts': "import 'react'" }],
  ['3-electron', { 'electron/main/services/a.ts': "import 'electron'" }],
  ['4-electron-free', { 'electron/cli/a.ts': "import '../main/window/b.ts'", 'electron/main/window/b.ts': "import 'electron'" }],
  ['5-preload', { 'electron/preload/a.ts': "import '@shared/log/b.ts'", 'shared/log/b.ts': leaf }],
  ['5-renderer-not-electron', { 'renderer/services/a.ts': "import '../../electron/main/ports.ts'", 'electron/main/ports.ts': leaf }],
  ['5-electron-not-renderer', { 'electron/main/a.ts': "import '../../renderer/text/b.ts'", 'renderer/text/b.ts': leaf }],
  ['5-renderer-no-node', { 'renderer/vault/a.ts': "import 'node:path'" }],
  ['6-features-apart', { 'renderer/features/desk/a.ts': "import '../cabinet/b.ts'", 'renderer/features/cabinet/b.ts': leaf }],
  ['6-features-ask-services', { 'renderer/features/desk/a.ts': "import '@shared/flow/b.ts'", 'shared/flow/b.ts': leaf }],
  ['6-ui-alone', { 'renderer/ui/a.ts': "import '@shared/base/b.ts'", 'shared/base/b.ts': leaf }],
  ['7-compose-makes-adapters', { 'electron/main/a.ts': "import './keys/b.ts'", 'electron/main/keys/b.ts': leaf }],
  ['7-no-tests-in-product', { 'shared/log/a.ts': "import './testing/b.ts'", 'shared/log/testing/b.ts': leaf }],
  ['8-no-cycles', { 'shared/log/a.ts': "import './b.ts'", 'shared/log/b.ts': "import './a.ts'" }],
  ['8-inside-relative', { 'shared/log/a.ts': "import '@shared/base/b.ts'", 'shared/base/b.ts': leaf }],
  ['8-across-alias', { 'electron/main/a.ts': "import '../../shared/base/b.ts'", 'shared/base/b.ts': leaf }],
  ['8-resolvable', { 'shared/log/a.ts': "import './gone.ts'" }],
]

describe('2.2 the import law', () => {
  let found: Awaited<ReturnType<typeof violationsIn>> = []
  beforeAll(async () => {
    found = await violationsIn(Object.assign({}, ...broken.map(([law, tree]) => named(law, tree))) as Tree)
  })

  it.each(broken)('%s is noticed', (law, tree) => {
    const files = Object.keys(named(law, tree))
    expect(found.filter(({ from }) => files.includes(from)).map((one) => one.law)).toContain(law)
  })

  it('lets a lawful tree pass', async () => {
    const tree = {
      'shared/base/result.ts': leaf,
      'shared/authority/model.ts': "import '../base/result.ts'",
      'shared/document/route.ts': "import '../authority/model.ts'\nimport 'valibot'",
      'shared/pdf/compose.ts': "import 'pdf-lib'",
      'shared/ipc/contract.ts': "import '../document/route.ts'",
      'shared/log/log.test.ts': "import 'fast-check'\nimport './testing/b.ts'\nimport 'node:fs'",
      'shared/log/testing/b.ts': leaf,
      'electron/main/main.ts': "import './compose.ts'\nimport 'electron'",
      'electron/main/compose.ts': "import './keys/seat.ts'\nimport './services/gate.ts'",
      'electron/main/keys/seat.ts': "import 'electron'",
      'electron/main/services/gate.ts': "import '@shared/base/result.ts'\nimport 'node:fs'",
      'electron/preload/preload.ts': "import '@shared/ipc/contract.ts'\nimport 'electron'",
      'renderer/main.tsx': "import './features/desk/desk-page.tsx'\nimport 'react'",
      'renderer/features/desk/desk-page.tsx': "import '../../ui/button.tsx'\nimport '../../services/vault-api.ts'",
      'renderer/ui/button.tsx': "import 'react'\nimport './button.css'",
      'renderer/services/vault-api.ts': "import '@shared/ipc/contract.ts'",
      'renderer/vault/dexie/database.ts': "import 'dexie'",
    }
    expect(await violationsIn(tree)).toEqual([])
  })
})
