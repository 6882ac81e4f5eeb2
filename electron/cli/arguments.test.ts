import { describe, expect, it } from 'vitest'
import { parseArguments } from './arguments.ts'

describe('parseArguments', () => {
  it('reads a whole request in any order', () => {
    expect(parseArguments(['--json', 'verify', '--trust=root.pem', '--lang', 'en', 'out/package'], {})).toEqual({
      kind: 'verify',
      path: 'out/package',
      trust: 'root.pem',
      json: true,
      language: 'en',
    })
  })

  it('takes what follows -- as a path', () => {
    expect(parseArguments(['verify', '--', '--json'], {})).toMatchObject({ kind: 'verify', path: '--json', json: false })
  })

  it.each([
    [{}, 'ja'],
    [{ LANG: 'ja_JP.UTF-8' }, 'ja'],
    [{ LANG: 'C.UTF-8' }, 'ja'],
    [{ LANG: 'en_GB.UTF-8' }, 'en'],
    [{ LANG: 'ja_JP.UTF-8', LC_ALL: 'de_DE' }, 'en'],
  ])('speaks by %o: %s', (environment, language) => {
    expect(parseArguments(['verify', 'x'], environment)).toMatchObject({ language })
  })

  it.each([
    [['verify'], 'path-not-given'],
    [['verify', 'a', 'b'], 'too-many-paths'],
    [['verify', 'a', '--trust'], 'option-without-value'],
    [['verify', 'a', '--lang', 'fr'], 'language-unknown'],
    [['verify', 'a', '--force'], 'option-unknown'],
    [['sign', 'a'], 'verb-unknown'],
  ])('2.14 %o is wrong use', (argv, code) => {
    expect(parseArguments(argv, {})).toMatchObject({ kind: 'wrong-use', code })
  })

  it.each([[[]], [['--help']], [['help']], [['verify', 'a', '-h']]])('%o asks for help', (argv) => {
    expect(parseArguments(argv, {})).toMatchObject({ kind: 'help' })
  })
})
