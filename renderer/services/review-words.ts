// The rules of the review of rights, in words.

import type { RolePair } from '@shared/authority/model.ts'
import type { Text } from '../text/translate.ts'

/** Two roles that one person should not hold together, and where. */
export function pairWords(text: Text, { roles: [one, other], within }: Pick<RolePair, 'roles' | 'within'>): string {
  return text('review.rules.pair', { one: text(`review.role.${one}`), other: text(`review.role.${other}`), within: text(`review.rules.within.${within}`) })
}
