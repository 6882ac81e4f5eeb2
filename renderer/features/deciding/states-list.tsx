// Who did what on which device and in which state, as an exported package and the signatures in the PDF say it too.

import type { ReactNode } from 'react'
import { askedWords, deviceWords, stateWords } from '@shared/posture/device-words.ts'
import { useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { ActStateRow } from '../../services/view-models.ts'
import { formatInstant } from '../../text/dates.ts'

export function StatesList({ id }: { readonly id: string }): ReactNode {
  const text = useText()
  const rows = useLive('actStates', { id }) ?? []
  if (rows.length === 0) return null
  return (
    <details className="side-block">
      <summary>
        <h2>{text('states.title')}</h2>
        <span className="quiet">{text('history.count', { count: rows.length })}</span>
      </summary>
      <p className="small quiet">{text('states.lead')}</p>
      <ol className="history" aria-label={text('states.title')}>
        {rows.map((row) => (
          <StateOf key={row.id} row={row} />
        ))}
      </ol>
    </details>
  )
}

function StateOf({ row }: { readonly row: ActStateRow }): ReactNode {
  const text = useText()
  const { device } = row
  const who = row.positionTitle === null ? row.personName : text('history.who', { position: row.positionTitle, name: row.personName })
  const asked = askedWords(text.language, device)
  return (
    <li>
      <span>{text.code('event', row.type, row.revision === null ? {} : { revision: row.revision })}</span>
      <span className="small quiet">
        {who}　{formatInstant(text.language, row.at)}
      </span>
      <span className="small">{text(row.here ? 'states.here' : 'states.elsewhere', { device: deviceWords(text.language, device) })}</span>
      <span className="small">{device.state === 'sealed' ? text('states.sealed') : stateWords(text.language, device)}</span>
      {asked !== '' && <span className="small">{asked}</span>}
    </li>
  )
}
