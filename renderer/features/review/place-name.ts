// Which documents a right is about, in the language of the screen.

import type { ReviewRow } from '../../services/review-models.ts'
import type { Text } from '../../text/translate.ts'

export function placeName(text: Text, { place, document }: Pick<ReviewRow, 'place' | 'document'>): string {
  if (place === null) return text('review.town')
  const name = text.language === 'ja' ? place.name : place.nameEn
  if (document === null) return name
  return document === '' ? text('sharing.inPlaceUnread', { place: name }) : text('sharing.inPlace', { place: name, title: document })
}
