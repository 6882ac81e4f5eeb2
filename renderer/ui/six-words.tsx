// Six words to be read aloud and compared, numbered so that people do not lose their place.

import type { ReactNode } from 'react'
import './six-words.css'

export function SixWordsList({ label, words }: { readonly label: string; readonly words: readonly string[] }): ReactNode {
  return (
    <ol className="six-words" aria-label={label}>
      {words.map((word, at) => (
        <li key={at}>{word}</li>
      ))}
    </ol>
  )
}
