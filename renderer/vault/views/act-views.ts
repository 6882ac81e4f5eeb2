// What the person may do with a document now, and why not where it is theirs to do but not yet. Acts that are not theirs are left out.

import type { Position } from '@shared/authority/model.ts'
import type { Reason } from '@shared/base/verdict.ts'
import { positionsToActAs, stepsToPass, type ProposedAct } from '@shared/document/may.ts'
import { unreadAfterwards } from '@shared/document/post-review.ts'
import { flagsOf, needsUrgency } from '@shared/document/rules.ts'
import { stepsToConfirm } from '@shared/document/receipt.ts'
import type { DocumentState, StepState } from '@shared/document/state.ts'
import type { ActView } from '../../services/view-models.ts'
import type { Acting } from '../acting.ts'
import { toNotice } from '../failure.ts'
import { isLiving } from './summary.ts'

export interface ActSources {
  readonly state: DocumentState
  readonly collection: string
  readonly acting: Acting
  /** When they look, ms since 1970 UTC. */
  readonly now: number
  /** What still keeps the draft from being submitted. */
  readonly unready: readonly Reason[]
  /** It waits for an official number, and this seat holds one that it could give. */
  readonly numberAtHand: boolean
  /** It has its official number. */
  readonly numbered: boolean
}

export function actViews(sources: ActSources): readonly ActView[] {
  const { state, acting, unready } = sources
  const isMine = state.drafter === null || state.drafter.person === acting.person
  const isWriting = ['draft', 'returned', 'withdrawn', 'needs-decision'].includes(state.stage)
  const isGoing = state.stage === 'in-route' || state.stage === 'needs-decision'
  const isSettled = ['decided', 'filed', 'refused'].includes(state.stage)
  const revision = state.current?.sha256 ?? ''
  const views: ActView[] = []
  const add = (act: ActView['act'], proposed: ProposedAct, more: readonly Reason[] = []): void => void views.push(asAnyPosition(sources, act, proposed, more))
  if (isWriting && isMine) {
    add('submit', { type: 'document.submit' }, unready)
    add('abandon', { type: 'draft.abandon' })
  }
  if (isLiving(state) && !isMine && acting.hasAccess(sources.collection, 'draft.adopt')) add('adopt', { type: 'draft.adopt' })
  if (isGoing) views.push(...stepActs(sources))
  if (isGoing && isMine) add('withdraw', { type: 'document.withdraw', body: { revision, reason: '-' } })
  if (state.stage === 'decided' && acting.hasAccess(sources.collection, 'record.file')) add('file', { type: 'record.file' })
  if (sources.numberAtHand) views.push({ ...open('number', acting.positions), allowed: true })
  if (isSettled && acting.hasAccess(sources.collection, 'draft.create')) views.push({ ...open('redraft', acting.positions), allowed: true })
  if (state.current && acting.hasAccess(sources.collection, 'document.export')) {
    if (sources.numbered) add('copy', { type: 'document.export' })
    add('export', { type: 'document.export' })
  }
  if (state.current && acting.hasAccess(sources.collection, 'document.print')) add('print', { type: 'document.print' })
  for (const { step, act } of stepsToConfirm(state, acting.person, sources.now)) {
    const reasons = acting.reasons(state, sources.collection, { type: 'decision.approve', body: { revision, step: step.id, comment: '', confirms: act.event } }, act.position)
    views.push({ ...open('confirm', acting.positions.filter(({ id }) => id === act.position)), allowed: reasons.length === 0, reasons: reasons.map(toNotice), step: step.id })
  }
  for (const step of acting.hasAccess(sources.collection, 'document.post-review', state.id) ? unreadAfterwards(state) : []) {
    const positions = acting.positions.filter(({ id }) => id === step.position)
    if (positions.length > 0) views.push({ ...open('post-review', positions), allowed: true, step: step.id })
  }
  for (const step of state.current?.steps ?? []) {
    const position = acting.positions.find(({ id }) => id === step.act?.position)
    if (position && step.act?.person === acting.person && state.rendition.missing.includes(step.id)) views.push({ ...open('remark', [position]), allowed: true, step: step.id })
  }
  return views
}

/** Allowed when it is as one of the positions held; otherwise the reasons as the first of them. */
function asAnyPosition({ state, collection, acting }: ActSources, act: ActView['act'], proposed: ProposedAct, more: readonly Reason[]): ActView {
  const held = acting.positions.map((position) => ({ position, reasons: acting.reasons(state, collection, proposed, position.id) }))
  const able = held.filter(({ reasons }) => reasons.length === 0).map(({ position }) => position)
  const reasons = able.length > 0 ? more : (held[0]?.reasons ?? [{ code: 'no-position' }])
  return { ...open(act, able.length > 0 ? able : acting.positions), allowed: reasons.length === 0, reasons: reasons.map(toNotice) }
}

function stepActs(sources: ActSources): readonly ActView[] {
  const { state, collection, acting } = sources
  const held = acting.positions.map(({ id }) => id)
  const ready = positionsToActAs(state, held, acting.standsFor, acting.away)
  const mine = (state.current?.steps ?? []).filter((step) => held.includes(step.position) && step.status !== 'approved' && step.status !== 'passed')
  const [found] = ready.length > 0 ? ready.map((entry) => entry.step) : mine
  const step = state.current?.steps.find(({ id }) => id === found?.id)
  if (!step) return []
  const positions = acting.positions.filter(({ id }) => (ready.length > 0 ? ready.some((entry) => entry.position === id) : id === step.position))
  const as = ready.find((entry) => entry.step.id === step.id)?.position ?? step.position
  const inPlaceOf = as === step.position ? {} : { inPlaceOf: { title: step.title, urgency: acting.rules !== null && needsUrgency(acting.rules.table, flagsOf(state.current?.frozen.cover ?? {})) } }
  const passed = state.current && stepsToPass(state.current, step, (position) => acting.away.includes(position))
  const ahead = passed?.length ? { aheadOf: (state.current?.steps ?? []).filter(({ id }) => passed.includes(id)).map(({ title }) => title) } : {}
  // One's own approval that is held is confirmed, not given a second time.
  const acts = (['approve', 'return', 'refuse'] as const).filter((act) => act !== 'approve' || step.held?.person !== acting.person)
  return acts.map((act) => {
    const reasons = acting.reasons(state, collection, proposal(act, state, step, passed ?? []), as)
    return { ...open(act, positions), allowed: reasons.length === 0, reasons: reasons.map(toNotice), step: step.id, ...inPlaceOf, ...ahead }
  })
}

function proposal(act: 'approve' | 'return' | 'refuse', state: DocumentState, step: Pick<StepState, 'id'>, ahead: readonly string[]): ProposedAct {
  const revision = state.current?.sha256 ?? ''
  if (act === 'approve') return { type: 'decision.approve', body: { revision, step: step.id, comment: '', urgency: '-', ...(ahead.length > 0 ? { ahead } : {}) } }
  return { type: act === 'return' ? 'decision.return' : 'decision.refuse', body: { revision, step: step.id, reason: '-' } }
}

function open(act: ActView['act'], positions: readonly Position[]): ActView {
  return { act, allowed: false, reasons: [], positions: positions.map(({ id, title }) => ({ id, title })), step: null }
}
