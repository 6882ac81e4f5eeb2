// One document, on the screen that its stage asks for: the drafter's own draft is written on, everything else is read and decided.

import { lazy, type ReactNode, Suspense } from 'react'
import { DecidingPage } from '../features/deciding/deciding-page.tsx'
import { useLive } from '../services/use-services.tsx'
import { useText } from '../services/use-text.tsx'
import type { DocumentView } from '../services/view-models.ts'
import { Message } from '../ui/message.tsx'
import type { Asking } from './dialogs.tsx'
import type { Route } from './routes.ts'

/** The editor is a third of the page's code and is not needed to see the desk. */
const DraftingPage = lazy(async () => ({ default: (await import('../features/drafting/drafting-page.tsx')).DraftingPage }))

export interface DocumentRouteProps {
  readonly id: string
  readonly go: (route: Route) => void
  readonly ask: (asking: Asking) => void
}

export function DocumentRoute({ id, go, ask }: DocumentRouteProps): ReactNode {
  const text = useText()
  const view = useLive('document', { id })
  const awaited = useLive('awaited', { id })
  if (view === undefined) return <p role="status">{text('document.opening')}</p>
  if (view === null && awaited === true) return <Message tone="note">{text('document.awaited')}</Message>
  if (view === null) return <p role="alert">{text('document.gone')}</p>
  const open = (other: string): void => go({ page: 'document', id: other })
  if (isWrittenOn(view)) {
    return (
      <Suspense fallback={<p role="status">{text('document.opening')}</p>}>
        <DraftingPage view={view} onOpen={open} onLeave={() => go({ page: 'desk' })} />
      </Suspense>
    )
  }
  return (
    <DecidingPage
      view={view}
      onOpen={open}
      onFile={() => ask({ ask: 'file', id })}
      onExport={() => ask({ ask: 'export', scope: { kind: 'document', id } })}
      onCopy={() => ask({ ask: 'export', scope: { kind: 'outgoing', id } })}
      onPrint={() => ask({ ask: 'print', id })}
      onRedraft={() => ask({ ask: 'draft', predecessor: { id, title: view.summary.title, collection: view.summary.collection } })}
    />
  )
}

/** Whoever may submit it now or once it is complete is the one who writes it. */
function isWrittenOn(view: DocumentView): boolean {
  const { stage } = view.summary
  return (stage === 'draft' || stage === 'returned' || stage === 'withdrawn') && (view.mayWrite || view.acts.some((act) => act.act === 'submit'))
}
