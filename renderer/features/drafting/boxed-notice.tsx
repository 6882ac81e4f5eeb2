// A warning in words: these characters are in no font of the pages and will stand there as a boxed code. Shown before submitting.

import { type ReactNode, useEffect, useState } from 'react'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { Message } from '../../ui/message.tsx'

export function BoxedNotice({ id, settle, asOf }: { readonly id: string; readonly settle: () => Promise<void>; readonly asOf: string }): ReactNode {
  const text = useText()
  const { run } = useCommand('boxedCharacters')
  const [found, setFound] = useState<readonly string[]>([])
  useEffect(() => {
    let live = true
    void settle()
      .then(() => run({ id }))
      .then((done) => live && done.ok && setFound(done.value))
    return () => {
      live = false
    }
  }, [run, settle, id, asOf])

  if (found.length === 0) return null
  return (
    <Message tone="warn" title={text('boxed.title')}>
      <p>{text('boxed.lead')}</p>
      <ul className="boxed-list">
        {found.map((cluster) => (
          <li key={cluster}>
            {cluster} <span className="mono">{codes(cluster)}</span>
          </li>
        ))}
      </ul>
    </Message>
  )
}

/** As standards write code points: U+31350, U+9089 U+E0102. */
function codes(cluster: string): string {
  return [...cluster].map((char) => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`).join(' ')
}
