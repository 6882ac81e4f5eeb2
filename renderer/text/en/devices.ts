// The town's devices, and reporting one as lost.

import type { devices as ja } from '../ja/devices.ts'

export const devices: Readonly<Record<keyof typeof ja, string>> = {
  'devices.title': 'Devices',
  'devices.lead': 'Devices with a seat in Fumibako. When one is lost or stolen, please report it at once.',
  'devices.name': 'Device of {people} ({id})',
  'devices.here': 'This device',
  'devices.heard': 'Last heard of: {at}',
  'devices.never': 'never',
  'devices.report': 'Report as lost',
  'devices.reportOf': 'Report as lost: {name}',
  'devices.reportTitle': 'Report as lost: {name}',
  'devices.reportLead': 'All seats of this device are taken away and keys are renewed. When the device reaches the storage it sends nothing and erases everything of Fumibako on it. Records that were not sent are lost. A report cannot be taken back; a device that is found joins anew.',
  'devices.reportAdmins': 'Another administrator has a seat on this device. Taking that seat away needs another administrator’s voice. Erasing the device begins with your confirmation alone.',
  'devices.lostSince': 'Reported lost: {at}',
  'devices.lostTitle': 'Lost device: {name}',
  'devices.lostBy': 'Reported by {by} on {at}. Reason: {reason}',
  'devices.lastHeard': 'Last heard of this device: {at}. It says so every four hours, so that documents made up to four hours later may be on it too.',
  'devices.looking': 'What could be read on it is being looked up.',
  'devices.couldRead': 'Documents that could be read on it: {count, number}',
  'devices.unread': 'Not counted, because you cannot read them: {names}',
  'devices.contents': 'Of attachments and pages only those are on it that were opened there or chosen for use without a connection. Which these were cannot be known from another device.',
  'devices.collection': '{name} ({count, number})',
  'devices.document': '{title} ({at})',
  'devices.next': 'Also to be done',
  'devices.nextStorage': 'Where the device had its own access to the storage, stop it there; where it was shared, replace it.',
  'devices.nextAccount': 'End the owner’s sign-in at the town’s identity provider.',
  'devices.nextReport': 'Report to whoever is responsible for information security, with this list.',
}
