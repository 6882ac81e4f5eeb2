import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hashSources, notToolSource } from './stamp.mjs'

describe('what something is made of', () => {
  it('2.2 a change in testing/ makes a tool anew and not the application, a change in a test makes neither', () => {
    const root = mkdtempSync(join(tmpdir(), 'fumibako-stamp-'))
    try {
      const hashes = (): readonly string[] => [hashSources(root, ['shared']), hashSources(root, ['shared'], '', notToolSource)]
      const write = (path: string, text: string): void => writeFileSync(join(root, 'shared', path), text)
      mkdirSync(join(root, 'shared/testing'), { recursive: true })
      write('one.ts', 'one')
      write('testing/town.ts', 'a town')
      const before = hashes()
      write('testing/town.ts', 'another town')
      const [app, tool] = hashes()
      expect([app === before[0], tool === before[1]]).toEqual([true, false])
      write('one.test.ts', 'a test')
      expect(hashes()).toEqual([app, tool])
      write('one.ts', 'two')
      expect(hashes().every((hash, i) => hash !== [app, tool][i])).toBe(true)
    } finally {
      rmSync(root, { recursive: true })
    }
  })
})
