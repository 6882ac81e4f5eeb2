// Whether an act counts at this replica, and why not: set aside by the door, behind the cut of a removal, without a second voice, held
// until its person confirms it, or overtaken by what others did.

import { isOpenAt } from '@shared/authority/votes.ts'
import { counts } from '@shared/judge/counted.ts'
import { isSetAside } from '@shared/judge/forks.ts'
import type { Reason } from '@shared/base/verdict.ts'
import type { KnownEvent } from '@shared/log/event.ts'
import type { AuditRow } from '../services/audit-models.ts'
import type { AuditedAct } from './audit-log.ts'
import type { VaultCore } from './core.ts'
import { documentTable, type DocumentRow } from './document-rows.ts'

type Standing = Pick<AuditRow, 'counts' | 'why'>

const yes: Standing = { counts: 'yes', why: [] }

export async function auditStanding(core: VaultCore): Promise<(act: AuditedAct) => Standing> {
  const authority = core.authority()
  const now = core.around.clock.now()
  const setAside = new Map((await core.view.quarantined()).map(({ name, reasons }) => [name, reasons]))
  const proposals = new Map(authority.proposals.map(({ act }) => [act.known.id, act.known]))
  const words = new Map<string, Standing>()
  for (const { value } of core.view.register(documentTable)) {
    const { state } = value as DocumentRow
    for (const { event, why, type, person, at } of state.conflicts) {
      if (why !== 'confirmed-again') words.set(event, no([{ area: 'notice', code: `conflict.${why}`, facts: { type, act: type.split('.')[1] ?? '', person: authority.people.get(person)?.familyName ?? person, at } }]))
    }
    for (const { held } of state.current?.steps ?? []) if (held) words.set(held.event, { counts: 'waits', why: [reason({ code: 'approval-held' })] })
  }
  return (act) => {
    if (act.seq === 0) return yes
    const aside = setAside.get(act.segment)
    if (aside) return no(aside.map(reason))
    if (act.opened === null && !act.inZero) return { counts: 'unread', why: [] }
    const known = { id: act.id, lane: `${act.lane}/${act.collection}`, seq: act.seq, event: { type: act.type } } as KnownEvent
    if (!counts(known, authority.cuts)) return no([reason({ code: 'behind-cut' })])
    if (isSetAside(core.view.knownForks(), known)) return no([reason({ code: 'lane-forked' })])
    const proposed = proposals.get(act.id)
    if (proposed) return isOpenAt(proposed, now) ? { counts: 'waits', why: [reason({ code: 'second-voice' })] } : no([reason({ code: 'voice-never-came' })])
    if (authority.withdrawn.has(act.id)) return no([reason({ code: 'proposal-withdrawn' })])
    return words.get(act.id) ?? yes
  }
}

function no(why: AuditRow['why']): Standing {
  return { counts: 'no', why }
}

/** Every kind of lie of a header reads the same: what was sealed is not what was declared. */
function reason({ code, facts = {} }: Reason): AuditRow['why'][number] {
  return { area: 'reason', code: code.startsWith('header-lies-') ? 'acts-differ' : code, facts: facts as Readonly<Record<string, string | number>> }
}
