// Main's own services on a real folder, with a person who types the PIN whenever asked. Everything is the product's but the windows.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TownData } from '@shared/authority/model.ts'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { err, ok } from '@shared/base/result.ts'
import { createCertificateIssuer } from '../../../electron/main/services/certificates.ts'
import { createExportSink } from '../../../electron/main/services/export-sink.ts'
import { createKeyStore } from '../../../electron/main/services/key-store.ts'
import { nodeHost, systemClock } from '../../../electron/main/services/node-host.ts'
import { nodeSinkDisk } from '../../../electron/main/services/node-sink-disk.ts'
import { createObjectStores, type ObjectStore } from '../../../electron/main/services/object-store.ts'
import { createProfile } from '../../../electron/main/services/profile.ts'
import { createReplacedNotes } from '../../../electron/main/services/replaced-notes.ts'
import type { PinCost } from '../../../electron/main/services/seat-file.ts'
import { stateless } from '../../../electron/main/services/testing/stateless.ts'
import { withoutSignIn } from '../../../electron/main/services/testing/without-sign-in.ts'
import { createWorkspaceSession, type SessionDeps, type WorkspaceSession } from '../../../electron/main/services/workspace-session.ts'
import { nameOf, pin } from './roles.ts'

/** Typing the PIN is not what is measured here. */
export const cheapPin: PinCost = { memory: 64, passes: 1, lanes: 1 }

export interface TownInput {
  /** The profile folder: `workspace/` and `objects/` as the application has them. */
  readonly folder: string
  readonly exports: string
  readonly people: readonly string[]
  readonly cost: PinCost
  /** Absent: nobody signs in anywhere. */
  readonly signIn?: SessionDeps['signIn']
}

/** A bench hurries a month's work into minutes: what would stop a person who does that by hand is told beforehand. */
const busyTown: TownData = { ...sampleTown, policies: sampleTown.policies.map((policy) => ({ ...policy, massDocuments: 100_000 })) }

/** Main's services over the folder; the sample town is founded where there is none yet. */
export async function openTown(input: TownInput): Promise<WorkspaceSession> {
  mkdirSync(input.exports, { recursive: true })
  const session = sessionOn(input)
  const status = await session.page.session.status({})
  if (status.ok && status.value.state !== 'empty') return session
  const made = await session.page.setup.createWorkspace({
    kind: 'practice',
    start: 'sample',
    townName: '',
    admin: { familyName: '', givenName: '', reading: '', positionTitle: '' },
    second: null,
    seats: [...input.people],
    pin,
  })
  if (!made.ok) throw new Error(made.error.type)
  return session
}

/** Locks whoever is there and unlocks this person's seat. */
export async function takeSeat(session: WorkspaceSession, person: string): Promise<void> {
  await session.page.session.lock({})
  const locked = await session.page.session.status({})
  const seat = locked.ok && locked.value.state === 'locked' ? locked.value.seats.find((label) => label.name === nameOf(person)) : undefined
  if (!seat) throw new Error(`${person} has no seat`)
  const unlocked = await session.page.session.unlock({ seat: seat.seat, pin })
  if (!unlocked.ok) throw new Error(unlocked.error.type)
}

/** The sealed objects of the town in that folder; null while none was founded. */
export async function storeOfTown({ folder }: TownInput): Promise<ObjectStore | null> {
  const record = await createProfile(nodeHost, join(folder, 'workspace'), null).load()
  return typeof record === 'string' ? null : createObjectStores(folder)(record.workspace)
}

function sessionOn({ folder, exports, cost, signIn = withoutSignIn }: TownInput): WorkspaceSession {
  const profile = createProfile(nodeHost, join(folder, 'workspace'), null)
  return createWorkspaceSession({
    device: stateless,
    signIn,
    host: nodeHost,
    clock: systemClock,
    profile,
    replaced: createReplacedNotes(profile),
    keys: createKeyStore(nodeHost, 'none', null),
    storeOf: createObjectStores(folder),
    issuer: createCertificateIssuer(nodeHost),
    sample: busyTown,
    cost,
    printSheets: async () => new Uint8Array(),
    desk: {
      async ask(_question, check) {
        const answer = await check(pin)
        if (!answer.ok) throw new Error(answer.error.type)
        return ok({ value: answer.value, pdfSha256: null })
      },
      withdraw: () => undefined,
    },
    dialog: { chooseFolder: async () => exports, chooseFile: async () => null },
    paper: { printers: async () => [], print: async () => err({ type: 'PrinterMissing', retry: 'later' }) },
    sink: createExportSink(nodeSinkDisk, nodeHost.random),
    saveFile: async () => true,
    changed: () => undefined,
    isFrozen: () => false, contact: { last: async () => null, away: async () => 0, reach: async () => undefined }, storage: { doubts: () => [], settle: async () => ok(null) },
    isLaneSure: () => true,
    tellLost: () => undefined,
    storages: { placeOf: async () => null, open: () => err({ type: 'StorageAddressUnusable', retry: 'never' }), keep: async () => undefined },
  })
}
