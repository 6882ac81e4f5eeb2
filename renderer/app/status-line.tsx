// One line of true words at the foot of every screen: what is on this disk, what the storage holds, what the vault
// wants said.

import { type ReactNode, useEffect, useState } from 'react'
import { useSaveState } from '../services/save-state.tsx'
import { heardMachines } from '../services/machine-words.ts'
import type { AppInfo, SessionState } from '../services/session-api.ts'
import { usePosture } from '../services/use-posture.ts'
import { syncWords } from '../services/sync-words.ts'
import { useLive, useVault } from '../services/use-services.tsx'
import { useCarry, useSync } from '../services/use-sync.ts'
import { useText } from '../services/use-text.tsx'
import type { Notice } from '../services/view-models.ts'
import { formatDate, formatInstant, formatTime } from '../text/dates.ts'
import { Button } from '../ui/button.tsx'

export function StatusLine(props: { readonly state: Extract<SessionState, { state: 'unlocked' }>; readonly info: AppInfo | null; readonly onEndpoint: () => void }): ReactNode {
  const text = useText()
  const vault = useVault()
  const { pending } = useSaveState()
  const sync = useSync()
  const town = useLive('town', null)
  const silent = sync && town ? heardMachines(sync, town.machines).filter((machine) => machine.silent) : []
  const said = syncWords(sync, useCarry())
  const { unsent, at } = said
  const [longest] = silent
  const key = longest && said.key === 'status.complete' ? 'status.completeSilent' : said.key
  const time = at === null ? '' : formatTime(new Date(at).toISOString())
  const posture = usePosture()
  const toMend = posture?.checks.filter(({ verdict }) => verdict === 'fail').length ?? 0
  const [notice, setNotice] = useState<Notice | null>(null)
  useEffect(() => vault.onNotice(setNotice), [vault])
  return (
    <footer className="status">
      <p role="status" className="status-save">
        {pending > 0 ? text('status.saving') : text(key, { count: key === 'status.completeSilent' ? silent.length : unsent, since: longest ? formatDate(text.language, new Date(longest.at).toISOString()) : '', time, instant: at === null ? '' : formatInstant(text.language, new Date(at).toISOString()) })}
      </p>
      {notice !== null && (
        <p role="status" className="status-notice">
          {text.code('notice', notice.code, notice.facts)}
          <Button kind="quiet" icon="close" label={text('status.dismiss')} onPress={() => setNotice(null)} />
        </p>
      )}
      <span className="grow" />
      {posture !== null && (
        <Button kind="quiet" icon="trust" onPress={props.onEndpoint}>
          {text(toMend > 0 ? 'status.endpointBad' : 'status.endpointGood', { count: toMend })}
        </Button>
      )}
      {props.info?.testRuntime === true && <p className="status-runtime">{text('app.testRuntime', { electron: props.info.electron })}</p>}
      <p>{text('app.version', { version: props.info?.version ?? '' })}</p>
    </footer>
  )
}
