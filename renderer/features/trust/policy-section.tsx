// The town's policy in values: what holds, and changing it. One voice makes it stricter, two make it looser; which of them it will be is
// said while the values are typed.

import { type ReactNode, useState } from 'react'
import { policyChanges, policyFields, policyRanges, type PolicyChange, type PolicyField, type PolicyValues } from '@shared/authority/policy-change.ts'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { ReasonSheet } from './reason-sheet.tsx'

export function PolicySection({ policy, mayChange, trial }: { readonly policy: PolicyValues; readonly mayChange: boolean; readonly trial: boolean }): ReactNode {
  const text = useText()
  const [changing, setChanging] = useState(false)
  return (
    <section className="sheet stack-s" aria-labelledby="trust-policy">
      <h2 id="trust-policy">{text('policy.title')}</h2>
      <p className="quiet">{text('policy.lead')}</p>
      <dl className="trust-facts">
        {policyFields.map((field) => (
          <div key={field}>
            <dt>{text(`policy.${field}`)}</dt>
            <dd>{text(`policy.${field}.value`, { n: policy[field] })}</dd>
          </div>
        ))}
      </dl>
      {mayChange && (
        <div className="row">
          <Button onPress={() => setChanging(true)}>{text('policy.change')}</Button>
        </div>
      )}
      {changing && <ChangePolicy policy={policy} trial={trial} onClose={() => setChanging(false)} />}
    </section>
  )
}

function ChangePolicy({ policy, trial, onClose }: { readonly policy: PolicyValues; readonly trial: boolean; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('changePolicy')
  const [typed, setTyped] = useState(() => eachField((field) => String(policy[field])))
  const values: PolicyValues = eachField((field) => Number(typed[field]))
  const isWrong = (field: PolicyField): boolean => !/^[0-9]+$/.test(typed[field]) || values[field] < policyRanges[field].from || values[field] > policyRanges[field].to
  const changes = policyFields.some(isWrong) ? [] : policyChanges(policy, values)
  const go = async (reason: string): Promise<void> => {
    if ((await run({ values, reason })).ok) onClose()
  }
  return (
    <ReasonSheet title={text('policy.change')} lead={text('policy.changeLead')} go={text('council.propose')} ready={changes.length > 0} busy={busy} failure={failure} onGo={(reason) => void go(reason)} onClose={onClose}>
      {policyFields.map((field) => (
        <TextInput
          key={field}
          label={text(`policy.${field}.input`)}
          help={text('policy.range', { from: policyRanges[field].from, to: policyRanges[field].to, now: policy[field] })}
          error={isWrong(field) ? text('policy.wrong', { from: policyRanges[field].from, to: policyRanges[field].to }) : undefined}
          inputMode="numeric"
          value={typed[field]}
          onChange={(value) => setTyped({ ...typed, [field]: value })}
        />
      ))}
      {changes.length > 0 && <Message tone="note">{text(voicesText(changes, trial))}</Message>}
    </ReasonSheet>
  )
}

function eachField<T>(of: (field: PolicyField) => T): Readonly<Record<PolicyField, T>> {
  return Object.fromEntries(policyFields.map((field) => [field, of(field)])) as Record<PolicyField, T>
}

function voicesText(changes: readonly PolicyChange[], trial: boolean): 'policy.stricter' | 'policy.looser' | 'policy.alone' {
  if (!changes.some(({ isLooser }) => isLooser)) return 'policy.stricter'
  return trial ? 'policy.alone' : 'policy.looser'
}
