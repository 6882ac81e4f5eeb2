// Counts down the seconds until the next PIN is heard. Main decides; this only shows it.

import { useEffect, useState } from 'react'

export interface Wait {
  readonly seconds: number
  readonly start: (milliseconds: number) => void
}

export function useWait(): Wait {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    if (seconds <= 0) return undefined
    const timer = setTimeout(() => setSeconds(seconds - 1), 1000)
    return () => clearTimeout(timer)
  }, [seconds])
  return { seconds, start: (milliseconds) => setSeconds(Math.ceil(milliseconds / 1000)) }
}
