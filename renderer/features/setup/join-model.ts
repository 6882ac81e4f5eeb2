// What must be known before a device can ask to join. Pure.

import type { TextKey } from '../../text/translate.ts'

export interface JoinDraft {
  readonly name: string
  readonly pin: string
  readonly pinAgain: string
  readonly user: string
  readonly secret: string
}

export interface JoinGap {
  readonly field: keyof JoinDraft
  readonly sentence: TextKey
}

/** What the storage wants typed; null where it lets in whoever can see it. */
export function accessWords(storage: Readonly<Record<string, string | boolean>>): { readonly user: TextKey; readonly secret: TextKey } | null {
  if (storage['kind'] === 'webdav') return { user: 'storage.user', secret: 'storage.password' }
  return storage['kind'] === 's3' ? { user: 'storage.accessKey', secret: 'storage.secretKey' } : null
}

export function joinGaps(draft: JoinDraft, asksAccess: boolean): readonly JoinGap[] {
  const gaps: JoinGap[] = []
  if (draft.name.trim() === '') gaps.push({ field: 'name', sentence: 'join.nameMissing' })
  if (draft.pin === '') gaps.push({ field: 'pin', sentence: 'setup.missing.pin' })
  else if (draft.pin !== draft.pinAgain) gaps.push({ field: 'pinAgain', sentence: 'setup.pinDiffers' })
  if (asksAccess && draft.user.trim() === '') gaps.push({ field: 'user', sentence: 'join.userMissing' })
  if (asksAccess && draft.secret === '') gaps.push({ field: 'secret', sentence: 'join.secretMissing' })
  return gaps
}
