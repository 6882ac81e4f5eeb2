// One document as a screen shows it: summary, cover sheet, steps with their marks, what may be done, what happened.

import { jstDate } from '@shared/base/civil-date.ts'
import { absencesFrom } from '@shared/authority/absences.ts'
import { seatOf } from '@shared/authority/cut.ts'
import type { FormDefinition } from '@shared/authority/model.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { holdsOn } from '@shared/base/in-force.ts'
import type { Reason } from '@shared/base/verdict.ts'
import { receiptOf } from '@shared/document/receipt.ts'
import { raisedClass, senderLine } from '@shared/document/route.ts'
import { successorsOf } from '@shared/document/succession.ts'
import type { DocumentState, StepState } from '@shared/document/state.ts'
import { laneName } from '@shared/document/texts.ts'
import { compareForDisplay, type KnownEvent } from '@shared/log/event.ts'
import { collectionHandle, segmentName } from '@shared/log/names.ts'
import { counts } from '@shared/judge/counted.ts'
import { isNumberCut } from '@shared/judge/number-acts.ts'
import { isNumberActType } from '@shared/numbers/events.ts'
import { writeNumber } from '@shared/numbers/series.ts'
import type { AttachmentView, CoverValue, DocumentView, MissingField, Notice, StepView } from '../../services/view-models.ts'
import { actingOf, type Acting } from '../acting.ts'
import type { VaultCore } from '../core.ts'
import { documentTable, type DocumentRow } from '../document-rows.ts'
import { actViews } from './act-views.ts'
import { wantedSeries, awaitsNumber } from '../numbering.ts'
import { historyOf } from './history.ts'
import { namesOf, type Names } from './names.ts'
import { numberActsOf, numberFacts } from './numbers-view.ts'
import { sharingView } from './sharing-view.ts'
import { summarySources } from './sources.ts'
import { isLiving, summaryOf, titleOf, writersApart } from './summary.ts'

/** Null for a document that is not known or not readable here. */
export async function documentView(core: VaultCore, id: string): Promise<DocumentView | null> {
  const row = core.view.row(documentTable, id)
  if (!row) return null
  const value = row.value as DocumentRow
  const { state } = value
  const acting = actingOf(core)
  const names = namesOf(acting.authority)
  const sources = summarySources(core)
  const form = formOf(core, state)
  const missing = missingFields(form, state)
  const events = await core.eventsOf(id)
  return {
    summary: summaryOf(value, sources),
    ownRecord: ownRecordOf(core, row.collection, events),
    form,
    cover: coverOf(state, names),
    missing,
    attachments: attachmentsOf(state),
    steps: (state.current?.steps ?? []).map((step) => stepView(step, state, acting.authority, sources.viewer.now)),
    acts: actViews({ state, now: sources.viewer.now, collection: row.collection, acting, unready: unreadyReasons(state, missing), numberAtHand: numberAtHand(core, state), numbered: core.numbers().numberOf.has(id) }),
    history: historyOf(events, { names, volumeTitle: sources.volumeTitle, hasEffect: (known) => (isNumberActType(known.event.type) ? !isNumberCut(acting.authority.cuts, known) : counts(known, acting.authority.cuts)), numbers: numberActsOf(core, id) }),
    mayWrite: state.stage === 'draft' && acting.reasons(state, row.collection, { type: 'draft.body' }, null).length === 0,
    together: writersApart(state, core.seat.lane).map(({ person, at }) => ({ name: names.person(person), isSelf: person === core.seat.person, at })),
    textsFromElsewhere: events.filter(({ event, lane }) => event.type === 'draft.body' && !lane.startsWith(`${core.seat.lane}/`)).length,
    conflicts: [...conflictsOf(state, names), ...lostNumbers(core, id)],
    ...classOf(state, acting),
    senderLine: senderOf(acting),
    revision: state.current?.frozen.n ?? null,
    frozenSha256: state.current?.sha256 ?? null,
    ...relatives(core, state),
    rung: state.rendition.file ? 'untimed' : 'none',
    hasPages: state.current !== null,
    sharing: sharingView(core, state, row.collection),
    keys: { may: acting.hasAccess(row.collection, 'document.rekey'), given: (state.keys ?? []).map(({ event, person, at, reason }) => ({ event, at, reason, name: names.person(person) })) },
  }
}

