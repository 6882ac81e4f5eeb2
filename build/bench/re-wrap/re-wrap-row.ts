// Row: after a removal the keys of 100,000 documents are wrapped under the new epoch, against moving as many documents under a new key.

import { copyFileSync, cpSync } from 'node:fs'
import { join } from 'node:path'
import { openAccount } from '../../../e2e/hosts/account.ts'
import { bundle, bundlePage } from '../bundle.ts'
import { openDriver } from '../driver.ts'
import { placeApp } from '../place-app.ts'
import type { Row } from '../row.ts'

export const reWrapRow: Row = {
  name: 're-wrap',
  product: 'the keys of all documents of a collection unwrapped, wrapped under a new epoch and forced to the medium in books (in Electron: the vault’s own key ring in a worker of the page, over its port to main’s object store)',
  peer: 'restic init and restic copy: as many documents of 2 KiB from a repository to one under a new key, on the same disk',
  once: true,
  async prepare({ app, root, short }) {
    const [program, page] = [await bundle(root, 'build/bench/re-wrap/program.ts', 're-wrap'), await bundlePage(root, 'build/bench/re-wrap', 're-wrap-page')]
    const placed = await placeApp(app, 'product', (content) => {
      copyFileSync(program, join(content, 'main.cjs'))
      cpSync(page, join(content, 'bench'), { recursive: true })
    })
    const account = openAccount(undefined, 'nobody')
    const close = (): void => {
      account.remove()
      placed.remove()
    }
    try {
      const race = await openDriver([...account.become, join(placed.folder, 'fumibako'), `--user-data-dir=${account.profile}`, `--documents=${short ? 300 : 100_000}`], account.env)
      return { ...race, close: () => race.close().finally(close) }
    } catch (error) {
      close()
      throw error
    }
  },
}
