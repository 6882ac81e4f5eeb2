// 端末と信頼: what this device is, what is kept where, what was set aside, and what it cannot promise.

import type { ReactNode } from 'react'
import type { AppInfo } from '../../services/session-api.ts'
import { useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { formatInstant } from '../../text/dates.ts'
import type { TrustView } from '../../services/trust-models.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { AccountsSection } from './accounts-section.tsx'
import { Administrators } from './administrators.tsx'
import { DevicesSection } from './devices-section.tsx'
import { JoiningMachines } from './joining-machines.tsx'
import { RemovedSection } from './removed-section.tsx'
import { OfflineSection } from './offline-section.tsx'
import { ExcusesSection } from './excuses-section.tsx'
import { PolicySection } from './policy-section.tsx'
import { ReconcileSection } from './reconcile-section.tsx'
import { SeatList } from './seat-list.tsx'
import { LostSection } from './lost-section.tsx'
import { TwofoldSection } from './twofold-section.tsx'
import './trust.css'

export function TrustPage({ info, onEndpoint, onReview, onAudit }: { readonly info: AppInfo | null; readonly onEndpoint: () => void; readonly onReview: () => void; readonly onAudit: () => void }): ReactNode {
  const text = useText()
  const trust = useLive('trust', null)
  const town = useLive('town', null)
  return (
    <div className="page">
      <header className="page-head">
        <h1>{text('trust.title')}</h1>
      </header>
      {trust === undefined || trust.level === null ? (
        <p role="status">{text('trust.opening')}</p>
      ) : (
        <div className="stack">
          <section className="sheet stack-s" aria-labelledby="trust-device">
            <h2 id="trust-device">{text('trust.device')}</h2>
            <dl className="fact-rows">
              <Fact name={text('trust.deviceId')} value={<code>{trust.device}</code>} />
              <Fact name={text('trust.keystore')} value={text('endpoint.levelWords', { level: trust.level, words: text(`machines.level${trust.level}`) })} />
              <Fact name={text('trust.seats')} value={text('trust.seatCount', { count: trust.activeSeats })} />
              <Fact name={text('trust.workspace')} value={town === undefined ? '' : text(town.workspaceKind === 'practice' ? 'trust.practice' : 'trust.real', { town: town.townName })} />
              {info !== null && <Fact name={text('trust.runtime')} value={text(info.testRuntime ? 'trust.runtimeTest' : 'trust.runtimeShipped', { version: info.version, electron: info.electron, chrome: info.chrome })} />}
            </dl>
            <div className="row">
              <Button onPress={onEndpoint}>{text('endpoint.fromTrust')}</Button>
              <Button onPress={onReview}>{text('review.fromTrust')}</Button>
              <Button onPress={onAudit}>{text('audit.fromTrust')}</Button>
            </div>
          </section>
          {trust.lost.waiting + trust.lost.unproven > 0 && <LostSection lost={trust.lost} />}
          {trust.twofold.length > 0 && <TwofoldSection seats={trust.twofold} isAdmin={town?.me.isAdmin === true} />}
          <OfflineSection />
          {town !== undefined && <Administrators trust={trust} town={town} />}
          {trust.policy !== null && <PolicySection policy={trust.policy} mayChange={town?.me.isAdmin === true} trial={town?.trial === true} hasProvider={trust.accounts.issuer !== null} />}
          <ExcusesSection excuses={trust.excuses} devices={trust.devices} mayChange={town?.me.isAdmin === true} />
          <AccountsSection accounts={trust.accounts} mayAdminister={town?.me.isAdmin === true} />
          {town?.me.isAdmin === true && <ReconcileSection />}
          <DevicesSection devices={trust.devices} mayReport={town?.me.isAdmin === true} />
          <SeatList seats={trust.seats} mayRemove={town?.me.isAdmin === true} />
          {(town?.me.isAdmin === true || trust.mayRekey) && <RemovedSection removed={trust.removed} />}
          {town?.me.isAdmin === true && <JoiningMachines people={town.people} needsVoice={(person) => !town.trial && person !== town.me.person && trust.administrators.some((admin) => admin.person === person)} />}
          <Log trust={trust} />
          <section className="sheet stack-s" aria-labelledby="trust-limits">
            <h2 id="trust-limits">{text('trust.limits')}</h2>
            <ul className="trust-limits">
              {(['trust.limitSync', 'trust.limitTime', 'trust.limitWitness', 'trust.limitMalware', 'trust.limitPosture'] as const).map((key) => (
                <li key={key}>{text(key)}</li>
              ))}
            </ul>
          </section>
        </div>
      )}
    </div>
  )
}

function Log({ trust }: { readonly trust: TrustView }): ReactNode {
  const text = useText()
  return (
    <section className="sheet stack-s" aria-labelledby="trust-log">
      <h2 id="trust-log">{text('trust.log')}</h2>
      <dl className="fact-rows">
        <Fact name={text('trust.segments')} value={text('trust.segmentCount', { count: trust.segments })} />
        <Fact name={text('trust.stateHash')} value={<code className="trust-hash">{trust.stateHash}</code>} />
        <Fact name={text('trust.unknown')} value={text('trust.unknownCount', { count: trust.unknownEvents })} />
        <Fact name={text('trust.settled')} value={trust.settled.length === 0 ? text('trust.settledNever') : text.list(trust.settled.map(({ name, at }) => text('trust.settledBy', { name, at: formatInstant(text.language, at) })))} />
        <Fact name={text('trust.quarantined')} value={text('trust.quarantinedCount', { count: trust.quarantined.length })} />
      </dl>
      {trust.quarantined.filter(({ code }) => code !== 'lane-forked' && code !== 'mass-change').map((one, i) => (
        <Message key={i} tone="warn">
          {text.code('reason', one.code, one.facts)}
        </Message>
      ))}
      {trust.notices.map((one, i) => (
        <Message key={i} tone="note">
          {text.code('notice', one.code, one.facts)}
        </Message>
      ))}
    </section>
  )
}

function Fact(props: { readonly name: string; readonly value: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </div>
  )
}
