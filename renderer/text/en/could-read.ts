// What somebody could read: before reading is taken from them, and afterwards for whoever has to report it.

import type { couldRead as ja } from '../ja/could-read.ts'

export const couldRead: Readonly<Record<keyof typeof ja, string>> = {
  'couldRead.title': 'What people could read from whom reading was taken',
  'couldRead.lead': 'When a seat or a right is taken away, what could be read until then cannot be taken back. Assume that copies or memories remain.',
  'couldRead.none': 'Nobody’s seat or right was taken away.',
  'couldRead.removed.seat': '{name} (seat taken away, {at})',
  'couldRead.removed.right': '{name} (right taken away, {at})',
  'couldRead.by': 'Taken away by {by}. Reason: {reason}',
  'couldRead.count': 'Documents that could be read: {count, number}. Of these it is written down that they were opened: {opened, number}',
  'couldRead.unread': 'Not counted, because you cannot read them: {names}',
  'couldRead.opened': '{title} (made {at}, opened {opened})',
  'couldRead.records': 'Openings are known as far as their records have arrived here. Where there is none, it may have been read all the same.',
  'couldRead.before': 'Documents that this person could read until now: {count, number} (of these it is written down that they were opened: {opened, number}). Taking it away does not take these back. The list stays under “Devices and trust”.',
  'couldRead.looking': 'What this person could read until now is being looked up.',
}
