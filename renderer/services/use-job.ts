// What is under way in the vault, for whoever shows it.

import { useEffect, useState } from 'react'
import { useVault } from './use-services.tsx'
import type { JobState } from './view-models.ts'

/** The newest state of the job under way; null before there is one, and when content that was brought is here. */
export function useJob(id?: string): JobState | null {
  const vault = useVault()
  const [job, setJob] = useState<JobState | null>(null)
  useEffect(
    () =>
      vault.onJob((next) => {
        if (id === undefined || next.id === id) setJob(next.phase === 'content' && next.done >= next.total ? null : next)
      }),
    [vault, id],
  )
  return job
}
