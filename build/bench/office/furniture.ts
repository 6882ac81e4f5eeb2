// What the office of the bench works with instead of windows: a printed page, the shipped fonts, photographs. From the repository.

import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ok } from '@shared/base/result.ts'
import { shippedFont } from '../../../renderer/vault/testing/test-machine.ts'
import type { OfficeInput } from './office.ts'
import type { Photograph } from './work.ts'

/** Every form is "printed" as the same pages that Chromium made, its boxes in rows on the first. */
export function furniture(root: string): Pick<OfficeInput, 'print' | 'font'> {
  const pdf = new Uint8Array(readFileSync(join(root, 'shared/pdf/testing/corpus/three-pages.pdf')))
  return {
    print: async ({ html }) => ok({ pdf, boxes: boxesIn(html) }),
    font: shippedFont((path) => readFile(join(root, path))),
  }
}

export function photographs(root: string): readonly Photograph[] {
  return ['garden.jpg', 'green-meadow.jpg'].map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(root, 'e2e/samples', name))) }))
}

function boxesIn(html: string) {
  const names = [...html.matchAll(/data-field="([^"]+)"/g)].map((match) => match[1] ?? '')
  return names.map((name, i) => ({ name, page: 0, rect: { x: 40 + (i % 8) * 62, y: 720 - Math.floor(i / 8) * 80, width: 58, height: 58 } }))
}
