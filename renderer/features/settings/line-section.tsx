// 回線: rest on a metered line, and how fast at most. Each choice holds at once.

import { type ReactNode, useState } from 'react'
import type { Failure } from '@shared/base/result.ts'
import type { LineChoice, SyncState } from '../../services/session-api.ts'
import { useSession } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { failureText } from '../../text/translate.ts'
import { RadioInput } from '../../ui/choice.tsx'
import { Message } from '../../ui/message.tsx'

/** Bytes in a second; 0 = no limit. */
const limits = [0, 100_000, 500_000, 2_000_000] as const

export function LineSection({ state: { line, metered } }: { readonly state: SyncState }): ReactNode {
  const text = useText()
  const session = useSession()
  const [failure, setFailure] = useState<Failure | null>(null)
  const decide = async (change: Partial<LineChoice>): Promise<void> => {
    const done = await session.setLine({ ...line, ...change })
    setFailure(done.ok ? null : done.error)
  }
  const choices = limits.map((limit) => ({ value: String(limit), label: limit === 0 ? text('line.noLimit') : text('line.limit', { kilobytes: limit / 1000 }) }))
  return (
    <div className="stack-s" role="group" aria-label={text('line.title')}>
      <RadioInput
        label={text('line.metered')}
        help={text('line.meteredHelp')}
        value={line.metered}
        onChange={(value) => void decide({ metered: value === 'told' || value === 'always' ? value : 'never' })}
        choices={(['never', 'told', 'always'] as const).map((value) => ({ value, label: text(`line.metered.${value}`) }))}
      />
      {line.metered === 'told' && <p className="quiet">{text(`line.told.${metered}`)}</p>}
      <RadioInput label={text('line.up')} layout="row" value={String(line.up)} onChange={(value) => void decide({ up: Number(value) })} choices={choices} />
      <RadioInput label={text('line.down')} layout="row" value={String(line.down)} onChange={(value) => void decide({ down: Number(value) })} choices={choices} />
      {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
    </div>
  )
}
