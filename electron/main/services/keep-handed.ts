// Keys that were handed to people on this disk: what comes is united with what is here, whoever wrote it (LG-72).

import { equalBytes } from '@shared/base/bytes.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import { parseHandedKeys, uniteHandedKeys } from '@shared/log/handed-keys.ts'
import type { ObjectStore, WriteFailure } from './object-store.ts'

export async function keepHanded(store: Pick<ObjectStore, 'get' | 'replace'>, name: string, bytes: Uint8Array): Promise<Result<null, WriteFailure>> {
  if (!parseHandedKeys(bytes)) return err({ type: 'ObjectRefused', retry: 'never' })
  const before = await store.get(name)
  const united = before ? (uniteHandedKeys(before, bytes) ?? bytes) : bytes
  return before && equalBytes(united, before) ? ok(null) : store.replace(name, united)
}
