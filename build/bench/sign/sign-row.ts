// Row: print and three signatures for a document, against bare printToPDF and three `openssl cms -sign` of the same pages.

import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAccount } from '../../../e2e/hosts/account.ts'
import { bundle } from '../bundle.ts'
import { openDriver } from '../driver.ts'
import { placeApp } from '../place-app.ts'
import type { Row } from '../row.ts'

export const signRow: Row = {
  name: 'sign',
  product: 'print.render, composeFrozen and 3 × appendSignature, a document (all in Electron, window warm)',
  peer: 'printToPDF of the same HTML and 3 × openssl cms -sign of its bytes, a document (window warm)',
  async prepare({ app, root, short }) {
    const program = await bundle(root, 'build/bench/sign/program.ts', 'sign')
    const placed = await placeApp(app, 'product', (content) => copyFileSync(program, join(content, 'main.cjs')))
    const account = openAccount(undefined, 'nobody')
    const close = (): void => {
      account.remove()
      placed.remove()
    }
    try {
      const command = [...account.become, join(placed.folder, 'fumibako'), `--user-data-dir=${account.profile}`, `--documents=${short ? 1 : 10}`]
      const race = await openDriver(command, account.env)
      return { ...race, close: () => race.close().finally(close) }
    } catch (error) {
      close()
      throw error
    }
  },
}
