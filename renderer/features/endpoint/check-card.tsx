// One check: how it stands in a word and a colour, why it is asked, what is wrong here and the three steps that mend it.

import { type ReactNode, useState } from 'react'
import type { Failure } from '@shared/base/result.ts'
import type { PostureState } from '../../services/session-api.ts'
import { useSession } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Message } from '../../ui/message.tsx'
import type { ShownCheck } from './endpoint-model.ts'

const tones = { pass: 'good', fail: 'bad', unknown: 'warn' } as const

export function CheckCard({ check, system, level }: { readonly check: ShownCheck; readonly system: PostureState['system']; readonly level: NonNullable<PostureState['statement']>['level'] | null }): ReactNode {
  const text = useText()
  const session = useSession()
  const [failure, setFailure] = useState<Failure | null>(null)
  const name = text(`endpoint.check.${check.id}`)
  const open = async (): Promise<void> => {
    const done = await session.openSettings(check.id)
    setFailure(done.ok ? null : done.error)
  }
  return (
    <li className={`sheet stack-s endpoint-check endpoint-${check.verdict}`}>
      <div className="row">
        <h3 className="grow">{name}</h3>
        <Chip tone={tones[check.verdict]}>{text(`endpoint.verdict.${check.verdict}`)}</Chip>
        <Chip>{text(`endpoint.trust.${check.trust}`)}</Chip>
      </div>
      <p className="quiet">{text(`endpoint.why.${check.id}`)}</p>
      {check.id === 'tpm.key' && level !== null && <p>{text('endpoint.level', { level, words: text(`machines.level${level}`) })}</p>}
      {check.reason !== null && (
        <>
          <p className="endpoint-reason">{text.code('posture', check.reason)}</p>
          {check.graceDays !== null && <p>{check.graceDays > 0 ? text('endpoint.grace', { days: check.graceDays }) : text('endpoint.graceOver')}</p>}
          <h4>{text('endpoint.steps')}</h4>
          <ol className="endpoint-steps">
            <li>{text(`endpoint.step.${check.id}.1`, { system })}</li>
            <li>{text(`endpoint.step.${check.id}.2`, { system })}</li>
            <li>{text('endpoint.step.last')}</li>
          </ol>
          {check.opens && (
            <div className="row">
              <Button label={text('endpoint.openOf', { name })} onPress={() => void open()}>
                {text('endpoint.open')}
              </Button>
            </div>
          )}
          {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
        </>
      )}
      {check.sources.length > 0 && (
        <details className="small">
          <summary>{text('endpoint.readFrom')}</summary>
          <ul className="endpoint-sources">
            {check.sources.map((source) => (
              <li key={source}>
                <code>{source}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}
