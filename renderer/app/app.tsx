// Decides which of the great states is on screen: first run, the recovery sheets, locked, or at work. Holds nothing else.

import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import { RecoverySheetsPage } from '../features/setup/recovery-sheets-page.tsx'
import { FirstRun } from '../features/setup/first-run.tsx'
import { JoinAgain } from '../features/setup/join-again.tsx'
import { SealedPage } from '../features/unlock/sealed-page.tsx'
import { UnlockPage } from '../features/unlock/unlock-page.tsx'
import type { AppInfo, RecoverySheets, SessionState, Settings } from '../services/session-api.ts'
import { SessionProvider } from '../services/use-services.tsx'
import { SettingsProvider, TextProvider } from '../services/use-text.tsx'
import { createText } from '../text/translate.ts'
import type { Services } from './compose.ts'
import { FileNotice } from './file-notice.tsx'
import { Office } from './office.tsx'
import { useAppearance } from './use-appearance.ts'
import './app.css'

const firstSettings: Settings = { language: 'ja', theme: 'system', zoom: 1 }

export function App(props: { readonly services: Services }): ReactNode {
  const { session } = props.services
  const [state, setState] = useState<SessionState | null>(null)
  const [info, setInfo] = useState<AppInfo | null>(null)
  const [settings, setSettings] = useState<Settings | null>(null)
  const [sheets, setSheets] = useState<RecoverySheets | null>(null)
  const [rejoining, setRejoining] = useState(false)
  const [broken, setBroken] = useState(false)
  if (broken) throw new Error('defect: main does not answer the page')

  useEffect(() => {
    const end = session.onState((next) => {
      setState(next)
      setRejoining(false)
    })
    const start = async (): Promise<void> => {
      setSettings(await session.settings())
      setInfo(await session.info())
      setState(await session.status())
    }
    start().catch(() => setBroken(true))
    return end
  }, [session])

  const save = useCallback(
    (next: Settings) => {
      setSettings(next)
      void session.saveSettings(next)
    },
    [session],
  )
  const shown = settings ?? firstSettings
  const text = useMemo(() => createText(shown.language), [shown.language])
  const handle = useMemo(() => ({ settings: shown, save }), [shown, save])
  useAppearance(shown)

  const ready = state !== null && settings !== null
  return (
    <I18nProvider locale={shown.language === 'ja' ? 'ja-JP' : 'en-GB'}>
      <SessionProvider session={session}>
        <SettingsProvider handle={handle}>
          <TextProvider text={text}>
            <div className="app">
              {!ready && <Starting text={text('app.starting')} />}
              {ready && sheets !== null && <RecoverySheetsPage sheets={sheets} onDone={() => setSheets(null)} />}
              {ready && sheets === null && state.state === 'empty' && <FirstRun keystore={state.keystore} erasedAt={info?.erasedAt ?? null} onCreated={setSheets} />}
              {ready && sheets === null && state.state === 'sealed' && (rejoining ? <JoinAgain onBack={() => setRejoining(false)} /> : <SealedPage keystore={state.keystore} onRejoin={() => setRejoining(true)} />)}
              {ready && sheets === null && state.state === 'locked' && (rejoining ? <JoinAgain onBack={() => setRejoining(false)} /> : <UnlockPage state={state} info={info} onRejoin={() => setRejoining(true)} />)}
              {ready && sheets === null && state.state === 'unlocked' && <Office key={state.seat.seat} state={state} info={info} openVault={props.services.vault} />}
              <FileNotice />
            </div>
          </TextProvider>
        </SettingsProvider>
      </SessionProvider>
    </I18nProvider>
  )
}

function Starting(props: { readonly text: string }): ReactNode {
  return (
    <main className="gate" aria-busy="true">
      <p role="status">{props.text}</p>
    </main>
  )
}
