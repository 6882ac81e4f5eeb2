// What the proven events of one document say, read so that the order of concurrent acts does not matter: which revision
// was frozen, who acted on it as what, and which signed file came of it. Text that no event holds is never made up.

import { fullName } from '../authority/person-name.ts'
import type { AuthorityState } from '../authority/reduce.ts'
import { holdsOn } from '../base/in-force.ts'
import type { Reason, Verdict } from '../base/verdict.ts'
import { parseDocumentEvent, type Attachment, type BodyOf, type CoverValue, type DocumentEvent, type FrozenRevision, type Step } from '../document/events.ts'
import { wordsOf, type SaidWith } from '../document/act-words.ts'
import { mayPass, standsForStep } from '../document/ledger.ts'
import { rulesOf, type DocumentRules } from '../document/rules.ts'
import type { ActDevice } from './device-state.ts'
import { heldCode } from './held.ts'
import { compareForDisplay } from '../log/event.ts'
import { jstDate } from '../base/civil-date.ts'
import { parseNumberAct } from '../numbers/events.ts'
import { writeNumber } from '../numbers/series.ts'
import type { ProvenEvent } from './verify-trail.ts'

export interface RecordAct {
  readonly event: string
  readonly kind: 'submit' | 'approve' | 'return' | 'refuse' | 'withdraw'
  readonly step: string | null
  readonly stepTitle: string | null
  readonly person: string
  readonly personName: string
  readonly position: string | null
  readonly positionTitle: string | null
  /** ISO 8601 UTC, as the device claimed. */
  readonly at: string
  readonly text: string
  /** AR-57 of an approval that says once more that an earlier one stands: that one. */
  readonly confirms?: string
  /** AR-62 on which device, in which state; absent where the trail does not tell it. */
  readonly device?: ActDevice
  readonly judged: Verdict
}

/** One appended signature: the seat whose certificate must be in the file at this place. */
export interface RecordMark {
  readonly file: string
  readonly size: number
  readonly step: string | null
  readonly seat: string
  readonly person: string
}

export interface DocumentRecord {
  readonly id: string
  readonly title: string
  readonly form: string
  readonly cover: Readonly<Record<string, CoverValue>>
  readonly decisionClass: string
  /** SHA-256 (hex) and size of the unsigned PDF that was decided. */
  readonly frozen: { readonly sha256: string; readonly size: number; readonly revision: number }
  /** The end of the line of signed files; null while there is none. */
  readonly signed: { readonly sha256: string; readonly size: number } | null
  readonly marks: readonly RecordMark[]
  readonly attachments: readonly Attachment[]
  readonly route: readonly Step[]
  readonly acts: readonly RecordAct[]
  readonly filed: BodyOf<'record.file'> | null
  /** 文書番号 as it is written; null while it has none, or it was cancelled. */
  readonly number: string | null
  /** `decided`: every step approved, or passed over while its holder was away (DC-44), and nothing against it. `contested`: approved, but something stands against it. */
  readonly status: 'decided' | 'open' | 'contested'
}

interface Entry {
  readonly proven: ProvenEvent
  readonly act: DocumentEvent
}

const actKinds: Readonly<Record<string, RecordAct['kind']>> = {
  'document.submit': 'submit',
  'decision.approve': 'approve',
  'decision.return': 'return',
  'decision.refuse': 'refuse',
  'document.withdraw': 'withdraw',
}

/** Null when nothing was ever submitted. Of several revisions: the last decided one, else the last. */
export function toRecord(id: string, events: readonly ProvenEvent[], authority: AuthorityState): DocumentRecord | null {
  const entries = events
    .toSorted((a, b) => compareForDisplay(a.known, b.known))
    .flatMap((proven): Entry[] => {
      const parsed = parseDocumentEvent(proven.known.event)
      return parsed.ok && parsed.value !== null ? [{ proven, act: parsed.value }] : []
    })
  const revisions = new Map<string, FrozenRevision>()
  for (const { act } of entries) if (act.type === 'document.submit') revisions.set(act.body.revision.pdf.sha256, act.body.revision)
  const number = numberOf(events, authority)
  const town: Town = { authority, rules: rulesOf([...authority.decisionTables.values()], undefined, [...authority.absences.values()]) }
  const records = [...revisions.values()].map((revision) => ({ ...recordOf(id, revision, entries, town), number }))
  const decided = records.filter((r) => r.status !== 'open')
  const chosen = decided.at(-1) ?? records.at(-1)
  if (chosen === undefined) return null
  return decided.length > 1 ? { ...chosen, status: 'contested' } : chosen
}

/** Who there is, and the rules of deciding by the day of each act. */
interface Town {
  readonly authority: AuthorityState
  readonly rules: DocumentRules
}

