// A book of document wraps on this disk: what comes is united with what is here, whoever wrote it (LG-66).

import { setImmediate } from 'node:timers/promises'
import { equalBytes } from '@shared/base/bytes.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import { emptyBook, parseWrapBook, uniteWrapBooks, wrapBookToBytes } from '@shared/log/wrap-books.ts'
import { fitsName } from '@shared/sync/take-object.ts'
import type { ObjectStore, WriteFailure } from './object-store.ts'

export async function keepBook(store: Pick<ObjectStore, 'get' | 'replace'>, name: string, bytes: Uint8Array): Promise<Result<null, WriteFailure>> {
  const isBook = fitsName({ name, bytes })
  // A book of a large collection takes a moment at each step: whoever else asks main has their turn.
  await setImmediate()
  const come = isBook ? parseWrapBook(bytes) : null
  if (!come) return err({ type: 'ObjectRefused', retry: 'never' })
  const before = await store.get(name)
  const united = wrapBookToBytes(uniteWrapBooks(parseWrapBook(before ?? new Uint8Array()) ?? emptyBook, come))
  return before && equalBytes(united, before) ? ok(null) : store.replace(name, united)
}
