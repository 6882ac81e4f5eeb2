// 保留: everything of one's own that does not count, on top of the desk: why, and the one way on for each.

import type { ReactNode } from 'react'
import type { HeldRow } from '../../services/held-models.ts'
import { useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { formatInstant } from '../../text/dates.ts'
import type { Text } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'

export interface HeldSectionProps {
  readonly onOpen: (id: string) => void
  readonly onTrust: () => void
}

export function HeldSection({ onOpen, onTrust }: HeldSectionProps): ReactNode {
  const text = useText()
  const rows = useLive('held', null) ?? []
  if (rows.length === 0) return null
  return (
    <section className="desk-group desk-held stack-s" aria-labelledby="desk-held">
      <h2 id="desk-held" className="section-title">
        {text('held.title')}
        <span className="desk-count">{text('desk.count', { count: rows.length })}</span>
      </h2>
      <p className="quiet">{text('held.lead')}</p>
      {rows.map((row, i) => (
        <Message key={i} tone="warn" title={titleOf(text, row)} actions={<WayOn row={row} onOpen={onOpen} onTrust={onTrust} />}>
          {whyOf(text, row)}
        </Message>
      ))}
    </section>
  )
}

function WayOn({ row, onOpen, onTrust }: HeldSectionProps & { readonly row: HeldRow }): ReactNode {
  const text = useText()
  if ('doc' in row) return <Button onPress={() => onOpen(row.doc)}>{text(row.why === 'late' ? 'held.confirm' : 'held.open')}</Button>
  return <Button onPress={onTrust}>{text('held.trust')}</Button>
}

function titleOf(text: Text, row: HeldRow): string {
  if (!('doc' in row)) return text(`held.${row.why}`, { count: row.count })
  const title = row.title === '' ? text('document.untitled') : row.title
  return text(row.why === 'late' ? 'held.lateTitle' : 'held.refusedTitle', { title })
}

function whyOf(text: Text, row: HeldRow): string {
  if (row.why === 'late') return text('held.late', { at: formatInstant(text.language, row.at), known: row.until === null ? 'no' : 'yes', until: row.until === null ? '' : formatInstant(text.language, row.until) })
  if (row.why !== 'refused') return text(row.here ? 'held.aside' : 'held.asideElsewhere')
  const act = text('held.act', { at: formatInstant(text.language, row.at), act: text.code('event', row.type) })
  return [act, text.code('reason', row.reason.code, row.reason.facts), text('held.again')].join(text.language === 'ja' ? '' : ' ')
}
