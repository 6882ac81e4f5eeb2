// When whose rights were last used, from the acts that are read here: looked through once, then kept up with what comes. Derived and in
// memory only; nothing is written.

import type { Use, Uses } from '@shared/authority/campaign.ts'
import { changesAuthority } from '@shared/authority/events.ts'
import { needOf } from '@shared/judge/rules.ts'
import type { KnownEvent } from '@shared/log/event.ts'
import { collectionZero, documentHandle } from '@shared/log/names.ts'
import type { VaultCore } from './core.ts'
import { documentTable, volumeTable } from './document-rows.ts'

export interface RightUses {
  /** What is known by now; `null` while it is looked through, which asking for it begins. */
  current(): Uses | null
  /** When somebody last opened a document (milliseconds since 1970 UTC), as far as is known by now; 0: never. */
  opened(doc: string, person: string): number
  /** Once it is looked through. */
  whole(): Promise<Uses>
}

/** `ready` is called when what was asked for is there. */
export function createUses(core: VaultCore, ready: () => void, defect: (thrown: unknown) => void): RightUses {
  const latest = new Map<string, Use>()
  const openings = new Map<string, number>()
  let reading: Promise<void> | null = null
  let isRead = false
  const keep = (key: string, use: Use): void => {
    if ((latest.get(key)?.at ?? 0) < use.at) latest.set(key, use)
  }
  const note = (collection: string, events: readonly KnownEvent[]): void => {
    const isZero = collection === collectionZero
    const given = new Set([...core.authority().documentGranted.values()].filter((grant) => grant.collection === collection).map(({ person, document }) => `${person} ${document}`))
    for (const { event } of events) {
      if (event.type === 'document.open') {
        const key = `${event.person} ${event.doc}`
        openings.set(key, Math.max(event.hlc.ms, openings.get(key) ?? 0))
      }
      const document = given.size > 0 && event.doc !== null ? documentHandle(core.seat.workspace, event.doc) : ''
      for (const role of rolesUsed(event.type, isZero)) {
        const use: Use = { person: event.person, collection: isZero ? null : collection, role, at: event.hlc.ms }
        keep(`${use.person} ${collection} ${role}`, use)
        if (given.has(`${use.person} ${document}`)) keep(`${use.person} ${document} ${role}`, { ...use, document })
      }
    }
  }
  const read = async (): Promise<void> => {
    note(collectionZero, core.view.authority())
    for (const table of [documentTable, volumeTable]) {
      for (const { collection, key } of core.view.register(table)) note(collection, await core.view.documentEvents(collection, key))
    }
    isRead = true
  }
  core.onChange(({ collection, events }) => {
    if (reading) note(collection, events)
  })
  core.onRestart(() => {
    latest.clear()
    openings.clear()
    reading = null
    isRead = false
  })
  const answer = (): Uses => ({ seen: new Set([null, ...core.keys.collections.filter((collection) => collection !== collectionZero)]), latest: [...latest.values()] })
  return {
    current() {
      if (!reading) {
        reading = read()
        reading.then(ready, defect)
      }
      return isRead ? answer() : null
    },
    opened: (doc, person) => openings.get(`${person} ${doc}`) ?? 0,
    async whole() {
      await (reading ??= read())
      return answer()
    },
  }
}

/** Whose right an act needs; what every reader may do says nothing of a wider right. */
function rolesUsed(type: string, isZero: boolean): readonly Use['role'][] {
  const need = needOf(type, isZero)
  if (isZero) return need.kind === 'admin' && changesAuthority(type) ? ['admin'] : []
  if (need.kind !== 'role') return []
  return need.roles.includes('reader') ? ['reader'] : need.roles
}
