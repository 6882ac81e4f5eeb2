// One line on the desk while the town's own rules for devices wait to be accepted, for the first time or after a year.

import type { ReactNode } from 'react'
import { useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'

export function RulesLine({ onRules }: { readonly onRules: () => void }): ReactNode {
  const text = useText()
  const rules = useLive('deviceRules', null)
  if (rules === undefined || rules === null || !rules.due) return null
  return (
    <Message tone="note" actions={<Button onPress={onRules}>{text('deviceRules.read')}</Button>}>
      {text(rules.acknowledgedAt === null ? 'deviceRules.wait' : 'deviceRules.waitAgain')}
    </Message>
  )
}
