// The town's policy in values: what holds, and changing it. One voice makes it stricter, two make it looser; which of them it will be is
// said while the values are typed.

import { type ReactNode, useState } from 'react'
import { confirmedGroups, type ConfirmedActs } from '@shared/authority/confirmed-acts.ts'
import { isInRange, policyChanges, policyFields, policyRanges, type PolicyChange, type PolicyField, type PolicyValues } from '@shared/authority/policy-change.ts'
import { thresholdNames } from '@shared/posture/checks/model.ts'
import { standardNames, standardRules, type StandardRule } from '@shared/authority/standard-rules.ts'
import { ruleWords } from '@shared/posture/rule-words.ts'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { Text } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { ManyInput } from '../../ui/choice.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { OwnRules } from './own-rules.tsx'
import { valueWords } from './policy-words.ts'
import { RehearsalNote } from './rehearsal-note.tsx'
import { ReasonSheet } from '../../services/reason-sheet.tsx'

/** Those of work; the values of the checks stand by themselves. */
const ownFields = policyFields.filter((field) => !(thresholdNames as readonly string[]).includes(field))

interface PolicySectionProps {
  readonly policy: PolicyValues
  readonly mayChange: boolean
  readonly trial: boolean
  /** The town names who vouches for accounts: until then nobody could meet a rule that asks for a sign-in. */
  readonly hasProvider: boolean
}

export function PolicySection({ policy, mayChange, trial, hasProvider }: PolicySectionProps): ReactNode {
  const text = useText()
  const [changing, setChanging] = useState(false)
  return (
    <section className="sheet stack-s" aria-labelledby="trust-policy">
      <h2 id="trust-policy">{text('policy.title')}</h2>
      <p className="quiet">{text('policy.lead')}</p>
      <dl className="fact-rows">
        {ownFields.map((field) => (
          <div key={field}>
            <dt>{text(`policy.${field}`)}</dt>
            <dd>{valueWords(text, field, policy[field])}</dd>
          </div>
        ))}
        <div>
          <dt>{text('policy.confirmed')}</dt>
          <dd>
            <ul>
              {policy.confirmed.map((name) => (
                <li key={name}>{text(`policy.confirmed.${name}`)}</li>
              ))}
            </ul>
          </dd>
        </div>
        <div>
          <dt>{text('policy.asked')}</dt>
          <dd>
            {policy.asked.length + policy.own.length === 0 ? (
              text('policy.asked.none')
            ) : (
              <ul>
                {policy.asked.map((name) => (
                  <li key={name}>{text(`policy.asked.${name}`)}</li>
                ))}
                {policy.own.map((rule) => (
                  <li key={rule.id}>{ruleWords(text.language, rule)}</li>
                ))}
              </ul>
            )}
          </dd>
        </div>
      </dl>
      <details>
        <summary>{text('policy.thresholds')}</summary>
        <dl className="fact-rows" aria-label={text('policy.thresholds')}>
          {thresholdNames.map((field) => (
            <div key={field}>
              <dt>{text(`policy.${field}`)}</dt>
              <dd>{valueWords(text, field, policy[field])}</dd>
            </div>
          ))}
        </dl>
      </details>
      {mayChange && (
        <div className="row">
          <Button onPress={() => setChanging(true)}>{text('policy.change')}</Button>
        </div>
      )}
      {changing && <ChangePolicy policy={policy} trial={trial} hasProvider={hasProvider} onClose={() => setChanging(false)} />}
    </section>
  )
}

function ChangePolicy({ policy, trial, hasProvider, onClose }: Omit<PolicySectionProps, 'mayChange'> & { readonly onClose: () => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('changePolicy')
  const [typed, setTyped] = useState(() => eachField((field) => String(policy[field] ?? '')))
  const [confirmed, setConfirmed] = useState(policy.confirmed)
  const [asked, setAsked] = useState(policy.asked)
  const [own, setOwn] = useState(policy.own)
  const numbers = eachField((field) => (typed[field].trim() === '' ? null : /^[0-9]+$/.test(typed[field].trim()) ? Number(typed[field]) : Number.NaN))
  const isWrong = (field: PolicyField): boolean => !isInRange(field, numbers[field])
  const values = { ...numbers, confirmed, asked, own } as PolicyValues
  const changes = policyFields.some(isWrong) ? [] : policyChanges(policy, values)
  const added = [...asked.filter((name) => !policy.asked.includes(name)).map((name) => standardRules[name]), ...own.filter(({ id }) => !policy.own.some((one) => one.id === id))]
  const isMixed = changes.some(({ isLooser }) => isLooser) && changes.some((change) => change.kind === 'value' && change.field === 'witnessHours' && !change.isLooser)
  const input = (field: PolicyField): ReactNode => (
    <TextInput
      key={field}
      label={text(`policy.${field}.input`)}
      help={rangeWords(text, field, policy[field])}
      error={isWrong(field) ? text('policy.wrong', { from: policyRanges[field].from, to: policyRanges[field].to }) : undefined}
      inputMode="numeric"
      value={typed[field]}
      onChange={(value) => setTyped({ ...typed, [field]: value })}
    />
  )
  const go = async (reason: string): Promise<void> => {
    if ((await run({ values, reason })).ok) onClose()
  }
  return (
    <ReasonSheet title={text('policy.change')} lead={text('policy.changeLead')} go={text('council.propose')} ready={changes.length > 0 && !isMixed} busy={busy} failure={failure} onGo={(reason) => void go(reason)} onClose={onClose}>
      {ownFields.map(input)}
      <ManyInput
        label={text('policy.confirmed')}
        values={confirmed}
        choices={confirmedGroups.map(({ name, always }) => ({ value: name, label: text(`policy.confirmed.${name}`), disabled: always, ...(always ? { note: text('policy.confirmed.always') } : {}) }))}
        onChange={(names) => setConfirmed(names as readonly ConfirmedActs[])}
      />
      <ManyInput label={text('policy.asked')} values={asked} choices={standardNames.map((name) => ({ value: name, label: text(`policy.asked.${name}`), ...(standardRules[name].signIn !== null && !hasProvider && !policy.asked.includes(name) ? { disabled: true, note: text('policy.asked.noProvider') } : {}) }))} onChange={(names) => setAsked(names as readonly StandardRule[])} />
      <OwnRules rules={own} hasProvider={hasProvider} onChange={setOwn} />
      <details>
        <summary>{text('policy.thresholds')}</summary>
        <div className="stack-s">{thresholdNames.map(input)}</div>
      </details>
      {added.length > 0 && <RehearsalNote rules={added} />}
      {changes.length > 0 && <Message tone={isMixed ? 'warn' : 'note'}>{text(isMixed ? 'policy.mixed' : voicesText(changes, trial))}</Message>}
    </ReasonSheet>
  )
}

function rangeWords(text: Text, field: PolicyField, now: number | null): string {
  const { from, to, mayBeNone } = policyRanges[field]
  if (!mayBeNone) return text('policy.range', { from, to, now: now ?? '' })
  return text('policy.rangeOrNone', { from, to, now: now === null ? text('policy.nowNone') : text('policy.now', { now }) })
}

function eachField<T>(of: (field: PolicyField) => T): Readonly<Record<PolicyField, T>> {
  return Object.fromEntries(policyFields.map((field) => [field, of(field)])) as Record<PolicyField, T>
}

function voicesText(changes: readonly PolicyChange[], trial: boolean): 'policy.stricter' | 'policy.looser' | 'policy.alone' {
  if (!changes.some(({ isLooser }) => isLooser)) return 'policy.stricter'
  return trial ? 'policy.alone' : 'policy.looser'
}
