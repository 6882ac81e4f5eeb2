// 端末の状態: what is in order on this device and what is not, what to do about it, whom to call, and what others hear of it.

import { type ReactNode, useState } from 'react'
import type { PostureState } from '../../services/session-api.ts'
import { usePosture } from '../../services/use-posture.ts'
import { useLive, useSession } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { formatInstant } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { BrakeSection } from './brake-section.tsx'
import { CheckCard } from './check-card.tsx'
import { endpointGroups } from './endpoint-model.ts'
import { LeasesSection } from './leases-section.tsx'
import { RulesSection } from './rules-section.tsx'
import { SentSection } from './sent-section.tsx'
import './endpoint.css'

export function EndpointPage(): ReactNode {
  const text = useText()
  const session = useSession()
  const told = usePosture()
  const [asked, setAsked] = useState<PostureState | null>(null)
  const [looking, setLooking] = useState(false)
  // Whichever is newer: what was asked for here, or what main told by itself.
  const state = asked !== null && (told === null || asked.at >= told.at) ? asked : told
  const look = async (): Promise<void> => {
    setLooking(true)
    setAsked(await session.checkPosture())
    setLooking(false)
  }
  return (
    <div className="page">
      <header className="page-head">
        <h1>{text('endpoint.title')}</h1>
        <Button kind="strong" disabled={looking} onPress={() => void look()}>
          {text('endpoint.again')}
        </Button>
      </header>
      {state === null ? <p role="status">{text('endpoint.looking')}</p> : <Known state={state} looking={looking} />}
    </div>
  )
}

function Known({ state, looking }: { readonly state: PostureState; readonly looking: boolean }): ReactNode {
  const text = useText()
  const { bad, unsure, good } = endpointGroups(state)
  const rules = useLive('deviceRules', null)
  // Rules that waited to be accepted stand first, and stay there while the screen is open.
  const [wasDue, setWasDue] = useState(false)
  if (rules?.due === true && !wasDue) setWasDue(true)
  const groups = [
    { name: 'bad', checks: bad },
    { name: 'unsure', checks: unsure },
    { name: 'good', checks: good },
  ] as const
  return (
    <div className="stack">
      <Message tone={bad.length > 0 ? 'warn' : 'good'} title={bad.length > 0 ? text('endpoint.toMend', { count: bad.length }) : text('endpoint.allGood')}>
        {unsure.length > 0 && <p>{text('endpoint.toKnow', { count: unsure.length })}</p>}
        {bad.length > 0 && <p>{text('endpoint.safe')}</p>}
        <p>{looking ? text('endpoint.looking') : text('endpoint.lookedAt', { at: formatInstant(text.language, new Date(state.at).toISOString()) })}</p>
      </Message>
      {wasDue && <RulesSection rules={rules} />}
      <LeasesSection />
      <BrakeSection />
      {groups.map(({ name, checks }) =>
        checks.length === 0 ? null : (
          <section key={name} className="stack-s" aria-labelledby={`endpoint-${name}`}>
            <h2 id={`endpoint-${name}`} className="section-title">
              {text(`endpoint.${name}`)}
            </h2>
            <ul className="endpoint-list">
              {checks.map((check) => (
                <CheckCard key={check.id} check={check} system={state.system} level={state.statement?.level ?? null} />
              ))}
            </ul>
          </section>
        ),
      )}
      <CallSection />
      {!wasDue && <RulesSection rules={rules} />}
      <section className="sheet stack-s" aria-labelledby="endpoint-trust">
        <h2 id="endpoint-trust">{text('endpoint.trustTitle')}</h2>
        <dl className="fact-rows endpoint-facts">
          {(['self', 'owned', 'vouched', 'hardware'] as const).map((trust) => (
            <div key={trust}>
              <dt>{text(`endpoint.trust.${trust}`)}</dt>
              <dd>{text(`endpoint.trustHelp.${trust}`)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <SentSection statement={state.statement} />
    </div>
  )
}

function CallSection(): ReactNode {
  const text = useText()
  const trust = useLive('trust', null)
  return (
    <section className="sheet stack-s" aria-labelledby="endpoint-call">
      <h2 id="endpoint-call">{text('endpoint.callTitle')}</h2>
      <p>{text('endpoint.call', { names: text.list((trust?.administrators ?? []).map(({ name }) => name)) })}</p>
    </section>
  )
}
