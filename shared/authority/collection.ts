// AU-97: what a collection of documents is made for, and which rights may be given together with it.

import { parseAuthorityBody } from './events.ts'
import type { Collection } from './model.ts'

export const collectionKinds = ['section', 'project', 'council'] as const
export type CollectionKind = (typeof collectionKinds)[number]

/** A collection that an administrator makes; those that were founded say neither what they are nor what for. */
export interface NewCollection extends Collection {
  readonly kind: CollectionKind
  readonly purpose: string
}

/** The collection that a `collection.put` makes, where it can be shown whole; null otherwise, and for one whose id is there already. */
export function newCollectionOf(known: ReadonlyMap<string, Collection>, body: unknown): NewCollection | null {
  const made = parseAuthorityBody('collection.put', body) as Partial<NewCollection> | null
  if (!made || typeof made.id !== 'string' || known.has(made.id)) return null
  const { id, name, nameEn, section, kind, purpose } = made
  const isTold = [name, nameEn, purpose].every((text) => typeof text === 'string' && text.trim() !== '' && text.length <= 200)
  return isTold && section === null && kind !== undefined && collectionKinds.includes(kind) ? { id, name, nameEn, section, kind, purpose } as NewCollection : null
}
