// Before rights are carried on, made less or taken away: whose they are, what it means, why. The PIN comes in main's own window.

import { type ReactNode, useState } from 'react'
import { CouldReadNote } from '../../services/could-read-note.tsx'
import type { ReviewRow, Role } from '../../services/review-models.ts'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { RadioInput } from '../../ui/choice.tsx'
import { Sheet, Waiting } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { DayInput } from '../../services/day-input.tsx'
import { placeName } from './place-name.ts'

export type Looking = 'keep' | 'reduce' | 'remove'

export interface LookDialogProps {
  readonly kind: Looking
  readonly rows: readonly ReviewRow[]
  /** Roles that every one of them can be made less to. */
  readonly lesser: readonly Role[]
  readonly onClose: () => void
  readonly onDone: () => void
}

const shownNames = 12

export function LookDialog({ kind, rows, lesser, onClose, onDone }: LookDialogProps): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('reviewGrants')
  const [reason, setReason] = useState('')
  const [role, setRole] = useState<Role | 'same'>(lesser[0] ?? 'same')
  const [to, setTo] = useState<string | null | 'unread'>(null)
  const title = text(`review.${kind}.title`, { count: rows.length })
  const isNarrower = to !== 'unread' && (role !== 'same' || to !== null)
  const ready = kind === 'keep' || (reason.trim() !== '' && (kind === 'remove' || isNarrower))
  const go = async (): Promise<void> => {
    const act = kind === 'reduce' ? { kind, role: role === 'same' ? null : role, to: to === 'unread' ? null : to } : { kind }
    if ((await run({ grants: rows.map(({ grant }) => grant), act, reason: reason.trim() })).ok) onDone()
  }
  if (busy) return <Waiting title={title} text={text('council.consent')} />
  return (
    <Sheet
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{text('app.cancel')}</Button>
          <Button kind={kind === 'remove' ? 'danger' : 'strong'} disabled={!ready} onPress={() => void go()}>
            {text('council.propose')}
          </Button>
        </>
      }
    >
      <p>{text(`review.${kind}.lead`)}</p>
      <ul className="review-names">
        {rows.slice(0, shownNames).map((row) => (
          <li key={row.grant}>{text('review.rowName', { name: row.name, place: placeName(text, row), role: text(`review.role.${row.role}`) })}</li>
        ))}
        {rows.length > shownNames && <li>{text('review.more', { count: rows.length - shownNames })}</li>}
      </ul>
      {kind === 'remove' && <CouldReadNote of={{ kind: 'rights', grants: rows.map(({ grant }) => grant) }} />}
      {kind === 'reduce' && (
        <>
          <RadioInput label={text('review.reduce.role')} value={role} onChange={(value) => setRole(value as Role | 'same')} choices={[...lesser.map((one) => ({ value: one, label: text(`review.role.${one}`), note: text(`review.role.${one}.note`) })), { value: 'same', label: text('review.reduce.same') }]} />
          <DayInput label={text('review.reduce.to')} help={text('review.reduce.toHelp')} onChange={setTo} />
        </>
      )}
      <TextInput label={text('council.reason')} requiredMark={kind === 'keep' ? undefined : text('cover.required')} rows={2} value={reason} onChange={setReason} />
      {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
    </Sheet>
  )
}
