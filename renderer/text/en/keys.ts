// A new key for one document.

import type { keys as ja } from '../ja/keys.ts'

export const keys: Readonly<Record<keyof typeof ja, string>> = {
  'keys.title': 'The key of this document',
  'keys.lead': 'Gives this document a new key, where somebody from whom reading was taken may still hold the old one.',
  'keys.give': 'Give it a new key',
  'keys.given': 'Was given a new key',
  'keys.what': 'Its pages, signatures and attachments are sealed anew under a new key, and so is what is written from now on. Whoever may read the document goes on reading it. Signatures and history stay as they are.',
  'keys.whatNot': 'Pages, signatures and attachments under the old key go off the storage about 30 days after it was made sure that the new ones are there. Records written until now, such as title, text and comments, stay under the old key. What could be read until now cannot be taken back. What is added from now on does not open under the old key.',
  'keys.chooseAll': 'Choose all',
  'keys.giveChosen': 'Give the chosen documents new keys ({count, number})',
  'keys.since': '{said}, given a new key {at}',
  'keys.earlier.there': '{said}, its files under the old key are still on the storage',
  'keys.earlier.gone': '{said}, its files under the old key are gone from the storage',
  'keys.go': 'Give it',
  'keys.giving': 'It is being sealed anew.',
}
