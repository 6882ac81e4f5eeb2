// The place of work of one unlocked seat: its vault, what it knows to be unsaved, and the frame with the screens in it.

import { type ReactNode, useCallback, useReducer, useState } from 'react'
import { AuditPage } from '../features/audit/audit-page.tsx'
import { CabinetPage } from '../features/cabinet/cabinet-page.tsx'
import { NumbersPage } from '../features/cabinet/numbers-page.tsx'
import { RegisterPage } from '../features/cabinet/register-page.tsx'
import { VolumePage } from '../features/cabinet/volume-page.tsx'
import { DeskPage } from '../features/desk/desk-page.tsx'
import { SearchPage } from '../features/desk/search-page.tsx'
import { EndpointPage } from '../features/endpoint/endpoint-page.tsx'
import { ReviewPage } from '../features/review/review-page.tsx'
import { SettingsPage } from '../features/settings/settings-page.tsx'
import { TrustPage } from '../features/trust/trust-page.tsx'
import type { AppInfo, SessionState } from '../services/session-api.ts'
import { WaysOnProvider } from '../services/refusal.tsx'
import { SaveStateProvider } from '../services/save-state.tsx'
import { VaultProvider } from '../services/use-services.tsx'
import type { VaultApi } from '../services/vault-api.ts'
import { type Asking, Dialogs } from './dialogs.tsx'
import { DocumentRoute } from './document-route.tsx'
import { moveTrail, type Route, startOfTrail } from './routes.ts'
import { Shell } from './shell.tsx'
import { SummaryNotice } from './summary-notice.tsx'

export interface OfficeProps {
  readonly state: Extract<SessionState, { state: 'unlocked' }>
  readonly info: AppInfo | null
  readonly openVault: () => VaultApi
}

export function Office(props: OfficeProps): ReactNode {
  const [vault] = useState(props.openVault)
  const [trail, move] = useReducer(moveTrail, startOfTrail)
  const [asking, setAsking] = useState<Asking | null>(null)
  const go = useCallback((to: Route) => move({ move: 'go', to }), [])
  const toEndpoint = useCallback(() => {
    setAsking(null)
    go({ page: 'endpoint' })
  }, [go])
  const back = useCallback(() => move({ move: 'back' }), [])

  return (
    <VaultProvider vault={vault}>
      <SaveStateProvider>
        <WaysOnProvider seat={props.state.seat.seat} toEndpoint={toEndpoint}>
          <Shell state={props.state} info={props.info} here={trail.here} mayGoBack={trail.before.length > 0} go={go} back={back} ask={setAsking}>
            {lists.has(trail.here.page) && <SummaryNotice />}
            <Screen route={trail.here} go={go} ask={setAsking} info={props.info} />
          </Shell>
          {asking !== null && <Dialogs asking={asking} close={() => setAsking(null)} go={go} />}
        </WaysOnProvider>
      </SaveStateProvider>
    </VaultProvider>
  )
}

/** Screens that show rows of many documents. */
const lists: ReadonlySet<Route['page']> = new Set<Route['page']>(['desk', 'search', 'cabinet', 'volume', 'register'])

interface ScreenProps {
  readonly route: Route
  readonly go: (route: Route) => void
  readonly ask: (asking: Asking) => void
  readonly info: AppInfo | null
}

function Screen({ route, go, ask, info }: ScreenProps): ReactNode {
  const openDocument = (id: string): void => go({ page: 'document', id })
  switch (route.page) {
    case 'desk':
      return <DeskPage onOpen={openDocument} onNewDraft={() => ask({ ask: 'draft' })} onRules={() => go({ page: 'endpoint' })} onTrust={() => go({ page: 'trust' })} onSettings={() => go({ page: 'settings' })} />
    case 'search':
      return <SearchPage query={route.query} onOpen={openDocument} />
    case 'document':
      return <DocumentRoute key={route.id} id={route.id} go={go} ask={ask} />
    case 'cabinet':
      return <CabinetPage onOpenVolume={(id) => go({ page: 'volume', id })} onOpenRegister={() => go({ page: 'register' })} onExportYear={(year) => ask({ ask: 'export', scope: { kind: 'fiscal-year', year } })} />
    case 'volume':
      return <VolumePage key={route.id} id={route.id} onOpen={openDocument} onExport={() => ask({ ask: 'export', scope: { kind: 'volume', id: route.id } })} />
    case 'register':
      return <RegisterPage />
    case 'numbers':
      return <NumbersPage onOpen={openDocument} />
    case 'trust':
      return <TrustPage info={info} onEndpoint={() => go({ page: 'endpoint' })} onReview={() => go({ page: 'review' })} onAudit={() => go({ page: 'audit' })} />
    case 'audit':
      return <AuditPage />
    case 'review':
      return <ReviewPage />
    case 'endpoint':
      return <EndpointPage />
    case 'settings':
      return <SettingsPage info={info} />
  }
}
