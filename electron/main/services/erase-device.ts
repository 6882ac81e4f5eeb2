// P-01: this device was called lost. Keys first, then everything of the workspace, then what the page keeps; written down before it begins,
// so that a kill half-way is gone on with at the next start. What had not been sent is gone with it.

import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import type { Clock } from '@shared/base/ports.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import { writeDurably } from './durable-file.ts'
import type { Profile } from './profile.ts'

export interface EraseDeps {
  /** The application's folder. */
  readonly folder: string
  readonly clock: Clock
  readonly profile: Pick<Profile, 'forget' | 'close'>
  /** IndexedDB and whatever else Chromium keeps for the page. */
  readonly clearPages: () => Promise<void>
}

export interface Eraser {
  erase(): Promise<void>
  /** What was begun before the last end is brought to its end. When this device was erased (milliseconds since 1970 UTC), or null. */
  finish(): Promise<number | null>
}

const schema = v.strictObject({ v: v.literal(1), at: v.number(), done: v.boolean() })

export function createEraser({ folder, clock, profile, clearPages }: EraseDeps): Eraser {
  const path = join(folder, 'erased.json')
  const note = (at: number, done: boolean): Promise<void> => writeDurably(path, utf8ToBytes(JSON.stringify({ v: 1, at, done })))
  const eraseAll = async (): Promise<void> => {
    await profile.forget()
    await rm(join(folder, 'objects'), { recursive: true, force: true })
    await clearPages()
  }
  return {
    async erase() {
      const at = clock.now()
      // A full disk is no reason to keep anything.
      await note(at, false).catch(() => undefined)
      // Whatever still measures or counts in the background would begin a profile anew.
      await profile.close()
      await eraseAll()
      await note(at, true)
    },
    async finish() {
      const read = v.safeParse(schema, await readFile(path, 'utf8').then((text): unknown => JSON.parse(text)).catch(() => null))
      if (!read.success) return null
      if (!read.output.done) {
        await eraseAll()
        await note(read.output.at, true)
      }
      return read.output.at
    },
  }
}
