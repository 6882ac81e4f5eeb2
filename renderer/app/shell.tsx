// The frame around every screen: where one can go, who sits here, search, palette, lock, and the status line with the true words
// about what is saved and sent.

import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { AppInfo, SessionState } from '../services/session-api.ts'
import { useSession } from '../services/use-services.tsx'
import { useText } from '../services/use-text.tsx'
import type { TextKey } from '../text/translate.ts'
import { Button } from '../ui/button.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import type { Asking } from './dialogs.tsx'
import { Palette } from './palette.tsx'
import type { Route } from './routes.ts'
import { SearchBox } from './search-box.tsx'
import { StatusLine } from './status-line.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import './shell.css'

export interface ShellProps {
  readonly state: Extract<SessionState, { state: 'unlocked' }>
  readonly info: AppInfo | null
  readonly here: Route
  readonly mayGoBack: boolean
  readonly go: (route: Route) => void
  readonly back: () => void
  readonly ask: (asking: Asking) => void
  readonly children: ReactNode
}

const places: readonly { readonly route: Route; readonly name: TextKey; readonly icon: IconName }[] = [
  { route: { page: 'desk' }, name: 'nav.desk', icon: 'desk' },
  { route: { page: 'cabinet' }, name: 'nav.cabinet', icon: 'cabinet' },
  { route: { page: 'register' }, name: 'nav.register', icon: 'list' },
  { route: { page: 'numbers' }, name: 'nav.numbers', icon: 'number' },
  { route: { page: 'trust' }, name: 'nav.trust', icon: 'trust' },
  { route: { page: 'settings' }, name: 'nav.settings', icon: 'settings' },
]

export function Shell(props: ShellProps): ReactNode {
  const text = useText()
  const session = useSession()
  const main = useRef<HTMLElement>(null)
  const [palette, setPalette] = useState(false)
  const shown = useRef('')
  const place = JSON.stringify(props.here)
  const query = props.here.page === 'search' ? props.here.query : ''
  const lock = (): void => void session.lock()
  useShortcuts({ palette: () => setPalette(true), back: props.back, lock })

  useEffect(() => {
    if (shown.current === place) return
    shown.current = place
    main.current?.focus({ preventScroll: true })
    main.current?.scrollTo(0, 0)
  }, [place])

  return (
    <div className="shell">
      <header className="rail">
        <p className="brand">
          <span className="brand-mark" aria-hidden="true" />
          <span className="brand-words">
            <span className="brand-name">{text('app.name')}</span>
            <span className="brand-town">{props.state.workspace.townName}</span>
          </span>
        </p>
        <nav className="rail-nav" aria-label={text('nav.label')}>
          {places.map((item) => (
            <button key={item.name} type="button" className="rail-link" aria-current={isWithin(props.here, item.route) ? 'page' : undefined} onClick={() => props.go(item.route)}>
              <Icon name={item.icon} />
              <span>{text(item.name)}</span>
            </button>
          ))}
        </nav>
        <div className="rail-seat">
          <p className="rail-person">
            <span className="rail-name">{props.state.seat.name}</span>
            <span className="rail-positions">{text.list(props.state.seat.positions)}</span>
          </p>
          <button type="button" className="rail-link" onClick={lock}>
            <Icon name="lock" />
            <span>{text('app.lock')}</span>
          </button>
        </div>
      </header>
      <div className="stage">
        <section className="top-block" aria-label={text('app.tools')}>
          {props.state.workspace.kind === 'practice' && <p className="practice">{text('app.practice')}</p>}
          <div className="top">
            <Button kind="quiet" icon="back" label={text('app.back')} disabled={!props.mayGoBack} onPress={props.back} />
            <SearchBox key={query} query={query} onSearch={(query) => props.go({ page: 'search', query })} />
            <Button kind="quiet" icon="command" onPress={() => setPalette(true)}>
              {text('palette.open')}
            </Button>
          </div>
        </section>
        <main className="main" ref={main} tabIndex={0} aria-label={text('app.main')}>
          {props.children}
        </main>
        <StatusLine state={props.state} info={props.info} onEndpoint={() => props.go({ page: 'endpoint' })} />
      </div>
      {palette && <Palette go={props.go} ask={props.ask} lock={lock} close={() => setPalette(false)} />}
    </div>
  )
}

function isWithin(here: Route, place: Route): boolean {
  return here.page === place.page || (here.page === 'volume' && place.page === 'cabinet') || ((here.page === 'endpoint' || here.page === 'review' || here.page === 'audit') && place.page === 'trust')
}
