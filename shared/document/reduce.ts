// A document's state as a pure function of its set of events: any arrival order gives the same state.
// It authorises nobody (may.ts and the judge do) and reads no clock. What does not count is kept and shown.

import { isOfThisSchema, type KnownEvent } from '../log/event.ts'
import { causalityOf, pastOf, type Causality } from '../log/causality.ts'
import { draftStateOf } from './draft-state.ts'
import { parseDocumentEvent } from './events.ts'
import { givenKeys, whereSealedLast } from './keys-state.ts'
import { ledgerOf, type Ledger } from './ledger.ts'
import { isLedgerType } from './ledger-types.ts'
import { postReviewsOf } from './post-review.ts'
import { renditionOf } from './rendition-state.ts'
import { actOf, isProxyFor, shownRevision, type ShownRevision } from './revision-state.ts'
import type { DocumentRules } from './rules.ts'
import type { Entry, Standing } from './standing.ts'
import type { Act, Conflict, ConflictCause, DocumentState, FiledState, RevisionState, Stage } from './state.ts'
import { textsOf } from './texts.ts'
import { isReference, witnessesOf } from './witnesses.ts'
import { writersOf } from './writers.ts'

const editTypes = new Set(['draft.cover', 'draft.body', 'draft.attach', 'draft.detach'])
const openForEdits: ReadonlySet<Stage> = new Set<Stage>(['draft', 'returned', 'withdrawn', 'needs-decision'])
const closedForEdits: ReadonlySet<Stage> = new Set<Stage>(['decided', 'filed', 'refused', 'abandoned'])

/** All events of one document (those of other documents must not be among them). Throws on an empty set. */
export function reduceDocument(events: readonly KnownEvent[], rules: DocumentRules): DocumentState {
  const first = events[0]
  if (!first) throw new Error('defect: a document without events')
  const acts = causalityOf(events, ({ event }) => isReference(event.type))
  const { entries, unknown } = parsed(acts)
  const ledger = ledgerOf(entries.filter(({ act }) => isLedgerType(act.type)), rules, acts, witnessesOf(acts.ordered, rules, acts))
  const shown = ledger.standing.groups.map((standing) => shownRevision(standing, ledger))
  const current = currentOf(ledger.standing, shown)
  const edits = entries.filter(({ act }) => editTypes.has(act.type))
  const late = edits.filter(({ known }) => closedForEdits.has(ledger.standingBefore(known.id).stage))
  const inTime = edits.filter((entry) => !late.includes(entry))
  const texts = textsOf(inTime, events)
  const living = inTime.filter(({ known }) => !texts.refused.has(known.id))
  const fresh = editsSince(current, living, events)
  const creates = entries.filter(({ act }) => act.type === 'draft.create')
  const approved = new Map((current?.steps ?? []).flatMap((step) => (step.status === 'approved' && step.act ? [[step.id, step.act.person] as const] : [])))
  const keys = givenKeys(entries)
  const postReviews = postReviewsOf(current, entries, acts)
  const state: DocumentState = {
    id: first.event.doc ?? '',
    ...originOf(creates[0]),
    drafter: drafterOf(entries, creates[0], ledger),
    stage: ledger.standing.stage,
    openQuestion: ledger.standing.question,
    ...draftStateOf(living, texts.applied, causalityOf(events, ({ event }) => editTypes.has(event.type) && event.type !== 'draft.body')),
    revisions: shown.map(({ state }) => state),
    current,
    candidates: ledger.standing.candidates.map(({ group }) => group.sha256),
    editedSinceRevision: current !== null && fresh.length > 0,
    writers: writersOf(acts.ordered, fresh),
    acts: actsOf(entries, ledger, shown),
    decidedAt: decidedAtOf(ledger.standing.stage, current),
    filed: filedOf(ledger.standing.filing),
    abandoned: abandonedOf(ledger.standing.abandon),
    rendition: renditionOf(current?.sha256 ?? null, entries, approved),
    conflicts: conflictsOf(entries, ledger, shown, late, creates.slice(1), texts.refused),
    ...(postReviews.length > 0 ? { postReviews } : {}),
    ...(keys ? { keys } : {}),
    unknown,
  }
  return whereSealedLast(state, entries)
}

function parsed(causality: Causality): { readonly entries: readonly Entry[]; readonly unknown: readonly KnownEvent[] } {
  const entries: Entry[] = []
  const unknown: KnownEvent[] = []
  for (const known of causality.ordered) {
    const result = parseDocumentEvent(known.event)
    if (isOfThisSchema(known.event) && result.ok && result.value) entries.push({ known, act: result.value })
    else unknown.push(known)
  }
  return { entries, unknown }
}

