// What a test seat has instead of a machine: IndexedDB in memory and the shipped fonts from the packages they are taken from.

import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { Surroundings } from '../ports.ts'
import type { TestMachine } from './test-seat.ts'

/** Reads a file of the repository by its path from the root. */
export type ReadFile = (path: string) => Promise<Uint8Array>

/** A machine on which nobody has worked yet. */
export function createTestMachine(read: ReadFile): TestMachine {
  return { indexedDb: { factory: new IDBFactory(), keyRange: IDBKeyRange as unknown as typeof globalThis.IDBKeyRange }, font: shippedFont(read) }
}

const families: Readonly<Record<string, string>> = { BIZUDMincho: 'biz-udmincho', BIZUDPGothic: 'biz-udpgothic', BIZUDGothic: 'biz-udgothic', NotoSansJP: 'noto-sans-jp' }

export function shippedFont(read: ReadFile): Surroundings['font'] {
  return async (file) => {
    const [family = '', weight = ''] = file.replace('.ttf', '').split('_')
    return new Uint8Array(await read(`node_modules/@expo-google-fonts/${families[family]}/${weight}/${file}`))
  }
}
