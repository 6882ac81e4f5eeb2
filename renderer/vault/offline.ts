// What a person wants to open here without a connection, as documents and their files: which of them are here whole, how much is
// still to come, and in what order it is to come: what waits for this person first, then the newest.

import { reaches, waitsFor, type DeskOwner } from '@shared/document/desk.ts'
import type { DocumentState } from '@shared/document/state.ts'
import type { BlobRef } from '@shared/log/blob.ts'
import type { OfflineShare, OfflineView } from '../services/view-models.ts'
import { actingOf } from './acting.ts'
import { packsOf } from './content.ts'
import type { VaultCore } from './core.ts'
import { documentTable, volumeTable, type DocumentRow, type VolumeRow } from './document-rows.ts'
import { titleOf } from './views/summary.ts'

/** Every file of a document that a screen, a signature or an export may ask for. */
export function filesOf({ attachments, revisions, rendition }: DocumentState): readonly BlobRef[] {
  return [...(rendition.file ? [rendition.file] : []), ...revisions.flatMap(({ frozen }) => [frozen.pdf, ...frozen.attachments.map(({ blob }) => blob)]), ...attachments.map(({ blob }) => blob)]
}

/** The packs that are to be at hand, those of documents that were given one by one among them (AU-90), in the order in which they are to come. */
export function wantedPacks(core: VaultCore): readonly string[] {
  const owner = ownerOf(core)
  const { mine, volumes, documents } = core.pins.list()
  const isPinned = ({ id, filed }: DocumentState): boolean => documents.includes(id) || (filed !== null && volumes.includes(filed.volume))
  const wanted = documentsOf(core).filter(({ state }) => isPinned(state) || (mine && reaches(state, owner)) || core.keys.partly.includes(state.collection ?? ''))
  const urgent = new Set(wanted.filter(({ state }) => waitsFor(state, owner)))
  const names = wanted
    .toSorted((a, b) => Number(urgent.has(b)) - Number(urgent.has(a)) || (a.updatedAt < b.updatedAt ? 1 : -1))
    .flatMap(({ state }) => [...packsOf(filesOf(state)).keys()])
  return [...new Set(names)].slice(0, mostWanted)
}

export const mostWanted = 50_000

export async function offlineView(core: VaultCore): Promise<OfflineView> {
  const owner = ownerOf(core)
  const { mine, volumes, documents } = core.pins.list()
  const states = documentsOf(core).map(({ state }) => state)
  const share = (of: readonly DocumentState[]): Promise<OfflineShare> => shareOf(core, of)
  return {
    mine: { on: mine, ...(await share(states.filter((state) => reaches(state, owner)))) },
    volumes: await Promise.all(
      volumes.map(async (id) => ({ id, title: (core.view.row(volumeTable, id)?.value as VolumeRow | undefined)?.title ?? '', ...(await share(states.filter(({ filed }) => filed?.volume === id))) })),
    ),
    documents: await Promise.all(
      documents.map(async (id) => {
        const own = states.filter((state) => state.id === id)
        return { id, title: own[0] ? titleOf(own[0]) : '', ...(await share(own)) }
      }),
    ),
  }
}

async function shareOf(core: VaultCore, states: readonly DocumentState[]): Promise<OfflineShare> {
  let missing = 0
  let missingBytes = 0
  let bytes = 0
  for (const state of states) {
    const files = filesOf(state)
    const away = await core.content.away(files)
    bytes += [...packsOf(files).values()].reduce((sum, size) => sum + size, 0)
    missingBytes += away
    if (away > 0) missing += 1
  }
  return { documents: states.length, missing, bytes, missingBytes }
}

function ownerOf(core: VaultCore): DeskOwner {
  const { person, positions, standsFor, away } = actingOf(core)
  return { person, positions: positions.map(({ id }) => id), standsFor, away, now: core.around.clock.now() }
}

function documentsOf(core: VaultCore): readonly DocumentRow[] {
  return core.view.register(documentTable).map((row) => row.value as DocumentRow)
}
