// The line: pausing, metered lines, limits, and what the foot of every screen says of them.

import type { line as ja } from '../ja/line.ts'

export const line: Readonly<Record<keyof typeof ja, string>> = {
  'status.pausedUntil': 'Saved on this device · sending and fetching is paused until {time} ({count, number} not sent)',
  'status.heldBack': 'Saved on this device · documents are held back on a metered line ({count, number} not sent)',

  'storage.pauseHour': 'Pause for an hour',
  'storage.pausedUntil': 'Sending and fetching is paused until {time}. It goes on by itself then.',
  'storage.pausedUntilResumed': 'Sending and fetching is paused. Nothing is sent until you press Go on.',
  'storage.heldBack': 'Documents are held back on a metered line. Waiting at the storage: {size}. Send and fetch now does it once.',

  'line.title': 'Line',
  'line.metered': 'Move no documents on a metered line',
  'line.meteredHelp': 'Meanwhile it is only asked whether there is something new.',
  'line.metered.never': 'Always send and fetch',
  'line.metered.told': 'Hold back when the device says that the line is metered',
  'line.metered.always': 'Hold back on this line',
  'line.told.yes': 'This line is metered.',
  'line.told.no': 'This line is not metered.',
  'line.told.unknown': 'This device cannot tell whether the line is metered. To hold back, choose "Hold back on this line".',
  'line.up': 'Send at most',
  'line.down': 'Fetch at most',
  'line.noLimit': 'No limit',
  'line.limit': '{kilobytes, number} KB a second',
}
