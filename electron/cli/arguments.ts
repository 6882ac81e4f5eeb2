// Reads the command line. It decides what was asked, never whether it exists or is right.

export interface VerifyRequest {
  readonly kind: 'verify'
  readonly path: string
  readonly trust: string | null
  readonly json: boolean
  readonly language: Language
}

export type Language = 'ja' | 'en'

export type Request =
  | VerifyRequest
  | { readonly kind: 'help'; readonly language: Language }
  | { readonly kind: 'wrong-use'; readonly code: string; readonly facts: Readonly<Record<string, string>>; readonly json: boolean; readonly language: Language }

/** `argv` without node and script; the language is that of the system unless `--lang` says otherwise. */
export function parseArguments(argv: readonly string[], environment: Readonly<Record<string, string | undefined>>): Request {
  const positional: string[] = []
  let trust: string | null = null
  let json = false
  let help = argv.length === 0
  let language = languageOf(environment)
  const wrong = (code: string, facts: Readonly<Record<string, string>> = {}): Request => ({ kind: 'wrong-use', code, facts, json: json || argv.includes('--json'), language })
  let options = true
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string
    if (!options || !word.startsWith('-') || word === '-') positional.push(word)
    else if (word === '--') options = false
    else if (word === '--json') json = true
    else if (word === '--help' || word === '-h') help = true
    else {
      const [name, inline] = splitOption(word)
      if (name !== '--trust' && name !== '--lang') return wrong('option-unknown', { option: word })
      const value = inline ?? argv[++i]
      if (value === undefined || value === '') return wrong('option-without-value', { option: name })
      if (name === '--trust') trust = value
      else if (value === 'ja' || value === 'en') language = value
      else return wrong('language-unknown', { language: value })
    }
  }
  const [verb, path, ...rest] = positional
  if (help || verb === 'help') return { kind: 'help', language }
  if (verb !== 'verify') return wrong('verb-unknown', { verb: verb ?? '' })
  if (path === undefined || path === '') return wrong('path-not-given')
  if (rest.length > 0) return wrong('too-many-paths', { path: rest[0] as string })
  return { kind: 'verify', path, trust, json, language }
}

function splitOption(word: string): readonly [string, string | undefined] {
  const at = word.indexOf('=')
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)]
}

/** Japanese where the system speaks Japanese or says nothing; English where it says another language. */
function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const said = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || ''
  return said === '' || /^(ja|C|POSIX)(?![a-z])/i.test(said) ? 'ja' : 'en'
}
