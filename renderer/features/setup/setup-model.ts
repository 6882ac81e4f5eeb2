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
  readonly seats: readonly string[]
  readonly pin: string
  readonly pinAgain: string
}

export type SetupGap = { readonly field: keyof SetupDraft; readonly sentence: TextKey }

export function setupGaps(draft: SetupDraft): readonly SetupGap[] {
  const gaps: SetupGap[] = []
  if (draft.start === 'blank') {
    for (const field of ['townName', 'familyName', 'givenName', 'reading', 'positionTitle'] as const) {
      if (draft[field].trim() === '') gaps.push({ field, sentence: `setup.missing.${field}` })
    }
  } else if (draft.seats.length === 0) {
    gaps.push({ field: 'seats', sentence: 'setup.missing.seats' })
  }
  if (draft.pin === '') gaps.push({ field: 'pin', sentence: 'setup.missing.pin' })
  else if (draft.pin !== draft.pinAgain) gaps.push({ field: 'pinAgain', sentence: 'setup.pinDiffers' })
  return gaps
}

/** Names go in exactly as typed, but for white space around them. */
export function setupInput(draft: SetupDraft): SetupInput {
  return {
    kind: draft.kind,
    start: draft.start,
    townName: draft.townName.trim(),
    admin: { familyName: draft.familyName.trim(), givenName: draft.givenName.trim(), reading: draft.reading.trim(), positionTitle: draft.positionTitle.trim() },
    seats: draft.start === 'sample' ? draft.seats : [],
    pin: draft.pin,
  }
}
