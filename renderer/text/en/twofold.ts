// Where a seat was used at two places at once, in English.

import type { twofold as ja } from '../ja/twofold.ts'

export const twofold: Readonly<Record<keyof typeof ja, string>> = {
  'status.twofold': 'Saved on this device · records of a seat used in two places at once have arrived; see Devices and trust',
  'twofold.arrived': 'Two records of the same number have arrived',
  'twofold.title': 'Seats used in two places at once',
  'twofold.leftTitle': 'Records kept aside',
  'twofold.own': 'Your seat was used on two machines at once, one of them a copy. There are two records of the same steps, so what was done at this seat from there on counts on no machine. Nothing was removed.',
  'twofold.other': 'The seat of {name} was used on two machines at once, one of them a copy. There are two records of the same steps, so what was done at that seat from there on counts on no machine. Nothing was removed.',
  'twofold.held': 'Steps kept aside: {count, number}',
  'twofold.adopt': 'Enter them again as mine ({count, number})',
  'twofold.adoptHint': 'Drafts and circulation are then as they were. Decisions and whatever else asks for confirmation are not entered again: open the document and do them once more. If there is a step you do not know of, do not enter it; tell an administrator.',
  'twofold.ownNext': 'If you copied this machine or put it back to an earlier state, use only one from now on. If not, tell an administrator.',
  'twofold.adminNext': 'Ask the person whether there is a copy of the machine. If nobody knows of one, report the device as lost under Devices below: all its seats are taken away, and copy and original are erased when they reach the storage. The machine joins anew.',
  'twofold.otherNext': 'When the person enters them again, they count. If in doubt, tell an administrator.',
  'twofold.leftOwn': 'A record of your seat was lost, so what was done at this seat after it is kept aside. What you enter again counts. Nothing was removed.',
  'twofold.leftOther': 'A record of the seat of {name} was lost, so what was done at that seat after it is kept aside. What the person enters again counts. Nothing was removed.',
  'twofold.leftNext': 'Decisions, official numbers and whatever else cannot be entered again: do them once more.',
  'lost.title': 'Records that were lost, and yours',
  'lost.text': 'This machine was put back to an earlier state, and a record of your seat is not on it. The {count, number} later records wait for it and count on no machine.',
  'lost.wait': 'If there is a machine or a USB stick that has not been synchronised yet, do that first. If the record is found, everything is as it was without anything more.',
  'lost.hint': 'If it is nowhere, confirm with the PIN and enter the later records again. Drafts and circulation are then as they were. Decisions, official numbers and whatever else asks for confirmation: do them once more. The lost record itself does not come back.',
  'lost.leave': 'Wait no more and enter the later ones again',
  'lost.unproven': 'Of {count, number} records the proof of the signature was lost as well. Nobody can tell that they are yours, so they count on no machine and cannot be entered again. Please write again what is needed.',
  'lost.asking': 'Please type the PIN in the confirmation window.',
}
