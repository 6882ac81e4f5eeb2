// What of one's own is held, in one place.

export const held = {
  'held.title': 'What you did that is held',
  'held.lead': 'It is kept, but does not count yet. It will once each is put right as it says.',
  'held.lateTitle': 'Approval: {title}',
  'held.late': 'Your approval of {at}. It is held because no other seat received it {known, select, yes {by {until}} other {in time}}. Open the document and confirm it once more.',
  'held.refusedTitle': 'Not let in: {title}',
  'held.act': 'Of {at}: {act}.',
  'held.again': 'Open the document and do it again.',
  'held.twofold': 'From a seat that was used in two places at once ({count, number})',
  'held.left': 'After a record that was lost ({count, number})',
  'held.braked': 'Beyond the number of documents within an hour ({count, number})',
  'held.aside': 'Kept aside and counted on no machine. Look at it under “Device and trust”, and enter it again if it was you.',
  'held.asideElsewhere': 'Done at your seat on another machine, kept aside and counted on no machine. Open the seat there and enter it again under “Device and trust”.',
  'held.confirm': 'Open and confirm again',
  'held.open': 'Open the document',
  'held.trust': 'See “Device and trust”',
} as const