function recordOf(id: string, revision: FrozenRevision, entries: readonly Entry[], town: Town): Omit<DocumentRecord, 'number'> {
  const acts = entries.filter(({ act }) => revisionOf(act) === revision.pdf.sha256).flatMap((entry) => actOf(entry, revision, entries, town))
  const approvers = new Map<string, string>()
  for (const entry of entries) for (const step of approvedSteps(entry, revision, entries, town)) approvers.set(step, approvers.get(step) ?? entry.proven.known.event.person)
  const against = acts.some((a) => a.judged.outcome !== 'fail' && (a.kind === 'return' || a.kind === 'refuse' || a.kind === 'withdraw'))
  const passed = new Set(entries.flatMap((entry) => passedSteps(entry, revision, entries, town)))
  const complete = revision.route.every((step) => approvers.has(step.id) || passed.has(step.id))
  const marks = marksOf(entries, revision.pdf.sha256, approvers)
  const end = marks.at(-1)
  const filed = entries.findLast(({ proven, act }) => proven.counted && act.type === 'record.file')?.act
  const create = entries.find(({ act }) => act.type === 'draft.create')?.act
  const title = revision.cover['title']
  return {
    id,
    title: typeof title === 'string' ? title : '',
    form: create?.type === 'draft.create' ? create.body.form : '',
    cover: revision.cover,
    decisionClass: revision.decisionClass,
    frozen: { sha256: revision.pdf.sha256, size: revision.pdf.size, revision: revision.n },
    signed: end === undefined ? null : { sha256: end.file, size: end.size },
    marks,
    attachments: revision.attachments,
    route: revision.route,
    acts,
    filed: filed?.type === 'record.file' ? filed.body : null,
    status: complete ? (against ? 'contested' : 'decided') : 'open',
  }
}

/** The last number that was given and not cancelled. */
function numberOf(events: readonly ProvenEvent[], { series }: AuthorityState): string | null {
  const acts = events.filter(({ counted }) => counted).toSorted((a, b) => compareForDisplay(a.known, b.known)).flatMap(({ known }) => parseNumberAct(known.event) ?? [])
  const isCancelled = (given: { readonly series: string; readonly period: number; readonly n: number }): boolean =>
    acts.some((act) => act.type === 'number.void' && act.body.series === given.series && act.body.period === given.period && act.body.n === given.n)
  const given = acts.findLast((act) => act.type === 'number.assign' && !isCancelled(act.body))
  const of = series.get(given?.body.series ?? '')
  return of && given?.type === 'number.assign' ? writeNumber(of, given.body.period, given.body.n) : null
}

function revisionOf(act: DocumentEvent): string | null {
  if (act.type === 'document.submit') return act.body.revision.pdf.sha256
  const body = act.body as { readonly revision?: unknown }
  return typeof body.revision === 'string' ? body.revision : null
}

function actOf(entry: Entry, revision: FrozenRevision, entries: readonly Entry[], { authority, rules }: Town): readonly RecordAct[] {
  const { proven, act } = entry
  const kind = actKinds[act.type]
  if (kind === undefined) return []
  const { id, event } = proven.known
  const body = act.body as { readonly step?: string } & SaidWith
  const step = revision.route.find((s) => s.id === body.step) ?? null
  const person = authority.people.get(event.person)
  return [
    {
      event: id,
      kind,
      step: body.step ?? null,
      stepTitle: step?.title ?? null,
      person: event.person,
      personName: person === undefined ? '' : fullName(person),
      position: event.position,
      positionTitle: event.position === null ? null : (authority.positions.get(event.position)?.title ?? null),
      at: event.at,
      text: wordsOf(body),
      ...(act.type === 'decision.approve' && act.body.confirms !== undefined ? { confirms: act.body.confirms } : {}),
      ...(proven.device === null ? {} : { device: proven.device }),
      judged: judgeAct(proven, kind, step, body.step, step !== null && standsFor(entry, step, revision, entries, rules)),
    },
  ]
}

/** AR-50: the act counts as the judge says, and a step is acted on by its own position or by whoever decides in its place that day (DC-40). */
function judgeAct(proven: ProvenEvent, kind: RecordAct['kind'], step: Step | null, named: string | undefined, stands: boolean): Verdict {
  const reasons: Reason[] = [...proven.why]
  if (named !== undefined && step === null) reasons.push({ code: 'step-unknown', facts: { step: named } })
  if (kind === 'approve' && step !== null && !stands) reasons.push({ code: 'position-not-on-step', facts: { step: step.title } })
  return { outcome: reasons.length === 0 ? 'pass' : reasons.every(({ code }) => code === heldCode) ? 'unknown' : 'fail', reasons }
}

function approvedSteps(entry: Entry, revision: FrozenRevision, entries: readonly Entry[], { authority, rules }: Town): readonly string[] {
  const { proven, act } = entry
  if (!proven.counted || act.type !== 'decision.approve' || act.body.revision !== revision.pdf.sha256) return []
  const { person, position, hlc } = proven.known.event
  const date = jstDate(hlc.ms)
  const held = (id: string): boolean => [...authority.appointments.values()].some((a) => a.person === person && a.position === id && holdsOn(a, date))
  const own = revision.route.find(({ id }) => id === act.body.step)
  const also = (act.body.also ?? []).filter((claim) => held(claim.position) && revision.route.some(({ id, position: of }) => id === claim.step && of === claim.position))
  return [...(own && position !== null && held(position) && standsFor(entry, own, revision, entries, rules) ? [own.id] : []), ...also.map(({ step }) => step)]
}

