// How much of some documents' content is on this device, in one sentence.

import { formatSize } from '../text/dates.ts'
import type { Text } from '../text/translate.ts'
import type { OfflineShare } from './view-models.ts'

export function offlineWords(text: Text, { documents, missing, bytes, missingBytes }: OfflineShare): string {
  if (documents === 0) return text('offline.none')
  if (missing === 0) return text('offline.here', { documents, size: formatSize(bytes) })
  return text('offline.missing', { documents, missing, size: formatSize(bytes), missingSize: formatSize(missingBytes) })
}
