// Where a seat was used at two places at once, in English.

import type { twofold as ja } from '../ja/twofold.ts'

export const twofold: Readonly<Record<keyof typeof ja, string>> = {
  'status.twofold': 'Saved on this device · records of a seat used in two places at once have arrived; see Devices and trust',
  'twofold.arrived': 'Two records of the same number have arrived',
  'twofold.title': 'Seats used in two places at once',
  'twofold.own': 'Your seat was used on two machines at once, one of them a copy. There are two records of the same steps, so what was done at this seat from there on counts on no machine. Nothing was removed.',
  'twofold.other': 'The seat of {name} was used on two machines at once, one of them a copy. There are two records of the same steps, so what was done at that seat from there on counts on no machine. Nothing was removed.',
  'twofold.held': 'Steps kept aside: {count, number}',
  'twofold.adopt': 'Enter them again as mine ({count, number})',
  'twofold.adoptHint': 'Drafts and circulation are then as they were. Decisions and whatever else asks for confirmation are not entered again: open the document and do them once more. If there is a step you do not know of, do not enter it; tell an administrator.',
  'twofold.ownNext': 'If you copied this machine or put it back to an earlier state, use only one from now on. If not, tell an administrator.',
  'twofold.adminNext': 'Ask the person whether there is a copy of the machine. If nobody knows of one, take the seat away under Seats below and add the machine anew.',
  'twofold.otherNext': 'When the person enters them again, they count. If in doubt, tell an administrator.',
}
