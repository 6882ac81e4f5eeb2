// On the desk, from half its time on: what can soon not be done any more without signing in, or mending the device.

import type { ReactNode } from 'react'
import { endingLeases, leaseWords, useLeases } from '../../services/use-leases.ts'
import { useText } from '../../services/use-text.tsx'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'

export function LeaseLine({ onEndpoint }: { readonly onEndpoint: () => void }): ReactNode {
  const text = useText()
  const leases = useLeases()
  const ending = endingLeases(leases)
  if (ending.length === 0) return null
  return (
    <Message tone="note" actions={<Button onPress={onEndpoint}>{text('lease.see')}</Button>}>
      {ending.map((row) => (
        <p key={row.act}>{text('lease.line', { act: text(`lease.${row.act}`), left: leaseWords(text, row, leases.now) })}</p>
      ))}
    </Message>
  )
}
