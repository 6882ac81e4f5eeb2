// Row: the evidence of a review of 50 people and 30 collections, against bare printToPDF and `openssl cms -sign` of the same pages.

import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAccount } from '../../../e2e/hosts/account.ts'
import { bundle } from '../bundle.ts'
import { openDriver } from '../driver.ts'
import { placeApp } from '../place-app.ts'
import type { Row } from '../row.ts'

export const reviewRow: Row = {
  name: 'review',
  product: 'from the events of collection zero to the signed report and its table: 50 people, 30 collections (all in Electron, window warm)',
  peer: 'printToPDF of the same HTML and openssl cms -sign of its bytes (window warm)',
  async prepare({ app, root, short }) {
    const program = await bundle(root, 'build/bench/review/program.ts', 'review')
    const placed = await placeApp(app, 'product', (content) => copyFileSync(program, join(content, 'main.cjs')))
    const account = openAccount(undefined, 'nobody')
    const close = (): void => {
      account.remove()
      placed.remove()
    }
    try {
      const command = [...account.become, join(placed.folder, 'fumibako'), `--user-data-dir=${account.profile}`, `--people=${short ? 5 : 50}`, `--collections=${short ? 3 : 30}`]
      const race = await openDriver(command, account.env)
      return { ...race, close: () => race.close().finally(close) }
    } catch (error) {
      close()
      throw error
    }
  },
}
