// Where a document stands, given the acts that are valid: the concurrency table in code.
// Refusal wins over approval, withdrawal over approval, return over approval and over going forward; the same step
// twice is once; the principal wins over the proxy. Whatever the table does not rank becomes an open question.
// It judges no single act (ledger.ts does) and never looks at arrival order.

import type { KnownEvent } from '../log/event.ts'
import { latestOf, type Causality } from '../log/causality.ts'
import type { DocumentEvent, FrozenRevision, Step } from './events.ts'
import type { OpenQuestion, Stage } from './state.ts'

export interface Entry {
  readonly known: KnownEvent
  readonly act: DocumentEvent
}

/** An act together with the submits it is about. */
export interface ActOnRevision extends Entry {
  readonly submits: readonly string[]
}

/** One frozen revision; `submits` has several members when the same one was submitted twice at the same time. */
export interface Group {
  readonly sha256: string
  readonly frozen: FrozenRevision
  readonly first: KnownEvent
  readonly submits: readonly string[]
}

export interface GroupStanding {
  readonly group: Group
  readonly outcome: 'in-route' | 'returned' | 'withdrawn' | 'refused' | 'decided' | 'mixed'
  /** The latest returns, refusals and withdrawals. */
  readonly closers: readonly ActOnRevision[]
  /** Approvals that count, by step. */
  readonly approvals: ReadonlyMap<string, readonly ActOnRevision[]>
  /** DC-44 steps that others went ahead of; an approval that did not know of it counts all the same. */
  readonly passed: ReadonlySet<string>
  readonly acts: readonly ActOnRevision[]
}

export interface Standing {
  readonly stage: Stage
  readonly question: OpenQuestion | null
  readonly groups: readonly GroupStanding[]
  /** Revisions still spoken about: one, or several when the question is which. */
  readonly candidates: readonly GroupStanding[]
  readonly filing: Entry | null
  readonly abandon: Entry | null
}

/** `valid` in causal order; `submitsOf` names the submits an act is about; `isReceived`: does an approval count, having come to others in time? */
export function standingOf(valid: readonly Entry[], submitsOf: (event: string) => readonly string[], causality: Causality, isReceived: (approval: string) => boolean): Standing {
  const groups = groupsOf(valid, causality).map((group) => standingOfGroup(group, actsOn(group, valid, submitsOf), causality, isReceived))
  const candidates = candidatesOf(groups, valid, causality)
  const current = candidates[0]
  const base = { groups, candidates, filing: null, abandon: null }
  const ask = (question: OpenQuestion, filing: Entry | null = null): Standing => ({ ...base, filing, stage: 'needs-decision', question })
  const abandons = liveAbandons(valid, causality)
  if (abandons.length > 0) {
    const unseen = [...ofTypes(valid, ['document.submit', 'record.file']), ...candidates.flatMap((c) => c.closers)]
      .some((entry) => !abandons.some((abandon) => causality.precedes(entry.known.id, abandon.known.id)))
    return unseen ? ask('abandoned-elsewhere') : { ...base, stage: 'abandoned', question: null, abandon: abandons[0] as Entry }
  }
  if (!current) return { ...base, stage: 'draft', question: null }
  if (candidates.length > 1) return ask('two-revisions')
  if (current.outcome === 'mixed') return ask('mixed-closing')
  if (current.outcome !== 'refused' && hasStrayRefusal(current, valid, submitsOf, causality)) return ask('refused-elsewhere')
  const filings = liveFilings(current, valid, causality)
  if (filings.length === 0) return { ...base, stage: current.outcome, question: null }
  if (current.outcome !== 'decided') return ask('filed-and-closed', filings[0] as Entry)
  if (new Set(filings.map((filing) => volumeOf(filing))).size > 1) return ask('two-volumes', filings[0] as Entry)
  return { ...base, stage: 'filed', question: null, filing: filings[0] as Entry }
}

/** Steps that may be acted on now: all earlier ones approved, not approved itself. Equal order = in parallel. */
export function openSteps(route: readonly Step[], approved: (step: string) => boolean): readonly Step[] {
  const waiting = route.filter((step) => !approved(step.id))
  const next = Math.min(...waiting.map((step) => step.order))
  return waiting.filter((step) => step.order === next)
}

/** Nothing has to be done at the step any more: it is approved or passed over. */
export function isSettled({ approvals, passed }: Pick<GroupStanding, 'approvals' | 'passed'>, step: string): boolean {
  return approvals.has(step) || passed.has(step)
}

/** DC-44 the steps to pass over so that `step` may be acted on: none where it is its turn; null where one of them may not be passed over. */
export function passedToReach(route: readonly Step[], step: Step, settled: (step: string) => boolean, mayPass: (position: string) => boolean): readonly string[] | null {
  const passed: string[] = []
  for (;;) {
    const open = openSteps(route, (id) => settled(id) || passed.includes(id))
    if (open.some(({ id }) => id === step.id)) return passed
    if (open.length === 0 || !open.every(({ kind, position }) => kind !== 'decide' && mayPass(position))) return null
    passed.push(...open.map(({ id }) => id))
  }
}

function ofTypes(entries: readonly Entry[], types: readonly string[]): readonly Entry[] {
  return entries.filter((entry) => types.includes(entry.act.type))
}

