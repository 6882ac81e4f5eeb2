// Opening a document is an act and is written down: once for each document and session, several together, so that leafing through
// does not cost a segment a page. It says as which position: the person's first one of that day (P-07).

import { positionsOf } from '@shared/authority/ask.ts'
import type { VaultCore } from './core.ts'
import { documentTable, type DocumentRow } from './document-rows.ts'

const gatherMs = 3000

export interface AccessLog {
  opened(doc: string): void
}

export function createAccessLog(core: VaultCore, wait: (ms: number) => Promise<void>): AccessLog {
  const known = new Set<string>()
  let waiting: string[] = []
  let gathering = false
  const write = async (): Promise<void> => {
    await wait(gatherMs)
    const docs = waiting
    waiting = []
    gathering = false
    const byCollection = new Map<string, string[]>()
    for (const doc of docs) {
      const collection = core.collectionOf(doc)
      if (collection !== null) byCollection.set(collection, [...(byCollection.get(collection) ?? []), doc])
    }
    const position = positionsOf(core.authority(), core.seat.person, core.today())[0]?.id ?? null
    for (const [collection, opened] of byCollection) {
      const written = await core.commit(collection, opened.map((doc) => ({ type: 'document.open', doc, position, body: { revision: revisionOf(core, doc) } })))
      if (!written.ok) for (const doc of opened) known.delete(doc)
    }
  }
  return {
    opened(doc) {
      if (known.has(doc)) return
      known.add(doc)
      waiting.push(doc)
      if (gathering) return
      gathering = true
      void write()
    },
  }
}

function revisionOf(core: VaultCore, doc: string): string | null {
  const row = core.view.row(documentTable, doc)
  return row ? ((row.value as DocumentRow).state.current?.sha256 ?? null) : null
}