/** Looking and having received is nothing that anybody waits for. */
const silentTypes: ReadonlySet<string> = new Set(['document.open', 'document.print', 'document.export', 'document.witness'])

function ownRecordOf({ seat }: VaultCore, collection: string, events: readonly KnownEvent[]): string | null {
  const own = events.filter(({ event, lane }) => seatOf(lane) === seat.seat && !silentTypes.has(event.type)).toSorted(compareForDisplay).at(-1)
  return own ? segmentName(collectionHandle(seat.genesis, collection), laneName(own.lane), own.seq) : null
}

function numberAtHand(core: VaultCore, state: DocumentState): boolean {
  return numberFacts(core, state.id, awaitsNumber(core, state) ? wantedSeries(core, state) : null).atHand
}

/** Numbers this document had and another one kept. */
function lostNumbers(core: VaultCore, id: string): readonly Notice[] {
  const series = core.authority().series
  return [...core.numbers().series.values()].flatMap(({ collisions }) => collisions).flatMap(({ lost }) => {
    const of = series.get(lost.series)
    return lost.doc === id && of ? [{ code: 'number.lost', facts: { number: writeNumber(of, lost.period, lost.n) } }] : []
  })
}

export function formOf(core: VaultCore, state: DocumentState): FormDefinition {
  const form = core.authority().forms.get(state.form ?? '')
  return form ?? { id: state.form ?? '', code: '', title: state.form ?? '', titleEn: state.form ?? '', fields: [], defaultClass: '', defaultRetention: '', from: '0001-01-01', to: null }
}

/** The cover as frozen once a revision stands, as written otherwise. */
function coverOf(state: DocumentState, names: Names): readonly CoverValue[] {
  const frozen = isLiving(state) ? undefined : state.current?.frozen.cover
  if (frozen) return Object.entries(frozen).map(([field, value]) => ({ field, values: [value], by: [] }))
  return Object.entries(state.cover).map(([field, { values, by }]) => ({
    field,
    values,
    by: by.map((authors) => ({ names: [...new Set(authors.map(({ person }) => names.person(person)))], at: authors.map(({ at }) => at).sort().at(-1) ?? '' })),
  }))
}

/** As frozen once a revision stands, as the cover would lead to otherwise. */
function classOf(state: DocumentState, { rules }: Acting): Pick<DocumentView, 'decisionClass' | 'forcedBy'> {
  const frozen = isLiving(state) ? undefined : state.current?.frozen
  if (frozen) return { decisionClass: frozen.decisionClass, forcedBy: frozen.forcedBy }
  const chosen = state.cover['decisionClass']?.values[0]
  const flags = state.cover['flags']?.values[0]
  const code = typeof chosen === 'string' ? chosen : ''
  return rules ? raisedClass(code, Array.isArray(flags) ? flags : [], rules.table) : { decisionClass: code, forcedBy: [] }
}

export function missingFields(form: FormDefinition, state: DocumentState): readonly MissingField[] {
  return form.fields.flatMap((field) => {
    const values = state.cover[field.id]?.values ?? []
    const isEmpty = values.length === 0 || values.every((value) => value === '' || (Array.isArray(value) && value.length === 0))
    return field.required && field.kind !== 'derived' && isEmpty ? [{ field: field.id, ja: field.missing?.ja ?? field.label, en: field.missing?.en ?? field.labelEn }] : []
  })
}

export function unreadyReasons(state: DocumentState, missing: readonly MissingField[]): readonly Reason[] {
  const disputed = Object.values(state.cover).filter(({ conflict }) => conflict).length
  return [
    ...(missing.length > 0 ? [{ code: 'cover-incomplete', facts: { count: missing.length } }] : []),
    ...(disputed > 0 ? [{ code: 'cover-disputed', facts: { count: disputed } }] : []),
  ]
}

