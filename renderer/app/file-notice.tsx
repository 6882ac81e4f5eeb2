// A file of ours was opened from outside, by a double click or a second start: says what to do with it, over whatever is shown.

import { type ReactNode, useEffect, useState } from 'react'
import { useSession } from '../services/use-services.tsx'
import { useText } from '../services/use-text.tsx'
import { Button } from '../ui/button.tsx'
import { Message } from '../ui/message.tsx'

export function FileNotice(): ReactNode {
  const session = useSession()
  const text = useText()
  const [path, setPath] = useState<string | null>(null)
  useEffect(() => session.onFileOpened(setPath), [session])
  if (path === null) return null
  const name = path.split(/[\\/]/).at(-1) ?? path
  return (
    <div className="file-notice">
      <Message tone="note" title={text('file.opened', { name })} actions={<Button kind="quiet" onPress={() => setPath(null)}>{text('app.close')}</Button>}>
        {text('file.verify')}
      </Message>
    </div>
  )
}
