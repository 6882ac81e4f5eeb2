// Printing of a document.

import type { printing as ja } from '../ja/printing.ts'

export const printing: Readonly<Record<keyof typeof ja, string>> = {
  'act.print': 'Print',
  'print.title': 'Print',
  'print.lead': 'Prints the pages of “{title}” with their marks, as they lie on this device.',
  'print.printer': 'Printer',
  'print.choose': 'Choose one',
  'print.reason': 'Why it is printed',
  'print.reasonHelp': 'Stays on record. For example: to be shown at the counter, papers of a meeting',
  'print.none': 'This device has no printer that can be used. Add one in the settings of the device, then look again.',
  'print.again': 'Look again',
  'print.do': 'Print',
  'print.waiting': 'It is being printed.',
  'print.failed': 'It could not be printed',
  'print.done': 'It was sent to “{printer}”.',
  'print.after': 'Who printed it, when and why is on record. Whether the paper came out is seen at the printer. What happens to the paper Fumibako does not see.',
  'failure.PrinterMissing': 'That printer is not found. See whether it is connected and choose again. The printing is on record.',
  'failure.PrintFailed': 'It could not be sent to the printer. See what the printer says and print again. The printing is on record.',
}
