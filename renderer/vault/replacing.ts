// SY-130: which packs on this disk a new key took the place of, told to main, which lets them go from the storages. Said of a document only
// when every file of it lies here sealed anew and opens; what is taken for it comes like what is wanted offline.

import { createTurns } from '@shared/base/turns.ts'
import type { DocumentState } from '@shared/document/state.ts'
import type { BlobRef } from '@shared/log/blob.ts'
import { replacedPacks, withReplaced, type ReplacedPacks } from '@shared/document/replaced-content.ts'
import { packsOf } from './content.ts'
import type { VaultCore } from './core.ts'
import { documentTable, type DocumentRow } from './document-rows.ts'
import { unpackHere } from './files.ts'
import { filesOf } from './offline.ts'

export interface Replacing {
  /** Looks through the documents with new keys; one look at a time. */
  run(): Promise<void>
  /** Packs that are to come before something is said. */
  wanted(): readonly string[]
}

export function createReplacing(core: VaultCore): Replacing {
  const inTurn = createTurns()
  let wanted: readonly string[] = []
  const look = async (): Promise<void> => {
    const noted = await core.around.host.content.readReplaced({})
    const rekeyed = core.view.register(documentTable).filter(({ value }) => (value as DocumentRow).state.keys !== undefined)
    if (!noted.ok || (rekeyed.length === 0 && noted.value.documents.length === 0)) return
    const known = new Set(noted.value.documents.map(wordOf))
    const found: ReplacedPacks[] = []
    const lacking: string[] = []
    for (const { key: doc, collection, value } of rekeyed) {
      const one = await replacedIn(core, collection, doc, (value as DocumentRow).state)
      if (!one || (await absentOf(core, one.gone)).length === one.gone.length) continue
      const absent = known.has(wordOf(one)) ? [] : await absentOf(core, one.kept)
      lacking.push(...absent)
      if (absent.length === 0 && (known.has(wordOf(one)) || (await opens(core, collection, doc, filesOf((value as DocumentRow).state))))) found.push(one)
    }
    wanted = lacking
    const next = withReplaced(noted.value.documents, found, inUse(core))
    if (next.map(wordOf).sort().join('\n') !== [...known].sort().join('\n')) await core.around.host.content.keepReplaced({ documents: next.map(({ gone, kept }) => ({ gone: [...gone], kept: [...kept] })) })
  }
  return { run: () => inTurn(look), wanted: () => wanted }
}

/** Null while nothing of the document took the place of anything. */
export async function replacedIn(core: VaultCore, collection: string, doc: string, state: DocumentState): Promise<ReplacedPacks | null> {
  return state.keys ? replacedPacks(await core.view.documentEvents(collection, doc), state.keys, filesOf(state)) : null
}

function wordOf({ gone, kept }: ReplacedPacks): string {
  return `${gone.join()} ${kept.join()}`
}

async function absentOf(core: VaultCore, names: readonly string[]): Promise<readonly string[]> {
  const answer = await core.around.host.content.absent({ names: [...names] })
  return answer.ok ? answer.value.names : names
}

/** Each file from where it lies now, and from nowhere else. */
async function opens(core: VaultCore, collection: string, doc: string, files: readonly BlobRef[]): Promise<boolean> {
  for (const file of new Map(files.map((one) => [one.sha256, one])).values()) if (!(await unpackHere(core, collection, doc, file))) return false
  return true
}

function inUse(core: VaultCore): ReadonlySet<string> {
  const files = core.view.register(documentTable).flatMap(({ value }) => filesOf((value as DocumentRow).state))
  return new Set(packsOf(files).keys())
}
