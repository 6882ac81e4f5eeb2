// Row: export of a volume of 200 decided documents, against `cp -r` and `sha512sum` of the same payload.

import { bundle } from '../bundle.ts'
import { openDriver } from '../driver.ts'
import type { Row } from '../row.ts'

export const exportRow: Row = {
  name: 'export',
  product: 'exportPackage of a volume by the vault over main’s services, to a package on the disk (in Node, without windows)',
  peer: 'cp -r, sha512sum and sync of the package’s payload',
  async prepare({ root, short }) {
    const program = await bundle(root, 'build/bench/export/program.ts', 'export')
    return openDriver([process.execPath, program, root, short ? '3' : '200'], { PATH: process.env['PATH'] ?? '', TZ: 'Asia/Tokyo' })
  },
}