function groupsOf(valid: readonly Entry[], causality: Causality): readonly Group[] {
  const groups: Group[] = []
  for (const { known, act } of valid) {
    if (act.type !== 'document.submit') continue
    const { revision } = act.body
    const twin = groups.findIndex(
      (group) =>
        group.sha256 === revision.pdf.sha256 &&
        JSON.stringify(group.frozen.route) === JSON.stringify(revision.route) &&
        !group.submits.some((submit) => causality.precedes(submit, known.id)),
    )
    const group = groups[twin]
    if (group) groups[twin] = { ...group, submits: [...group.submits, known.id] }
    else groups.push({ sha256: revision.pdf.sha256, frozen: revision, first: known, submits: [known.id] })
  }
  return groups
}

function actsOn(group: Group, valid: readonly Entry[], submitsOf: (event: string) => readonly string[]): readonly ActOnRevision[] {
  return valid
    .map((entry) => ({ ...entry, submits: submitsOf(entry.known.id) }))
    .filter((entry) => entry.submits.some((submit) => group.submits.includes(submit)))
}

const outcomes = { 'decision.return': 'returned', 'decision.refuse': 'refused', 'document.withdraw': 'withdrawn' } as const

function isCloser(type: string): type is keyof typeof outcomes {
  return Object.hasOwn(outcomes, type)
}

function standingOfGroup(group: Group, acts: readonly ActOnRevision[], causality: Causality, isReceived: (approval: string) => boolean): GroupStanding {
  const closing = acts.filter((entry) => isCloser(entry.act.type))
  const latest = latestOf(closing.map((entry) => entry.known.id), causality)
  const closers = closing.filter((entry) => latest.includes(entry.known.id))
  const kinds = new Set(closers.map((entry) => outcomes[entry.act.type as keyof typeof outcomes]))
  const approvals = new Map<string, ActOnRevision[]>()
  const passed = new Set<string>()
  for (const entry of acts) {
    if (entry.act.type !== 'decision.approve' || !isReceived(entry.known.id)) continue
    if (closers.length > 0 && !closers.some((closer) => causality.precedes(entry.known.id, closer.known.id))) continue
    for (const step of stepsOf(entry)) approvals.set(step, [...(approvals.get(step) ?? []), entry])
    for (const step of aheadOf(entry, acts)) passed.add(step)
  }
  const [only] = kinds
  const isDecided = group.frozen.route.every((step) => isSettled({ approvals, passed }, step.id))
  const outcome = kinds.size > 1 ? 'mixed' : (only ?? (isDecided ? 'decided' : 'in-route'))
  return { group, outcome, closers, approvals, passed, acts }
}

/** DC-44 the steps an approval went ahead of; what is confirmed went ahead when it was first said (DC-13). */
export function aheadOf({ act }: Pick<Entry, 'act'>, entries: readonly Entry[]): readonly string[] {
  if (act.type !== 'decision.approve') return []
  const first = act.body.confirms === undefined ? undefined : entries.find(({ known }) => known.id === act.body.confirms)
  return first ? aheadOf(first, entries) : (act.body.ahead ?? [])
}

/** The steps an approval covers: its own and those it also stands for. */
export function stepsOf(entry: Entry): readonly string[] {
  if (entry.act.type !== 'decision.approve') return []
  return [entry.act.body.step, ...(entry.act.body.also ?? []).map((also) => also.step)]
}

function candidatesOf(groups: readonly GroupStanding[], valid: readonly Entry[], causality: Causality): readonly GroupStanding[] {
  const submits = ofTypes(valid, ['document.submit']).map((entry) => entry.known.id)
  const latest = latestOf(submits, causality)
  const tips = groups.filter((standing) => standing.group.submits.some((submit) => latest.includes(submit)))
  const alive = tips.filter((standing) => standing.outcome !== 'withdrawn' && standing.outcome !== 'returned')
  return alive.length > 0 ? alive : tips.slice(-1)
}

/** A refusal of an earlier revision that nobody has taken into account since. */
function hasStrayRefusal(
  current: GroupStanding,
  valid: readonly Entry[],
  submitsOf: (event: string) => readonly string[],
  causality: Causality,
): boolean {
  const answers = [...current.group.submits, ...current.closers.map((closer) => closer.known.id)]
  return ofTypes(valid, ['decision.refuse']).some(
    ({ known }) =>
      !submitsOf(known.id).some((submit) => current.group.submits.includes(submit)) &&
      !answers.some((answer) => causality.precedes(known.id, answer)),
  )
}

function liveAbandons(valid: readonly Entry[], causality: Causality): readonly Entry[] {
  const abandons = ofTypes(valid, ['draft.abandon'])
  const latest = latestOf(abandons.map((entry) => entry.known.id), causality)
  const answers = ofTypes(valid, ['document.submit', ...Object.keys(outcomes)])
  return abandons.filter(
    ({ known }) => latest.includes(known.id) && !answers.some((answer) => causality.precedes(known.id, answer.known.id)),
  )
}

function liveFilings(current: GroupStanding, valid: readonly Entry[], causality: Causality): readonly Entry[] {
  const filings = ofTypes(valid, ['record.file'])
  const latest = latestOf(filings.map((entry) => entry.known.id), causality)
  const answers = [...current.group.submits, ...current.closers.map((closer) => closer.known.id)]
  return filings.filter(({ known }) => latest.includes(known.id) && !answers.some((answer) => causality.precedes(known.id, answer)))
}

function volumeOf(entry: Entry): string {
  return entry.act.type === 'record.file' ? entry.act.body.volume : ''
}