function attachmentsOf(state: DocumentState): readonly AttachmentView[] {
  const attachments = isLiving(state) ? state.attachments : (state.current?.frozen.attachments ?? state.attachments)
  return attachments.map(({ id, name, mediaType, size, sha256 }) => ({ id, name, mediaType, size, sha256 }))
}

/** Nobody goes on behind an approval that is held, though the log does not say yet that it came too late. */
function isBehindHeld({ order, status }: StepState, { current }: DocumentState, now: number): boolean {
  return status === 'open' && (current?.steps ?? []).some((earlier) => earlier.order < order && receiptOf(earlier, now)?.kind === 'held')
}

/** Whoever is asked is away, and who decides meanwhile. */
function awayOf({ status, position, kind }: StepState, authority: AuthorityState, now: number): StepView['away'] {
  const date = jstDate(now)
  const absence = status === 'open' || status === 'waiting' ? absencesFrom(authority, date).find((one) => one.position === position && holdsOn(one, date)) : undefined
  return absence ? { to: absence.to, actingTitle: kind === 'decide' && absence.acting !== null ? namesOf(authority).position(absence.acting) : null } : null
}

function postReviewOf({ id }: StepState, { postReviews }: DocumentState, names: Names): StepView['postReview'] {
  const review = postReviews?.find(({ step }) => step === id)
  return review ? { name: names.person(review.person), at: review.at } : null
}

function stepView(step: StepState, state: DocumentState, authority: AuthorityState, now: number): StepView {
  const names = namesOf(authority)
  const receipt = receiptOf(step, now)
  return {
    id: step.id,
    kind: step.kind,
    positionTitle: step.title,
    holderName: names.holders(step.position, jstDate(step.act?.decidedAt ?? state.current?.submittedAt ?? 0)),
    status: isBehindHeld(step, state, now) ? 'waiting' : step.status,
    actedAt: step.act?.decidedAt ?? null,
    confirmedAt: step.act && step.act.at !== step.act.decidedAt ? step.act.at : null,
    actedByName: step.act ? names.person(step.act.person) : null,
    away: awayOf(step, authority, now),
    actedAsTitle: step.act?.proxy === true ? names.position(step.act.position) : null,
    postReview: postReviewOf(step, state, names),
    comment: step.act && step.act.text !== '' ? step.act.text : null,
    markPending: step.status === 'approved' && state.rendition.missing.includes(step.id),
    receipt: receipt && { kind: receipt.kind, name: names.person(receipt.act.person), at: receipt.act.at, until: receipt.act.witnessBy ?? receipt.act.at },
  }
}

function conflictsOf(state: DocumentState, names: Names): readonly Notice[] {
  const question = state.openQuestion ? [{ code: `question.${state.openQuestion}`, facts: {} }] : []
  // What its person confirmed since is told by the history.
  const lost = state.conflicts.filter(({ why }) => why !== 'confirmed-again').map(({ why, type, person, at }) => ({ code: `conflict.${why}`, facts: { type, act: type.split('.')[1] ?? '', person: names.person(person), at } }))
  return [...question, ...lost]
}

function senderOf({ rules, authority, date }: Acting): string {
  if (!rules) return ''
  const line = senderLine({ table: rules.table, appointments: rules.appointments, people: [...authority.people.values()], date, mayorTitle: authority.town?.mayorTitle ?? '' })
  return line.ok ? line.value : ''
}

function relatives(core: VaultCore, state: DocumentState): Pick<DocumentView, 'predecessor' | 'successors'> {
  const states = core.view.register(documentTable).map((row) => (row.value as DocumentRow).state)
  const titled = (id: string): { readonly id: string; readonly title: string } => {
    const found = states.find((candidate) => candidate.id === id)
    return { id, title: found ? titleOf(found) : '' }
  }
  return {
    predecessor: state.predecessor ? titled(state.predecessor.doc) : null,
    successors: successorsOf(state.id, states).map((successor) => titled(successor.id)),
  }
}
