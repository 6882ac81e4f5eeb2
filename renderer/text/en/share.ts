// A package that is sealed for somebody outside.

import type { share as ja } from '../ja/share.ts'

export const share: Readonly<Record<keyof typeof ja, string>> = {
  'share.how': 'How it leaves',
  'share.open': 'Open, as it is',
  'share.sealed': 'Sealed, for somebody outside',
  'share.sealedNote': 'One file that opens with a passphrase; whoever gets it needs nothing of Fumibako. Who got it and why stays in a signed record. What was handed over cannot be taken back.',
  'share.to': 'For whom',
  'share.toHelp': 'Stays in the record. For example: Ms Ito, Ito & Partners',
  'share.passphrase': 'Passphrase:',
  'share.once': 'The passphrase is shown here once and kept nowhere. Please write it down and tell it by another way than the file, for example by telephone.',
}
