// Where a demonstration leaves what it made.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The folder that was asked for; a fresh temporary one where none was. */
export function outFolder(asked: string | undefined): string {
  return asked === undefined ? mkdtempSync(join(tmpdir(), 'fumibako-demo-')) : resolve(asked)
}