function originOf(create: Entry | undefined): Pick<DocumentState, 'form' | 'collection' | 'createdAt' | 'predecessor'> {
  if (create?.act.type !== 'draft.create') return { form: null, collection: null, createdAt: null, predecessor: null }
  const { form, collection, predecessor } = create.act.body
  return { form, collection, createdAt: create.known.event.at, predecessor: predecessor ?? null }
}

/** DC-20 who began it, or the latest who took it over from whom it belonged to, while it was not on its way in their eyes. */
function drafterOf(entries: readonly Entry[], create: Entry | undefined, ledger: Ledger): DocumentState['drafter'] {
  if (!create) return null
  const personOf = ({ known: { event } }: Entry): NonNullable<DocumentState['drafter']> => ({ person: event.person, position: event.position })
  return entries.reduce((drafter, entry) => {
    const { act, known } = entry
    const isTaken = act.type === 'draft.adopt' && act.body.of === drafter.person && openForEdits.has(ledger.standingBefore(known.id).stage)
    return isTaken ? personOf(entry) : drafter
  }, personOf(create))
}

function currentOf(standing: Standing, shown: readonly ShownRevision[]): RevisionState | null {
  const submit = standing.candidates[0]?.group.first.id
  return shown.find(({ state }) => state.submit === submit)?.state ?? null
}

/** The edits that the current revision does not hold; all of them while there is none. */
function editsSince(current: RevisionState | null, edits: readonly Entry[], events: readonly KnownEvent[]): readonly Entry[] {
  if (!current || edits.length === 0) return edits
  const past = pastOf(current.submit, events)
  return edits.filter(({ known }) => !past.has(known.id))
}

function actsOf(entries: readonly Entry[], ledger: Ledger, shown: readonly ShownRevision[]): readonly Act[] {
  const lost = new Set(shown.flatMap((revision) => [...revision.lost.keys()]))
  return entries.flatMap((entry) => {
    const group = ledger.standing.groups.find(({ acts }) => acts.some(({ known }) => known.id === entry.known.id))
    const act = actOf(entry, ledger, !ledger.rejected.has(entry.known.id) && !lost.has(entry.known.id), group !== undefined && isProxyFor(entry, group))
    return act ? [act] : []
  })
}

function decidedAtOf(stage: Stage, current: RevisionState | null): string | null {
  if (stage !== 'decided' && stage !== 'filed') return null
  return current?.steps.toSorted((a, b) => a.order - b.order).at(-1)?.act?.decidedAt ?? null
}

function filedOf(filing: Entry | null): FiledState | null {
  if (filing?.act.type !== 'record.file') return null
  return { ...filing.act.body, event: filing.known.id, person: filing.known.event.person, at: filing.known.event.at }
}

function abandonedOf(abandon: Entry | null): DocumentState['abandoned'] {
  if (abandon?.act.type !== 'draft.abandon') return null
  return { reason: abandon.act.body.reason, person: abandon.known.event.person, at: abandon.known.event.at }
}

function conflictsOf(
  entries: readonly Entry[],
  ledger: Ledger,
  shown: readonly ShownRevision[],
  late: readonly Entry[],
  duplicates: readonly Entry[],
  refusedTexts: ReadonlyMap<string, ConflictCause>,
): readonly Conflict[] {
  const causes = new Map<string, { readonly why: ConflictCause; readonly against: readonly string[] }>()
  for (const { lost } of shown) for (const [id, loss] of lost) causes.set(id, loss)
  for (const [id, why] of ledger.rejected) causes.set(id, { why, against: [] })
  for (const { known } of late) causes.set(known.id, { why: 'edit-after-decision', against: [] })
  for (const [id, why] of refusedTexts) causes.set(id, { why, against: [] })
  for (const { known } of duplicates) causes.set(known.id, { why: 'duplicate-create', against: [] })
  return entries.flatMap(({ known, act }) => {
    const cause = causes.get(known.id)
    if (!cause) return []
    const body = act.body as { readonly revision?: unknown; readonly step?: string | null }
    const { type, person, position, at } = known.event
    const revision = typeof body.revision === 'string' ? body.revision : null
    return [{ event: known.id, type, person, position, at, revision, step: body.step ?? null, ...cause }]
  })
}