/** DC-44 what a counted approval went ahead of. */
function passedSteps(entry: Entry, revision: FrozenRevision, entries: readonly Entry[], town: Town): readonly string[] {
  return approvedSteps(entry, revision, entries, town).length > 0 ? wentAhead(entry, revision, entries, town) : []
}

/** Whoever holds such a step was away that day; never the decision. What is confirmed went ahead when it was first said. */
function wentAhead(entry: Entry, revision: FrozenRevision, entries: readonly Entry[], town: Town): readonly string[] {
  const { act, proven } = entry
  if (act.type !== 'decision.approve') return []
  const first = entries.find((other) => other !== entry && other.proven.known.id === act.body.confirms)
  if (first) return wentAhead(first, revision, entries, town)
  return revision.route.filter(({ id, kind, position }) => act.body.ahead?.includes(id) === true && kind !== 'decide' && mayPass(position, proven, town.rules)).map(({ id }) => id)
}

/** What says once more that it stands is of the day of the first. */
function standsFor(entry: Entry, step: Step, revision: FrozenRevision, entries: readonly Entry[], rules: DocumentRules): boolean {
  const { proven, act } = entry
  const confirmed = act.type === 'decision.approve' && act.body.confirms !== undefined ? entries.find((other) => other.proven.known.id === act.body.confirms) : undefined
  const { event } = proven.known
  const isOwn = confirmed?.proven.known.event.person === event.person && confirmed.proven.known.event.position === event.position && confirmed !== entry
  return confirmed && isOwn && confirmed.act.type === 'decision.approve' && confirmed.act.body.step === step.id ? standsFor(confirmed, step, revision, entries, rules) : standsForStep(step, revision, { known: proven.known, act }, rules)
}

/** AR-57: when the last step was decided, as ISO 8601 UTC; what was confirmed is dated by the approval that was confirmed. Null while it is not. */
export function decidedAt({ status, route, acts }: DocumentRecord): string | null {
  const last = route.toSorted((a, b) => a.order - b.order).at(-1)
  const approvals = acts.filter(({ kind, judged }) => kind === 'approve' && judged.outcome !== 'fail')
  const counting = approvals.filter(({ judged }) => judged.outcome === 'pass')
  const act = counting.find(({ step }) => step === last?.id) ?? counting.at(-1)
  return status === 'decided' && act ? firstOf(act, approvals).at : null
}

function firstOf(act: RecordAct, approvals: readonly RecordAct[]): RecordAct {
  const before = approvals.find(({ event, step, person }) => event === act.confirms && step === act.step && person === act.person)
  return before && before !== act ? firstOf(before, approvals) : act
}

interface Append {
  readonly mark: RecordMark
  readonly previous: string | null
}

/** The line of appended files with most steps marked by who approved them, then the longest, then the smaller hash: as the reducer ranks them. */
function marksOf(entries: readonly Entry[], revision: string, approvers: ReadonlyMap<string, string>): readonly RecordMark[] {
  const appends = new Map<string, Append>()
  for (const { proven, act } of entries) {
    if (!proven.counted || act.type !== 'rendition.append' || act.body.revision !== revision || appends.has(act.body.file.sha256)) continue
    const { file, step, previous } = act.body
    const mark = { file: file.sha256, size: file.size, step, seat: proven.seat, person: proven.known.event.person }
    appends.set(file.sha256, { mark, previous: previous === revision ? null : previous })
  }
  const extended = new Set([...appends.values()].map((a) => a.previous))
  const lines = [...appends.keys()].filter((file) => !extended.has(file)).map((file) => lineTo(file, appends))
  const marked = (line: readonly RecordMark[]): number => new Set(line.flatMap((m) => (m.step === null || (approvers.get(m.step) ?? m.person) !== m.person ? [] : [m.step]))).size
  const endOf = (line: readonly RecordMark[]): string => line.at(-1)?.file ?? ''
  return lines.toSorted((a, b) => marked(b) - marked(a) || b.length - a.length || (endOf(a) < endOf(b) ? -1 : 1))[0] ?? []
}

/** From the unsigned PDF to `end`; empty when a file in between is unknown. */
function lineTo(end: string, appends: ReadonlyMap<string, Append>): readonly RecordMark[] {
  const line: RecordMark[] = []
  const seen = new Set<string>()
  for (let file: string | null = end; file !== null; ) {
    const append = appends.get(file)
    if (append === undefined || seen.has(file)) return []
    seen.add(file)
    line.unshift(append.mark)
    file = append.previous
  }
  return line
}
