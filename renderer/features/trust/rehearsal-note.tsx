// What rules would have done in the last thirty days, said beside them before they are proposed.

import { type ReactNode, useEffect, useState } from 'react'
import type { RehearsedPerson } from '@shared/ipc/contract/session.ts'
import type { ActRule } from '@shared/posture/model.ts'
import { useSession } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { Message } from '../../ui/message.tsx'

/** `rules`: those that would be new. */
export function RehearsalNote({ rules }: { readonly rules: readonly ActRule[] }): ReactNode {
  const text = useText()
  const session = useSession()
  const [found, setFound] = useState<readonly RehearsedPerson[] | null>(null)
  const asked = JSON.stringify(rules)
  useEffect(() => {
    let isOver = false
    setFound(null)
    void session.rehearse(JSON.parse(asked) as readonly ActRule[]).then((answer) => {
      if (!isOver && answer.ok) setFound(answer.value)
    })
    return () => {
      isOver = true
    }
  }, [session, asked])
  if (found === null) return null
  const stopped = found.filter((one) => one.stopped > 0)
  const sessions = found.reduce((sum, one) => sum + one.sessions, 0)
  if (stopped.length === 0) return <Message tone="note">{text('policy.rehearsed.none', { sessions })}</Message>
  return (
    <Message tone="warn">
      {text('policy.rehearsed', { count: stopped.length, sessions })}
      <ul>
        {stopped.map((one, i) => (
          <li key={i}>{text(one.wouldStopNow ? 'policy.rehearsed.now' : 'policy.rehearsed.before', { name: one.name, stopped: one.stopped, sessions: one.sessions })}</li>
        ))}
      </ul>
    </Message>
  )
}
