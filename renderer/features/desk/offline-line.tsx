// One line on the desk: does what reaches this person open without a connection?

import type { ReactNode } from 'react'
import { useLive } from '../../services/use-services.tsx'
import { useSync } from '../../services/use-sync.ts'
import { useText } from '../../services/use-text.tsx'
import { formatSize } from '../../text/dates.ts'

export function OfflineLine(): ReactNode {
  const text = useText()
  const mine = useLive('offline', null)?.mine
  const sync = useSync()
  // Without a storage everything is written here and nothing can be elsewhere.
  if (!sync?.target || mine?.on !== true || mine.documents === 0) return null
  const { documents, missing, missingBytes } = mine
  return (
    <p className="desk-offline" role="status">
      {missing === 0 ? text('desk.offlineAll', { documents }) : text('desk.offlineSome', { documents, missing, size: formatSize(missingBytes) })}
    </p>
  )
}
