// DC-31 which packs of a document nobody needs any more since it got a new key, and which hold the same files since. Whoever holds an
// earlier key reads the former, so they go from storages (SY-130); it takes nothing away itself.

import type { BlobRef } from '../log/blob.ts'
import type { KnownEvent } from '../log/event.ts'
import { packName } from '../log/names.ts'
import { parseDocumentEvent } from './events.ts'
import type { GivenKey } from './state.ts'

/** Names of packs: `kept` holds every file of the document that is in use, `gone` what was sealed under earlier keys and is not. */
export interface ReplacedPacks {
  readonly gone: readonly string[]
  readonly kept: readonly string[]
}

/** `events`: all of the document; `files`: those in use, where they lie now. Null while nothing took the place of anything. */
export function replacedPacks(events: readonly KnownEvent[], keys: readonly GivenKey[], files: readonly BlobRef[]): ReplacedPacks | null {
  const newest = keys.at(-1)?.key
  if (newest === undefined) return null
  const kept = packsIn(files)
  const earlier = packsIn(events.flatMap(filesIn).filter((file) => (file.key ?? null) !== newest))
  const gone = [...earlier].filter((pack) => !kept.has(pack))
  return gone.length === 0 || kept.size === 0 ? null : { gone: gone.sort(), kept: [...kept].sort() }
}

function packsIn(files: readonly BlobRef[]): ReadonlySet<string> {
  return new Set(files.flatMap(({ chunks }) => chunks.map(({ pack }) => packName(pack))))
}

/** Every file that an act of a document names. */
function filesIn({ event }: KnownEvent): readonly BlobRef[] {
  const parsed = parseDocumentEvent(event)
  const act = parsed.ok ? parsed.value : null
  switch (act?.type) {
    case 'draft.attach':
      return [act.body.attachment.blob]
    case 'document.submit':
      return [act.body.revision.pdf, ...act.body.revision.attachments.map(({ blob }) => blob)]
    case 'rendition.append':
      return [act.body.file]
    case 'document.rekey':
      return act.body.files
    default:
      return []
  }
}

/**
 * What is noted of replaced packs, after a look: what was found takes the place of what was noted of the same packs; what is noted of documents
 * that nobody sees here stays; a pack that a file in use needs is replaced no more.
 */
export function withReplaced(noted: readonly ReplacedPacks[], found: readonly ReplacedPacks[], needed: ReadonlySet<string>): readonly ReplacedPacks[] {
  const anew = new Set(found.flatMap(({ gone }) => gone))
  const others = noted.map(({ gone, kept }) => ({ gone: gone.filter((pack) => !anew.has(pack) && !needed.has(pack)), kept }))
  return [...others, ...found].filter(({ gone }) => gone.length > 0)
}
