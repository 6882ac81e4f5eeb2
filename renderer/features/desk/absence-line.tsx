// On the desk, while somebody is away: whose decisions are made here meanwhile, and that one's own are made elsewhere.

import type { ReactNode } from 'react'
import { useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { formatDate } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'

export function AbsenceLine({ onSettings }: { readonly onSettings: () => void }): ReactNode {
  const text = useText()
  const rows = (useLive('absences', null)?.rows ?? []).filter(({ holds, isMine }) => holds && isMine)
  if (rows.length === 0) return null
  return (
    <Message tone="note" actions={<Button onPress={onSettings}>{text('absence.see')}</Button>}>
      {rows.map(({ id, isAway, positionTitle, holderName, acting, to }) => {
        const until = formatDate(text.language, to)
        if (!isAway && acting !== null) return <p key={id}>{text('absence.deskActing', { position: positionTitle, name: holderName, to: until, acting: acting.title })}</p>
        return <p key={id}>{acting === null ? text('absence.deskAwayNobody', { position: positionTitle, to: until }) : text('absence.deskAway', { position: positionTitle, to: until, acting: text('absence.who', { position: acting.title, name: acting.name }) })}</p>
      })}
    </Message>
  )
}
