// What is shown when a screen broke: that it did, that what was saved is safe, and the way on. It shows nothing of the error.

import type { ReactNode } from 'react'
import { createText } from '../text/translate.ts'
import { Button } from '../ui/button.tsx'

export interface DefectPageProps {
  /** Locks the seat; main then loads the page anew. */
  readonly onReload: () => void
}

export function DefectPage({ onReload }: DefectPageProps): ReactNode {
  const text = createText(document.documentElement.lang === 'en' ? 'en' : 'ja')
  return (
    <main className="gate">
      <div className="gate-card stack" role="alert">
        <h1>{text('defect.title')}</h1>
        <p>{text('defect.safe')}</p>
        <p>{text('defect.todo')}</p>
        <div className="row">
          <Button kind="strong" onPress={onReload} autoFocus>
            {text('defect.reload')}
          </Button>
        </div>
      </div>
    </main>
  )
}
