// Turns a catalogue key and facts into one sentence of the chosen language. It never shows a key or a raw message:
// a code nobody wrote a sentence for becomes the area's sentence for unknown codes, with the code named in it.

import { IntlMessageFormat } from 'intl-messageformat'
import { en } from './en.ts'
import { ja } from './ja.ts'

export type Language = 'ja' | 'en'
export type TextKey = keyof typeof ja
export type Facts = Readonly<Record<string, string | number>>

/** Areas whose keys end in a code that arrives as data: `failure.<type>`, `notice.<code>` … Each has `<area>.unknown`. */
export type CodeArea = 'failure' | 'finding' | 'reason' | 'notice' | 'event' | 'stage' | 'step' | 'stepKind' | 'phase' | 'employment' | 'disposition' | 'medium' | 'posture' | 'endpoint.check'

export interface Text {
  (key: TextKey, facts?: Facts): string
  readonly language: Language
  /** Several words as one: 町長・副町長. */
  readonly list: (words: readonly string[]) => string
  /** The sentence for a code; `<area>.unknown` with the fact `code` when there is none. */
  readonly code: (area: CodeArea, code: string, facts?: Facts) => string
}

const catalogues: Readonly<Record<Language, Readonly<Record<string, string>>>> = { ja, en }

export function createText(language: Language): Text {
  const catalogue = catalogues[language]
  const compiled = new Map<string, IntlMessageFormat>()

  const say = (key: string, facts: Facts = {}): string => {
    let message = compiled.get(key)
    if (message === undefined) {
      const source = catalogue[key]
      if (source === undefined) throw new Error(`defect: no text for ${key}`)
      message = new IntlMessageFormat(source, language, undefined, { ignoreTag: true })
      compiled.set(key, message)
    }
    return String(message.format(withEmpty(message, facts)))
  }
  const code = (area: CodeArea, name: string, facts: Facts = {}): string => {
    const key = `${area}.${name}`
    // A check is named in words wherever a sentence speaks of one.
    const named = typeof facts['check'] === 'string' ? { ...facts, check: code('endpoint.check', facts['check']) } : facts
    return key in catalogue ? say(key, named) : say(`${area}.unknown`, { ...named, code: name })
  }
  return Object.assign((key: TextKey, facts?: Facts) => say(key, facts), { language, code, list: (words: readonly string[]) => words.join(language === 'ja' ? '・' : ', ') })
}

/** A fact that did not come along is left empty: a sentence with a gap is better than none. */
function withEmpty(message: IntlMessageFormat, facts: Facts): Record<string, string | number> {
  const complete: Record<string, string | number> = { ...facts }
  for (const part of message.getAst()) {
    if ('value' in part && part.type !== 0 && complete[part.value] === undefined) complete[part.value] = part.type === 1 ? '' : 0
  }
  return complete
}

interface ShownFailure {
  readonly type: string
  readonly facts?: Facts
  readonly reasons?: readonly { readonly code: string; readonly facts?: Facts }[]
}

/** What happened, what is safe, what to do: the sentence of a failure with its facts, then its reasons (a list, or the fact `reason`). */
export function failureText(text: Text, failure: ShownFailure): string {
  const own: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(failure)) if (typeof value === 'string' || typeof value === 'number') own[name] = value
  const sentence = text.code('failure', failure.type, { ...own, ...failure.facts })
  const named = typeof failure.facts?.['reason'] === 'string' && failure.facts['reason'] !== '' ? [{ code: failure.facts['reason'], facts: failure.facts }] : []
  const reasons = (failure.reasons ?? named).map((reason) => text.code('reason', reason.code, reason.facts))
  return [sentence, ...reasons].join(text.language === 'ja' ? '' : ' ')
}
