// What must be known before a workspace can be made, and which sentence is missing where it is not. Pure.

import type { SetupInput } from '../../services/session-api.ts'
import type { TextKey } from '../../text/translate.ts'

export interface SetupDraft {
  readonly kind: 'practice' | 'real'
  readonly start: 'sample' | 'blank'
  readonly townName: string
  readonly familyName: string
  readonly givenName: string
  readonly reading: string
  readonly positionTitle: string
  /** The second administrator of a blank town, or nobody: a trial. */
  readonly second: SecondDraft | null
  readonly seats: readonly string[]
  readonly pin: string
  readonly pinAgain: string
}

export type AdminField = (typeof adminFields)[number]
export type SecondDraft = Readonly<Record<AdminField | 'pin' | 'pinAgain', string>>

export const adminFields = ['familyName', 'givenName', 'reading', 'positionTitle'] as const
export const nobodyYet: SecondDraft = { familyName: '', givenName: '', reading: '', positionTitle: '', pin: '', pinAgain: '' }

/** `second.…` for a field of the second administrator. */
export type SetupField = keyof SetupDraft | `second.${keyof SecondDraft}`
export type SetupGap = { readonly field: SetupField; readonly sentence: TextKey }

export function setupGaps(draft: SetupDraft): readonly SetupGap[] {
  const gaps: SetupGap[] = []
  if (draft.start === 'blank') {
    for (const field of ['townName', ...adminFields] as const) {
      if (draft[field].trim() === '') gaps.push({ field, sentence: `setup.missing.${field}` })
    }
    gaps.push(...secondGaps(draft.second))
  } else if (draft.seats.length === 0) {
    gaps.push({ field: 'seats', sentence: 'setup.missing.seats' })
  }
  if (draft.pin === '') gaps.push({ field: 'pin', sentence: 'setup.missing.pin' })
  else if (draft.pin !== draft.pinAgain) gaps.push({ field: 'pinAgain', sentence: 'setup.pinDiffers' })
  return gaps
}

function secondGaps(second: SecondDraft | null): readonly SetupGap[] {
  if (second === null) return []
  const gaps: SetupGap[] = adminFields.filter((field) => second[field].trim() === '').map((field) => ({ field: `second.${field}`, sentence: `setup.missing.${field}` }))
  if (second.pin === '') gaps.push({ field: 'second.pin', sentence: 'setup.missing.pin' })
  else if (second.pin !== second.pinAgain) gaps.push({ field: 'second.pinAgain', sentence: 'setup.pinDiffers' })
  return gaps
}

/** Names go in exactly as typed, but for white space around them. */
export function setupInput(draft: SetupDraft): SetupInput {
  return {
    kind: draft.kind,
    start: draft.start,
    townName: draft.townName.trim(),
    admin: adminOf(draft),
    second: draft.start === 'blank' && draft.second !== null ? { ...adminOf(draft.second), pin: draft.second.pin } : null,
    seats: draft.start === 'sample' ? draft.seats : [],
    pin: draft.pin,
  }
}

function adminOf({ familyName, givenName, reading, positionTitle }: Readonly<Record<AdminField, string>>): SetupInput['admin'] {
  return { familyName: familyName.trim(), givenName: givenName.trim(), reading: reading.trim(), positionTitle: positionTitle.trim() }
}
