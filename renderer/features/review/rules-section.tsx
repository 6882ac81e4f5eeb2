// 点検の決まり: how long a right goes unlooked at, when it counts as unused, which roles no one person should hold together; and changing it.

import { type ReactNode, useState } from 'react'
import { isReviewDays, isSamePair, reviewChanges, reviewFields, reviewRanges, type ReviewField, type ReviewValues } from '@shared/authority/review-rules.ts'
import { ReasonSheet } from '../../services/reason-sheet.tsx'
import { pairWords } from '../../services/review-words.ts'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { Button } from '../../ui/button.tsx'
import { ManyInput } from '../../ui/choice.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { noPair, PairInputs, pairOf, type TypedPair } from './pair-inputs.tsx'

export interface RulesSectionProps {
  readonly rules: ReviewValues
  readonly mayChange: boolean
  readonly alone: boolean
}

export function RulesSection({ rules, mayChange, alone }: RulesSectionProps): ReactNode {
  const text = useText()
  const [changing, setChanging] = useState(false)
  return (
    <section className="sheet stack-s" aria-labelledby="review-rules">
      <h2 id="review-rules">{text('review.rules')}</h2>
      <dl className="fact-rows">
        {reviewFields.map((field) => (
          <div key={field}>
            <dt>{text(`review.rules.${field}`)}</dt>
            <dd>{text('review.rules.days', { n: rules[field] })}</dd>
          </div>
        ))}
        <div>
          <dt>{text('review.rules.pairs')}</dt>
          <dd>
            {rules.pairs.length === 0 ? (
              text('review.rules.noPairs')
            ) : (
              <ul>
                {rules.pairs.map((pair) => (
                  <li key={pair.id}>{pairWords(text, pair)}</li>
                ))}
              </ul>
            )}
          </dd>
        </div>
      </dl>
      {mayChange && (
        <div className="row">
          <Button onPress={() => setChanging(true)}>{text('review.rules.change')}</Button>
        </div>
      )}
      {changing && <ChangeRules rules={rules} alone={alone} onClose={() => setChanging(false)} />}
    </section>
  )
}

function ChangeRules({ rules, alone, onClose }: Omit<RulesSectionProps, 'mayChange'> & { readonly onClose: () => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('changeReviewRules')
  const [typed, setTyped] = useState<Readonly<Record<ReviewField, string>>>({ usual: String(rules.usual), close: String(rules.close), unusedDays: String(rules.unusedDays) })
  const [kept, setKept] = useState<readonly string[]>(rules.pairs.map(({ id }) => id))
  const [added, setAdded] = useState<TypedPair>(noPair)
  const daysOf = (field: ReviewField): number => (/^[0-9]+$/.test(typed[field].trim()) ? Number(typed[field]) : Number.NaN)
  const isWrong = (field: ReviewField): boolean => !isReviewDays(field, daysOf(field))
  const stays = rules.pairs.filter(({ id }) => kept.includes(id))
  const pair = pairOf(added)
  const isTwice = pair !== null && pair !== 'unready' && stays.some((one) => isSamePair(one, pair))
  const ready = !reviewFields.some(isWrong) && pair !== 'unready' && !isTwice
  const values: ReviewValues = { usual: daysOf('usual'), close: daysOf('close'), unusedDays: daysOf('unusedDays'), pairs: pair === null || pair === 'unready' ? stays : [...stays, pair] }
  const go = async (reason: string): Promise<void> => {
    if ((await run({ values, reason })).ok) onClose()
  }
  return (
    <ReasonSheet title={text('review.rules.change')} lead={text('review.rules.lead')} go={text('council.propose')} ready={ready && reviewChanges(rules, values).length > 0} busy={busy} failure={failure} onGo={(reason) => void go(reason)} onClose={onClose}>
      {reviewFields.map((field) => (
        <TextInput
          key={field}
          label={text('review.rules.input', { name: text(`review.rules.${field}`) })}
          help={text('review.rules.range', { ...reviewRanges[field], now: rules[field] })}
          error={isWrong(field) ? text('review.rules.wrong', reviewRanges[field]) : undefined}
          inputMode="numeric"
          value={typed[field]}
          onChange={(value) => setTyped({ ...typed, [field]: value })}
        />
      ))}
      {rules.pairs.length > 0 && <ManyInput label={text('review.rules.pairKeep')} values={kept} choices={rules.pairs.map((one) => ({ value: one.id, label: pairWords(text, one), note: text.language === 'ja' ? one.reason : one.reasonEn }))} onChange={setKept} />}
      <PairInputs typed={added} isTwice={isTwice} onChange={setAdded} />
      {alone && <Message tone="note">{text('review.rules.alone')}</Message>}
    </ReasonSheet>
  )
}
