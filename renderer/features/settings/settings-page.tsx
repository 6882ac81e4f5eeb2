// Settings of this machine and of one's own seat; for admins, the people and who has a seat here.

import { type ReactNode, useState } from 'react'
import type { AppInfo } from '../../services/session-api.ts'
import { useLive, useSession } from '../../services/use-services.tsx'
import { useSettings, useText } from '../../services/use-text.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioInput } from '../../ui/choice.tsx'
import { Message } from '../../ui/message.tsx'
import { AbsencesSection } from './absences-section.tsx'
import { CarrySection } from './carry-section.tsx'
import { NetworkSection } from './network-section.tsx'
import { PeopleList } from './people-list.tsx'
import { PinDialog } from './pin-dialog.tsx'
import { StorageSection } from './storage-section.tsx'
import './settings.css'

const zooms = [0.875, 1, 1.25, 1.5, 2] as const

export function SettingsPage({ info }: { readonly info: AppInfo | null }): ReactNode {
  const text = useText()
  const { settings, save } = useSettings()
  const town = useLive('town', null)
  return (
    <div className="page">
      <header className="page-head">
        <h1>{text('settings.title')}</h1>
      </header>
      <div className="stack">
        <section className="sheet stack" aria-labelledby="settings-look">
          <h2 id="settings-look">{text('settings.look')}</h2>
          <RadioInput
            label={text('settings.language')}
            layout="row"
            value={settings.language}
            onChange={(language) => save({ ...settings, language: language === 'en' ? 'en' : 'ja' })}
            choices={[
              { value: 'ja', label: text('settings.ja') },
              { value: 'en', label: text('settings.en') },
            ]}
          />
          <RadioInput
            label={text('settings.theme')}
            layout="row"
            value={settings.theme}
            onChange={(theme) => save({ ...settings, theme: theme === 'light' || theme === 'dark' ? theme : 'system' })}
            choices={(['system', 'light', 'dark'] as const).map((theme) => ({ value: theme, label: text(`settings.theme.${theme}`) }))}
          />
          <RadioInput
            label={text('settings.zoom')}
            layout="row"
            value={String(settings.zoom)}
            onChange={(zoom) => save({ ...settings, zoom: Number(zoom) })}
            choices={zooms.map((zoom) => ({ value: String(zoom), label: text('pages.zoom', { percent: Math.round(zoom * 100) }) }))}
          />
        </section>
        <AbsencesSection />
        <StorageSection />
        <CarrySection />
        <NetworkSection />
        <OwnSeat />
        {town?.me.isAdmin === true && <PeopleList people={town.people} trial={town.trial} />}
        <section className="sheet stack-s" aria-labelledby="settings-about">
          <h2 id="settings-about">{text('settings.about')}</h2>
          <p>{text('settings.aboutText', { version: info?.version ?? '', electron: info?.electron ?? '', chrome: info?.chrome ?? '' })}</p>
          {info?.testRuntime === true && <p>{text('app.testRuntime', { electron: info.electron })}</p>}
        </section>
      </div>
    </div>
  )
}

function OwnSeat(): ReactNode {
  const text = useText()
  const session = useSession()
  const [asking, setAsking] = useState(false)
  const [changed, setChanged] = useState(false)
  return (
    <section className="sheet stack-s" aria-labelledby="settings-seat">
      <h2 id="settings-seat">{text('settings.seat')}</h2>
      <div className="row">
        <Button
          onPress={() => {
            setChanged(false)
            setAsking(true)
          }}
        >
          {text('settings.changePin')}
        </Button>
        <Button icon="lock" onPress={() => void session.lock()}>
          {text('app.lock')}
        </Button>
      </div>
      {changed && <Message tone="good">{text('settings.pinChanged')}</Message>}
      {asking && <PinDialog onClose={() => setAsking(false)} onChanged={() => setChanged(true)} />}
    </section>
  )
}
