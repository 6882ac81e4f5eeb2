// What must be known before a device can ask to join. Pure.

import type { TextKey } from '../../text/translate.ts'

export interface JoinDraft {
  readonly name: string
  readonly pin: string
  readonly pinAgain: string
}

export interface JoinGap {
  readonly field: keyof JoinDraft
  readonly sentence: TextKey
}

export function joinGaps(draft: JoinDraft): readonly JoinGap[] {
  const gaps: JoinGap[] = []
  if (draft.name.trim() === '') gaps.push({ field: 'name', sentence: 'join.nameMissing' })
  if (draft.pin === '') gaps.push({ field: 'pin', sentence: 'setup.missing.pin' })
  else if (draft.pin !== draft.pinAgain) gaps.push({ field: 'pinAgain', sentence: 'setup.pinDiffers' })
  return gaps
}
