// 端末管理の業務ルール: the town's own rules, accepted by each person once a year; administrators see who has not.

import type { ReactNode } from 'react'
import type { DeviceRulesView } from '../../services/trust-models.ts'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { formatDate, formatInstant } from '../../text/dates.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { ChangeRules } from './change-rules.tsx'

export function RulesSection({ rules }: { readonly rules: DeviceRulesView | null | undefined }): ReactNode {
  const text = useText()
  if (rules === undefined) return null
  return (
    <section className="sheet stack-s" aria-labelledby="endpoint-rules">
      <h2 id="endpoint-rules">{text('deviceRules.title')}</h2>
      {rules === null ? <p>{text('deviceRules.none')}</p> : <Known rules={rules} />}
    </section>
  )
}

function Known({ rules }: { readonly rules: DeviceRulesView }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('acknowledgeRules')
  const { acknowledgedAt, due, missing } = rules
  return (
    <>
      <p className="quiet">{text('deviceRules.lead', { from: formatDate(text.language, rules.from) })}</p>
      <ol className="endpoint-steps">
        {rules.text[text.language].split('\n').map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      {acknowledgedAt !== null && <p role="status">{text(due ? 'deviceRules.acceptedLongAgo' : 'deviceRules.accepted', { at: formatInstant(text.language, acknowledgedAt) })}</p>}
      {due && (
        <div className="row">
          <Button kind="strong" disabled={busy} onPress={() => void run({ text: rules.hash })}>
            {text('deviceRules.accept')}
          </Button>
        </div>
      )}
      {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
      {missing !== null && <ChangeRules rules={rules} />}
      {missing !== null && <p>{missing.length === 0 ? text('deviceRules.nobodyMissing') : text('deviceRules.missing', { count: missing.length, names: text.list(missing) })}</p>}
    </>
  )
}
