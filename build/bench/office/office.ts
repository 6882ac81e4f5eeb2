// A town hall at one machine without windows: main's own services on a real folder, and the vault over them. Everything is the
// product's but the windows, the printer and the database of the page.

import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { createContentService } from '../../../electron/main/services/content-service.ts'
import { nodeHost, systemClock } from '../../../electron/main/services/node-host.ts'
import type { VaultCommands } from '../../../renderer/services/vault-api.ts'
import type { Surroundings, VaultHost } from '../../../renderer/vault/ports.ts'
import { createVaultService } from '../../../renderer/vault/vault-service.ts'
import { openTown, storeOfTown, takeSeat, type TownInput } from './town.ts'

export interface OfficeInput extends TownInput {
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
  const session = await openTown(input)
  const content = createContentService({ log: { note: () => undefined, defect: (_where, thrown) => String(thrown) }, engine: () => null, paused: () => true, isOpen: () => true, store: () => storeOfTown(input), came: () => undefined })
  const databases = new Map<string, IDBFactory>()
  return {
    async sit(person, wrap = (host) => host) {
      await takeSeat(session, person)
      const factory = databases.get(person) ?? new IDBFactory()
      databases.set(person, factory)
      return openDesk(input, wrap({ ...session.vault, content: { ...session.vault.content, ...content.vault }, print: { ...session.vault.print, render: input.print } } as VaultHost), factory)
    },
  }
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
