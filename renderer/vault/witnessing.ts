// Says for this seat that approvals of others have arrived here: those that concern whoever sits here at once, and those that come
// too late for everybody who sees them. Openings and acts of one's own say the same; this is for what nobody has looked at yet.

import type { DocumentState } from '@shared/document/state.ts'
import type { NewEvent } from '@shared/flow/ports.ts'
import type { Change } from '@shared/judge/ports.ts'
import { actingOf } from './acting.ts'
import type { VaultCore } from './core.ts'
import { documentTable, type DocumentRow } from './document-rows.ts'

/** Events of one segment. */
const mostAtOnce = 100

export interface Witnessing {
  /** Everything that is here and waits. */
  all(): Promise<void>
  /** What came in with this change. */
  take(change: Change): Promise<void>
}

export function createWitnessing(core: VaultCore): Witnessing {
  const say = async (docs: readonly string[]): Promise<void> => {
    const { person, positions, hasAccess } = actingOf(core)
    const held = positions.map(({ id }) => id)
    const byCollection = new Map<string, NewEvent[]>()
    for (const doc of docs) {
      const row = core.view.row(documentTable, doc)
      const approvals = row ? arrived((row.value as DocumentRow).state, core.seat.seat, (state) => isConcerned(state, person, held), core.around.clock.now()) : []
      if (!row || approvals.length === 0 || !hasAccess(row.collection, 'document.witness', doc)) continue
      const events = byCollection.get(row.collection) ?? []
      byCollection.set(row.collection, [...events, { type: 'document.witness', doc, position: null, body: { approvals } }])
    }
    for (const [collection, events] of byCollection) {
      for (let at = 0; at < events.length; at += mostAtOnce) await core.commit(collection, events.slice(at, at + mostAtOnce))
    }
  }
  return {
    all: () => say(core.view.register(documentTable).map(({ key }) => key)),
    take: ({ events }) => say([...new Set(events.filter(({ event }) => event.type === 'decision.approve').map(({ event }) => event.doc ?? ''))]),
  }
}

function isConcerned({ drafter, revisions }: DocumentState, person: string, held: readonly string[]): boolean {
  return drafter?.person === person || revisions.some(({ steps }) => steps.some(({ position }) => held.includes(position)))
}

/** Ids of the approvals of other seats that nobody has said to have received. */
function arrived(state: DocumentState, seat: string, concerns: (state: DocumentState) => boolean, now: number): readonly string[] {
  const waiting = state.acts.filter((act) => act.kind === 'approve' && act.witness === 'waiting' && act.seat !== seat)
  const concerned = waiting.length > 0 && concerns(state)
  return waiting.filter(({ witnessBy }) => concerned || (witnessBy !== null && Date.parse(witnessBy) < now)).map(({ event }) => event)
}
