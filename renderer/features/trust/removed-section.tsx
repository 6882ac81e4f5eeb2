// People from whom reading was taken, and for each what they could read until then: asked for when somebody looks.

import { type ReactNode, useState } from 'react'
import { countsOf } from '../../services/could-read-note.tsx'
import type { RemovedReader } from '../../services/trust-models.ts'
import { useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { formatInstant } from '../../text/dates.ts'
import { CouldReadList } from './could-read-list.tsx'

export function RemovedSection({ removed }: { readonly removed: readonly RemovedReader[] }): ReactNode {
  const text = useText()
  return (
    <section className="sheet stack-s" aria-labelledby="trust-removed">
      <h2 id="trust-removed">{text('couldRead.title')}</h2>
      <p className="quiet">{text('couldRead.lead')}</p>
      {removed.length === 0 && <p>{text('couldRead.none')}</p>}
      {removed.map((one) => (
        <Removed key={one.id} removed={one} />
      ))}
    </section>
  )
}

function Removed({ removed }: { readonly removed: RemovedReader }): ReactNode {
  const text = useText()
  const [open, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text(`couldRead.removed.${removed.kind}`, { name: removed.name, at: formatInstant(text.language, removed.at) })}</summary>
      <div className="stack-s">
        <p>{text('couldRead.by', { by: removed.by, reason: removed.reason })}</p>
        {open && <Within id={removed.id} />}
      </div>
    </details>
  )
}

function Within({ id }: { readonly id: string }): ReactNode {
  const text = useText()
  const found = useLive('couldRead', { kind: 'removal', id })
  if (!found?.usesKnown) return <p role="status">{text('couldRead.looking')}</p>
  return (
    <>
      <p role="status">{text('couldRead.count', countsOf(found))}</p>
      {found.unread.length > 0 && <p>{text('couldRead.unread', { names: text.list(found.unread) })}</p>}
      <p className="quiet small">{text('couldRead.records')}</p>
      <CouldReadList found={found} />
    </>
  )
}
