// A town hall at one machine without windows: main's own services on a real folder, and the vault over them, with a person who
// types the PIN whenever asked. Everything is the product's but the windows, the printer and the database of the page.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { err, ok } from '@shared/base/result.ts'
import { createCertificateIssuer } from '../../../electron/main/services/certificates.ts'
import { createExportSink } from '../../../electron/main/services/export-sink.ts'
import { nodeHost, systemClock } from '../../../electron/main/services/node-host.ts'
import { nodeSinkDisk } from '../../../electron/main/services/node-sink-disk.ts'
import { createObjectStore } from '../../../electron/main/services/object-store.ts'
import { createProfile } from '../../../electron/main/services/profile.ts'
import type { PinCost } from '../../../electron/main/services/seat-file.ts'
import { createWorkspaceSession, type WorkspaceSession } from '../../../electron/main/services/workspace-session.ts'
import type { VaultCommands } from '../../../renderer/services/vault-api.ts'
import type { Surroundings, VaultHost } from '../../../renderer/vault/ports.ts'
import { createVaultService } from '../../../renderer/vault/vault-service.ts'
import { nameOf, pin } from './roles.ts'

export interface OfficeInput {
  /** The profile folder: `workspace/` and `objects/` as the application has them. */
  readonly folder: string
  readonly exports: string
  readonly people: readonly string[]
  readonly cost: PinCost
  readonly print: Surroundings['host']['print']['render']
  readonly font: Surroundings['font']
}

/** One person at the desk: the vault of their open seat. */
export interface Desk {
  done<K extends keyof VaultCommands>(name: K, arg: VaultCommands[K]['arg']): Promise<VaultCommands[K]['value']>
}

export interface Office {
  /** Locks whoever is there and unlocks this person's seat. `wrap` may look at what the vault asks of main. */
  sit(person: string, wrap?: (host: VaultHost) => VaultHost): Promise<Desk>
}

export async function openOffice(input: OfficeInput): Promise<Office> {
  mkdirSync(input.exports, { recursive: true })
  const session = sessionOn(input)
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
  const databases = new Map<string, IDBFactory>()
  return {
    async sit(person, wrap = (host) => host) {
      const name = nameOf(person)
      const status = await session.page.session.status({})
      if (!status.ok || status.value.state === 'empty') throw new Error('no workspace')
      await session.page.session.lock({})
      const locked = await session.page.session.status({})
      const seat = locked.ok && locked.value.state === 'locked' ? locked.value.seats.find((label) => label.name === name) : undefined
      if (!seat) throw new Error(`${person} has no seat`)
      const unlocked = await session.page.session.unlock({ seat: seat.seat, pin })
      if (!unlocked.ok) throw new Error(unlocked.error.type)
      const factory = databases.get(person) ?? new IDBFactory()
      databases.set(person, factory)
      return openDesk(input, wrap({ ...session.vault, print: { render: input.print } } as VaultHost), factory)
    },
  }
}

function sessionOn({ folder, exports, cost }: OfficeInput): WorkspaceSession {
  return createWorkspaceSession({
    host: nodeHost,
    clock: systemClock,
    profile: createProfile(nodeHost, join(folder, 'workspace'), null),
    storeOf: (workspace) => createObjectStore(join(folder, 'objects', 'z1', workspace)),
    issuer: createCertificateIssuer(nodeHost),
    sample: sampleTown,
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
    sink: createExportSink(nodeSinkDisk, nodeHost.random),
    saveFile: async () => true,
    changed: () => undefined,
    isFrozen: () => false,
    isLaneSure: () => true,
    storages: { placeOf: async () => null, open: () => err({ type: 'StorageAddressUnusable', retry: 'never' }), keep: async () => undefined },
  })
}

async function openDesk({ font }: OfficeInput, host: VaultHost, factory: IDBFactory): Promise<Desk> {
  let defect: unknown
  const around: Surroundings = {
    host,
    crypto: nodeHost,
    clock: systemClock,
    wait: async () => undefined,
    font,
    indexedDb: { factory, keyRange: IDBKeyRange as unknown as typeof globalThis.IDBKeyRange },
  }
  const service = createVaultService(around, { language: () => 'ja', job: () => undefined, notice: () => undefined, defect: (thrown) => void (defect = thrown) })
  const opened = await service.open()
  if (!opened.ok) throw new Error(opened.error.type)
  return {
    async done(name, arg) {
      const answer = await service.command(name, arg)
      if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`, { cause: defect })
      return answer.value as never
    },
  }
}
