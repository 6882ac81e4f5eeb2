// A draft as somebody types it at a test seat, and what can be read of it at another.

import * as Y from 'yjs'
import { bodyFragment } from '../body-json.ts'
import type { Office } from './memory-office.ts'
import type { TestSeat } from './test-seat.ts'
import { typedUpdate } from './typing.ts'

/** The seat of this person after it began anew on its machine. */
export function inNewLane(office: Office, person: string, incarnation: string): Office {
  return { ...office, founded: { ...office.founded, seats: office.founded.seats.map((seat) => (seat.person === person ? { ...seat, incarnation } : seat)) } }
}

export async function draft(seat: TestSeat, title: string, words: string): Promise<string> {
  const { id } = await seat.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
  await seat.done('setCover', { id, field: 'title', value: title })
  const { clientId } = await seat.done('openBody', { id })
  await seat.done('updateBody', { id, update: typedUpdate(words, clientId) })
  return id
}

export async function titleOf(seat: TestSeat, id: string): Promise<readonly unknown[] | null> {
  return (await seat.ask('document', { id }))?.cover.find(({ field }) => field === 'title')?.values ?? null
}

export async function bodyOf(seat: TestSeat, id: string): Promise<string> {
  const text = new Y.Doc()
  Y.applyUpdateV2(text, (await seat.done('openBody', { id })).state)
  return text.getXmlFragment(bodyFragment).toString().replace(/<[^>]*>/g, '')
}

export async function stateHash(seat: TestSeat): Promise<string> {
  return (await seat.ask('trust', null)).stateHash
}
