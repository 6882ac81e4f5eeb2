// What crosses between the page and its vault worker: numbered commands and watches one way, answers, values and news the other.
// Only plain values; bytes are moved, not copied, where the sender is done with them.

import type { CommandFailure } from '../services/vault-api.ts'
import type { JobState, Notice } from '../services/view-models.ts'

export type ToVault =
  /** Comes once, with the port to main; later the word that a seat is open. */
  | { readonly kind: 'port' }
  | { readonly kind: 'open' }
  /** What the consent window is told in. */
  | { readonly kind: 'language'; readonly language: 'ja' | 'en' }
  | { readonly kind: 'command'; readonly id: number; readonly name: string; readonly arg: unknown }
  | { readonly kind: 'watch'; readonly id: number; readonly name: string; readonly arg: unknown }
  | { readonly kind: 'unwatch'; readonly id: number }

export type FromVault =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: CommandFailure } }
  | { readonly kind: 'value'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'job'; readonly job: JobState }
  | { readonly kind: 'notice'; readonly notice: Notice }
