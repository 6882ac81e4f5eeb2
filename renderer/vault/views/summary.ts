// One line about a document, for every list. It shows what the register row says and nothing it would have to compute from bodies.

import type { AuthorityState } from '@shared/authority/reduce.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { missingMarks } from '@shared/document/desk.ts'
import type { CoverValue } from '@shared/document/events.ts'
import { receiptOfDocument } from '@shared/document/receipt.ts'
import type { DocumentState, Writer } from '@shared/document/state.ts'
import type { DocumentSummary } from '../../services/view-models.ts'
import type { DocumentRow } from '../document-rows.ts'
import type { Names } from './names.ts'

export interface SummarySources {
  readonly names: Names
  readonly authority: AuthorityState
  /** The title of a volume that is known here. */
  readonly volumeTitle: (id: string) => string | null
  /** Who looks, from which lane (`<seat>.<incarnation>`), and when. */
  readonly viewer: { readonly person: string; readonly lane: string; readonly now: number }
  readonly number: (state: DocumentState) => { readonly number: string | null; readonly awaits: boolean }
}

export function summaryOf({ state, updatedAt }: DocumentRow, { names, authority, volumeTitle, viewer, number: numberOf }: SummarySources): DocumentSummary {
  const { number, awaits } = numberOf(state)
  const flags = coverValue(state, 'flags')
  const chosen = coverValue(state, 'decisionClass')
  const draftedOn = coverValue(state, 'draftedOn')
  return {
    id: state.id,
    title: titleOf(state),
    formCode: authority.forms.get(state.form ?? '')?.code ?? state.form ?? '',
    collection: state.collection ?? '',
    collectionName: names.collection(state.collection),
    stage: state.stage,
    drafterName: state.drafter ? names.person(state.drafter.person) : '',
    drafterPosition: names.position(state.drafter?.position ?? null),
    draftedOn: typeof draftedOn === 'string' && draftedOn !== '' ? draftedOn : state.createdAt ? jstDate(state.createdAt) : '',
    updatedAt,
    waitingFor: waitingFor(state, names),
    decisionClass: classLabel(authority, state.current?.frozen.decisionClass ?? (typeof chosen === 'string' ? chosen : '')),
    urgent: Array.isArray(flags) && flags.includes('urgent'),
    provisionalNumber: provisionalNumber(state.id),
    number,
    awaitsNumber: awaits,
    attachmentCount: (isLiving(state) ? state.attachments : (state.current?.frozen.attachments ?? state.attachments)).length,
    receipt: receiptOfDocument(state, viewer.now),
    awaitsMark: missingMarks(state, viewer).length > 0,
    alsoBy: isLiving(state) ? [...new Set(state.writers.map(({ person }) => person))].filter((person) => person !== viewer.person).map(names.person) : [],
    mergedHere: writersApart(state, viewer.lane).length > 0,
    volumeTitle: state.filed ? volumeTitle(state.filed.volume) : null,
  }
}

/** 甲乙丙 as the town writes them; null while none is chosen. */
function classLabel({ decisionTables }: AuthorityState, code: string): string | null {
  if (code === '') return null
  return [...decisionTables.values()].flatMap(({ classes }) => classes).find((candidate) => candidate.code === code)?.label ?? code
}

/** Those who wrote on a draft that is being written while this lane did, neither knowing of the other; empty for who only looks on. */
export function writersApart(state: DocumentState, lane: string): readonly Writer[] {
  const own = state.writers.find((writer) => writer.lane === lane)
  return isLiving(state) && own?.apart ? state.writers.filter((writer) => writer.lane !== lane && writer.apart) : []
}

/** A colleague's unfinished draft can be read by whoever may read the collection, but it is not put before them until they write on it. */
export function isForOthers({ stage, drafter, writers }: DocumentState, person: string): boolean {
  return drafter?.person === person || writers.some((writer) => writer.person === person) || (stage !== 'draft' && stage !== 'abandoned')
}

/** The frozen title once there is a revision that stands, the one being written otherwise. */
export function titleOf(state: DocumentState): string {
  const frozen = isLiving(state) ? undefined : state.current?.frozen.cover['title']
  const title = frozen ?? coverValue(state, 'title')
  return typeof title === 'string' ? title : ''
}

export function isLiving({ stage }: DocumentState): boolean {
  return stage === 'draft' || stage === 'returned' || stage === 'withdrawn'
}

/** The first of the values that stand; null when nothing was typed. */
export function coverValue(state: DocumentState, field: string): CoverValue | null {
  return state.cover[field]?.values[0] ?? null
}

/** 仮番号 from the unguessable id, so that it needs nobody's counter and is the same everywhere. */
export function provisionalNumber(id: string): string {
  const code = id.replace(/[^0-9a-z]/gi, '').toUpperCase()
  return `仮-${code.slice(0, 3)}-${code.slice(3, 7)}`
}

function waitingFor(state: DocumentState, names: Names): readonly string[] {
  if (state.stage !== 'in-route' || !state.current) return []
  const date = jstDate(state.current.submittedAt)
  return state.current.steps.filter(({ status }) => status === 'open').map((step) => [step.title, names.holders(step.position, date)].filter((part) => part !== '').join(' '))
}
