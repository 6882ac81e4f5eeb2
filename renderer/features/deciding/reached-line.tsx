// Whose machines are known to have what this person did to the document.

import type { ReactNode } from 'react'
import { useLive } from '../../services/use-services.tsx'
import { useReached, useSync } from '../../services/use-sync.ts'
import { useText } from '../../services/use-text.tsx'
import { reachedWords } from './deciding-model.ts'

export function ReachedLine({ record }: { readonly record: string | null }): ReactNode {
  const text = useText()
  const sync = useSync()
  const town = useLive('town', null)
  const devices = useReached(record)
  const words = sync?.target && town ? reachedWords(text, { devices, unsent: sync.unsent, machines: town.machines }) : null
  return record === null || words === null ? null : (
    <p role="status" className="small quiet">
      {words}
    </p>
  )
}
