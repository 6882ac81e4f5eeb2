// Work on many documents: when one seat changes many within an hour.

export const brake = {
  'brake.title': 'Work on many documents',
  'brake.lead': 'One seat can change {limit, number} documents within an hour. The rule is there so that a slip of the hand or a harmful program is noticed early. Beyond that, work stops for the moment; nothing written until then is lost. Where many documents are to be handled, as when filing at the end of the year, it can be confirmed here beforehand.',
  'brake.lifted': 'Until {until}, changing {documents, number} documents is confirmed.',
  'brake.lift': 'Confirm work on many documents',
  'brake.liftLead': 'Enter how many documents will be changed and how long it will take. With your PIN in the next window, that much goes on without a stop. Where work stopped for changes you know nothing of, do not confirm; tell an administrator.',
  'brake.liftGo': 'Confirm',
  'brake.documents': 'Documents to be changed',
  'brake.hours': 'Hours it will take (up to 8)',
  'brake.number': 'Enter a number from 1 to {most, number}.',
  'policy.massDocuments': 'Changing many documents',
  'policy.massDocuments.value': 'Beyond {n, number} documents within an hour, a seat stops until its person confirms with the PIN',
  'policy.massDocuments.input': 'Documents one seat may change within an hour',
  'reason.mass-change': 'This would make {documents, number} documents changed since {since}; the town’s rule is {limit, number} within an hour. It was stopped here. If the work is meant, confirm how many and for how long with your PIN under “Work on many documents” on “State of this device”, then do it again. If you know nothing of it, tell an administrator. Nothing written until then is lost.',
  'brake.heldOwn': 'At your seat more documents were changed within an hour than the town’s rules let by. What went beyond is kept aside and counts on no machine. No record was lost.',
  'brake.heldOther': 'At the seat of {name} more documents were changed within an hour than the town’s rules let by. What went beyond is kept aside and counts on no machine. No record was lost.',
  'brake.heldNext': 'If the work was meant, confirm how many and for how long under “Work on many documents” on “State of this device”, then enter it again. If you know nothing of it, do not enter it again; tell an administrator.',
  'brake.heldAdmin': 'Ask its person whether they changed many documents. If they know nothing of it, the seat can be taken away on this screen.',
  'failure.LiftOutOfRange': 'Enter 1 to {documents, number} documents and 1 to {hours} hours, and give a reason.',
} as const
