// Rules of the town's own, beside the standard ones: which there are, taking one away, and making one from what may be asked. What is made
// is said in the sentence in which it will be proposed.

import { type ReactNode, useState } from 'react'
import { ownRule, type RuleWords } from '@shared/authority/own-rules.ts'
import { checkIds, protectionLevels, type ActRule, type CheckNeed, type ProtectionLevel } from '@shared/posture/model.ts'
import { actNames, ruleActs, ruleWords } from '@shared/posture/rule-words.ts'
import { useText } from '../../services/use-text.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckInput, ManyInput, RadioInput, SelectInput } from '../../ui/choice.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'

interface OwnRulesProps {
  readonly rules: readonly ActRule[]
  readonly hasProvider: boolean
  readonly onChange: (rules: readonly ActRule[]) => void
}

export function OwnRules({ rules, hasProvider, onChange }: OwnRulesProps): ReactNode {
  const text = useText()
  const [making, setMaking] = useState(false)
  const add = (rule: ActRule): void => {
    if (!rules.some(({ id }) => id === rule.id)) onChange([...rules, rule])
    setMaking(false)
  }
  return (
    <section className="stack-s" aria-label={text('policy.own')}>
      <h3>{text('policy.own')}</h3>
      {rules.length === 0 ? (
        <p className="quiet">{text('policy.own.none')}</p>
      ) : (
        <ul className="stack-s">
          {rules.map((rule) => (
            <li key={rule.id} className="row">
              <span>{ruleWords(text.language, rule)}</span>
              <Button kind="quiet" label={text('policy.own.dropOf', { rule: ruleWords(text.language, rule) })} onPress={() => onChange(rules.filter((one) => one !== rule))}>
                {text('policy.own.drop')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {making ? <MakeRule hasProvider={hasProvider} onMade={add} onCancel={() => setMaking(false)} /> : <div className="row"><Button onPress={() => setMaking(true)}>{text('policy.own.make')}</Button></div>}
    </section>
  )
}

/** As it is typed: numbers are text until they are whole. */
interface Typed {
  readonly acts: readonly string[]
  readonly level: ProtectionLevel | 'any'
  readonly checks: readonly string[]
  readonly unknown: CheckNeed['unknown']
  readonly checkHours: string
  readonly signIn: boolean
  readonly signInHours: string
  readonly sameDay: boolean
  readonly context: string
  readonly otherwise: ActRule['otherwise']
  readonly graceDays: string
}

const blank: Typed = { acts: [], level: 'any', checks: [], unknown: 'notice', checkHours: '24', signIn: false, signInHours: '12', sameDay: true, context: '', otherwise: 'hold', graceDays: '0' }

function MakeRule({ hasProvider, onMade, onCancel }: { readonly hasProvider: boolean; readonly onMade: (rule: ActRule) => void; readonly onCancel: () => void }): ReactNode {
  const text = useText()
  const [typed, setTyped] = useState(blank)
  const set = (part: Partial<Typed>): void => setTyped({ ...typed, ...part })
  const made = ownRule(wordsOf(typed))
  const number = (field: 'checkHours' | 'signInHours' | 'graceDays'): ReactNode => <TextInput label={text(`policy.own.${field}`)} inputMode="numeric" value={typed[field]} onChange={(value) => set({ [field]: value })} />
  return (
    <section className="sheet stack-s" aria-label={text('policy.own.make')}>
      <ManyInput label={text('policy.own.acts')} values={typed.acts} choices={ruleActs.map((act) => ({ value: act, label: actNames[act][text.language] }))} layout="row" onChange={(acts) => set({ acts })} />
      <ManyInput label={text('policy.own.checks')} values={typed.checks} choices={checkIds.map((check) => ({ value: check, label: text.code('endpoint.check', check) }))} onChange={(checks) => set({ checks })} />
      {typed.checks.length > 0 && (
        <>
          {number('checkHours')}
          <RadioInput label={text('policy.own.unknown')} value={typed.unknown} choices={(['notice', 'fail'] as const).map((value) => ({ value, label: text(`policy.own.unknown.${value}`) }))} onChange={(value) => set({ unknown: value as CheckNeed['unknown'] })} />
        </>
      )}
      <SelectInput label={text('policy.own.level')} emptyLabel="" value={typed.level} choices={(['any', ...protectionLevels.slice(1)] as const).map((value) => ({ value, label: text(`policy.own.level.${value as 'any' | 'L1' | 'L2' | 'L3'}`) }))} onChange={(value) => set({ level: value as Typed['level'] })} />
      <CheckInput label={text('policy.own.signIn')} checked={typed.signIn} disabled={!hasProvider} note={hasProvider ? undefined : text('policy.asked.noProvider')} onChange={(signIn) => set({ signIn })} />
      {typed.signIn && (
        <>
          {number('signInHours')}
          <CheckInput label={text('policy.own.sameDay')} checked={typed.sameDay} onChange={(sameDay) => set({ sameDay })} />
          <TextInput label={text('policy.own.context')} help={text('policy.own.contextHelp')} value={typed.context} onChange={(context) => set({ context })} />
        </>
      )}
      <RadioInput label={text('policy.own.otherwise')} value={typed.otherwise} choices={(['notice', 'hold', 'deny'] as const).map((value) => ({ value, label: text(`policy.own.otherwise.${value}`) }))} onChange={(value) => set({ otherwise: value as ActRule['otherwise'] })} />
      {typed.checks.length > 0 && number('graceDays')}
      <Message tone={made === 'values' ? 'warn' : 'note'}>{typeof made === 'string' ? text(`policy.own.trouble.${made}`) : ruleWords(text.language, made)}</Message>
      <div className="row">
        <Button onPress={onCancel}>{text('policy.own.cancel')}</Button>
        <Button kind="strong" disabled={typeof made === 'string'} onPress={() => typeof made !== 'string' && onMade(made)}>
          {text('policy.own.add')}
        </Button>
      </div>
    </section>
  )
}

function wordsOf(typed: Typed): RuleWords {
  const maxAgeHours = wholeOf(typed.checkHours)
  return {
    acts: ruleActs.filter((act) => typed.acts.includes(act)),
    level: typed.level === 'any' ? null : typed.level,
    checks: checkIds.filter((check) => typed.checks.includes(check)).map((check) => ({ check, systems: null, maxAgeHours, unknown: typed.unknown })),
    signIn: typed.signIn ? { maxAgeHours: wholeOf(typed.signInHours), sameDay: typed.sameDay, context: typed.context.trim() === '' ? null : typed.context.trim() } : null,
    otherwise: typed.otherwise,
    graceDays: typed.checks.length === 0 ? 0 : wholeOf(typed.graceDays),
  }
}

const wholeOf = (typed: string): number => (/^[0-9]{1,5}$/.test(typed.trim()) ? Number(typed) : -1)
