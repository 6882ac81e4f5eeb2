// The questions that more than one screen may ask, opened over whatever is shown: a new draft, filing, export, printing.

import type { ReactNode } from 'react'
import { FilingDialog } from '../features/cabinet/filing-dialog.tsx'
import { NewDraftDialog } from '../features/drafting/new-draft-dialog.tsx'
import { ExportDialog, type ExportScope } from '../features/exporting/export-dialog.tsx'
import { PrintDialog } from '../features/exporting/print-dialog.tsx'
import type { Route } from './routes.ts'

export type Asking =
  | { readonly ask: 'draft'; readonly predecessor?: { readonly id: string; readonly title: string; readonly collection: string } }
  | { readonly ask: 'file'; readonly id: string }
  | { readonly ask: 'print'; readonly id: string }
  | { readonly ask: 'export'; readonly scope: ExportScope }

export interface DialogsProps {
  readonly asking: Asking
  readonly close: () => void
  readonly go: (route: Route) => void
}

export function Dialogs({ asking, close, go }: DialogsProps): ReactNode {
  switch (asking.ask) {
    case 'draft':
      return <NewDraftDialog predecessor={asking.predecessor ?? null} onClose={close} onCreated={(id) => go({ page: 'document', id })} />
    case 'file':
      return <FilingDialog id={asking.id} onClose={close} />
    case 'print':
      return <PrintDialog id={asking.id} onClose={close} />
    case 'export':
      return <ExportDialog scope={asking.scope} onClose={close} />
  }
}
