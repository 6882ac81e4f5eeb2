// この文書を見せる, as the document's own screen shows it, made by the vault worker.

import type { DocumentRole } from '@shared/authority/model.ts'

export type { DocumentRole }

export interface SharingView {
  /** Whoever sits here was given this document alone; `to`: the last day (ISO civil date). */
  readonly own: { readonly role: DocumentRole; readonly to: string } | null
  /** Names of who reads the documents to which it belongs. */
  readonly readers: readonly string[]
  readonly given: readonly GivenDocument[]
  /** What whoever sits here may give it for; none = nothing. */
  readonly roles: readonly DocumentRole[]
  /** The last day that can be given today, ISO civil date. */
  readonly latest: string
}

export interface GivenDocument {
  readonly grant: string
  readonly name: string
  readonly role: DocumentRole
  readonly reason: string
  /** The last day, ISO civil date. */
  readonly to: string
  /** False once it has lapsed. */
  readonly holds: boolean
  readonly mayTake: boolean
}
