// One frozen revision as people see it: its steps with the act that counts for each, and the acts that do not, with the reason.
// It shows what standing.ts decided and decides nothing itself, but for which of several counting approvals is shown.

import { wordsOf, type SaidWith } from './act-words.ts'
import type { Ledger } from './ledger.ts'
import { isSettled, openSteps, stepsOf, type Entry, type GroupStanding } from './standing.ts'
import { seatOf } from './witnesses.ts'
import type { Act, ActKind, ConflictCause, RevisionState, StepState } from './state.ts'

export interface ShownRevision {
  readonly state: RevisionState
  /** Valid acts that lost: event id to the reason and what won. */
  readonly lost: ReadonlyMap<string, { readonly why: ConflictCause; readonly against: readonly string[] }>
}

const kinds: Readonly<Record<string, ActKind>> = {
  'decision.approve': 'approve',
  'decision.return': 'return',
  'decision.refuse': 'refuse',
  'document.withdraw': 'withdraw',
}

export function actOf(entry: Entry, { witnesses, valid }: Pick<Ledger, 'witnesses' | 'valid'>, isCounted: boolean, isProxy: boolean): Act | null {
  const kind = kinds[entry.act.type]
  if (!kind) return null
  const body = entry.act.body as { readonly revision: string; readonly step?: string } & SaidWith
  const { person, position, at } = entry.known.event
  const until = witnesses.until(entry.known.id)
  return {
    event: entry.known.id, kind, revision: body.revision, step: body.step ?? null, person, position, at, decidedAt: firstOf(entry, valid).known.event.at,
    text: wordsOf(body), counted: isCounted, proxy: isProxy,
    seat: seatOf(entry.known), witness: witnesses.at(entry.known.id, null), witnessBy: until === null ? null : new Date(until).toISOString(),
  }
}

/** DC-13 what a confirmation confirms, back to the first approval. */
function firstOf(entry: Entry, valid: readonly Entry[]): Entry {
  const before = entry.act.type === 'decision.approve' && entry.act.body.confirms !== undefined ? valid.find((other) => confirms(entry, other)) : undefined
  return before ? firstOf(before, valid) : entry
}

const lostTo: Readonly<Record<string, ConflictCause>> = {
  returned: 'lost-to-return',
  refused: 'lost-to-refusal',
  withdrawn: 'lost-to-withdrawal',
}

export function shownRevision(standing: GroupStanding, ledger: Ledger): ShownRevision {
  const { group, outcome, closers, approvals } = standing
  const lost = new Map<string, { readonly why: ConflictCause; readonly against: readonly string[] }>()
  const against = closers.map((closer) => closer.known.id)
  const counting = new Set([...approvals.values()].flat().map((entry) => entry.known.id))
  for (const entry of standing.acts) {
    const { id } = entry.known
    if (entry.act.type === 'decision.approve' && !counting.has(id)) lost.set(id, lostApproval(entry, standing, ledger))
    if (entry.act.type !== 'decision.approve' && !against.includes(id)) lost.set(id, { why: 'lost-to-later-word', against })
    if (outcome === 'mixed' && against.includes(id)) lost.set(id, { why: 'undecided', against: against.filter((other) => other !== id) })
  }
  const open = new Set(outcome === 'in-route' ? openSteps(group.frozen.route, (id) => isSettled(standing, id)).map((step) => step.id) : [])
  const steps = group.frozen.route.map((step): StepState => {
    const best = bestApproval(standing, step.id, ledger)
    for (const entry of approvals.get(step.id) ?? []) {
      if (best && entry !== best && !isBestElsewhere(entry, standing, ledger)) {
        const isPrincipal = isProxyFor(entry, standing) && !isProxyFor(best, standing)
        const why = isPrincipal ? 'lost-to-principal' : confirms(best, entry) || confirms(entry, best) ? 'confirmed-again' : 'same-step-twice'
        lost.set(entry.known.id, { why, against: [best.known.id] })
      }
    }
    if (best) return { ...step, status: 'approved', act: actOf(best, ledger, true, isProxyFor(best, standing)), held: null }
    const closer = closers.find((entry) => 'step' in entry.act.body && entry.act.body.step === step.id)
    const touched = standing.acts.some((entry) => 'step' in entry.act.body && entry.act.body.step === step.id)
    if (closer && (outcome === 'returned' || outcome === 'refused')) return { ...step, status: outcome, act: actOf(closer, ledger, true, isProxyFor(closer, standing)), held: null }
    if (standing.passed.has(step.id)) return { ...step, status: 'passed', act: null, held: null }
    const late = outcome === 'in-route' ? standing.acts.findLast((entry) => stepsOf(entry).includes(step.id) && ledger.witnesses.at(entry.known.id, null) === 'late') : undefined
    const held = late ? actOf(late, ledger, false, isProxyFor(late, standing)) : null
    return { ...step, status: open.has(step.id) ? 'open' : touched && !held ? 'needs-review' : 'waiting', act: null, held }
  })
  return {
    state: {
      sha256: group.sha256,
      submit: group.first.id,
      frozen: group.frozen,
      submittedAt: group.first.event.at,
      submittedBy: { person: group.first.event.person, position: group.first.event.position },
      outcome: outcome === 'mixed' ? 'needs-decision' : outcome,
      steps,
    },
    lost: withoutRejected(lost, ledger),
  }
}

/** The principal's before a proxy's; of these one that confirms another of them while it waits, else the first in causal order. */
function bestApproval(standing: GroupStanding, step: string, ledger: Ledger): Entry | null {
  const all = standing.approvals.get(step) ?? []
  const principals = all.filter((entry) => !isProxyFor(entry, standing))
  const best = principals.length > 0 ? principals : all
  const again = best.findLast((entry) => best.some((other) => confirms(entry, other) && ledger.witnesses.at(other.known.id, null) === 'waiting'))
  return again ?? best[0] ?? null
}

function isBestElsewhere(entry: Entry, standing: GroupStanding, ledger: Ledger): boolean {
  return stepsOf(entry).some((step) => bestApproval(standing, step, ledger) === entry)
}

function confirms(entry: Entry, other: Entry): boolean {
  return entry.act.type === 'decision.approve' && entry.act.body.confirms === other.known.id
}

function lostApproval(entry: Entry, standing: GroupStanding, ledger: Ledger): { readonly why: ConflictCause; readonly against: readonly string[] } {
  const closed = lostTo[standing.outcome]
  const isLate = ledger.witnesses.at(entry.known.id, null) === 'late'
  if (closed || !isLate) return { why: closed ?? 'undecided', against: standing.closers.map((closer) => closer.known.id) }
  const again = [...standing.approvals.values()].flat().filter((other) => confirms(other, entry))
  return again.length > 0 ? { why: 'confirmed-again', against: [...new Set(again.map(({ known }) => known.id))] } : { why: 'late', against: [] }
}

/** Of an act that is valid: was it done in the place of the step's position (代決)? */
export function isProxyFor(entry: Entry, standing: GroupStanding): boolean {
  const own = 'step' in entry.act.body ? entry.act.body.step : null
  const step = standing.group.frozen.route.find((candidate) => candidate.id === own)
  return step !== undefined && entry.known.event.position !== step.position
}

function withoutRejected<T>(lost: ReadonlyMap<string, T>, ledger: Ledger): ReadonlyMap<string, T> {
  return new Map([...lost].filter(([id]) => !ledger.rejected.has(id)))
}
