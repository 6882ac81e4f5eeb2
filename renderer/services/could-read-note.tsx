// Before reading is taken from somebody: how much they could read, and that it cannot be taken back.

import type { ReactNode } from 'react'
import { Message } from '../ui/message.tsx'
import type { CouldRead, CouldReadOf } from './trust-models.ts'
import { useLive } from './use-services.tsx'
import { useText } from './use-text.tsx'

export function CouldReadNote({ of }: { readonly of: CouldReadOf }): ReactNode {
  const text = useText()
  const found = useLive('couldRead', of)
  return (
    <Message tone="note">
      {found === undefined || found === null || !found.usesKnown ? text('couldRead.looking') : text('couldRead.before', countsOf(found))}
      {found && found.unread.length > 0 ? ` ${text('couldRead.unread', { names: text.list(found.unread) })}` : ''}
    </Message>
  )
}

export function countsOf({ collections }: Pick<CouldRead, 'collections'>): { readonly count: number; readonly opened: number } {
  const documents = collections.flatMap((collection) => collection.documents)
  return { count: documents.length, opened: documents.filter(({ opened }) => opened !== null).length }
}
