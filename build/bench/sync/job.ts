// What the bench asks of the process in which the product's engine runs, and what that process says. Shapes only.

import type { TargetChoice } from '@shared/ipc/contract/sync.ts'
import type { Corpus } from './corpus.ts'

export type Job =
  /** Documents `from`… are saved, `acts` to a segment; the workspace is founded when there is none. */
  | { readonly act: 'save'; readonly folder: string; readonly corpus: Corpus; readonly from: number; readonly documents: number; readonly acts: number }
  /** Another machine of the same workspace that holds nothing yet. */
  | { readonly act: 'join'; readonly folder: string; readonly second: string }
  /** Rounds until all is sent and read. `notes` names the storage's notes: new ones are a storage that was never met. */
  | { readonly act: 'sync'; readonly folder: string; readonly notes: string; readonly target: TargetChoice }
  /** Machines in memory that hold so many small objects: afterwards one asks whether there is something new, as often as it is told to. */
  | { readonly act: 'poll'; readonly target: TargetChoice; readonly objects: number; readonly machines: number }

export interface Saved {
  readonly documents: number
  /** Documents that one segment, with one signature, holds. */
  readonly acts: number
  /** Milliseconds: sealing packs, wraps and events; the gate with its signature; forcing objects to the medium. Sums over all documents. */
  readonly sealMs: number
  readonly commitMs: number
  readonly putMs: number
  readonly ms: number
  /** Bytes of the new objects. */
  readonly bytes: number
}

export interface Synced {
  readonly rounds: number
  /** From the engine's first question to its last answer. */
  readonly ms: number
  readonly sent: number
  readonly received: number
  readonly parcels: number
}
