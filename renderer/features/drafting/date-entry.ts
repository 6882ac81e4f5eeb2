// A typed date to ISO: the reading of eras, widths and numerals is the domain's. Null where it is no day there is.

import { parseWareki } from '@shared/base/wareki.ts'

export function parseDateEntry(typed: string): string | null {
  const read = parseWareki(typed)
  return read.ok ? read.value.date : null
}
