// The desk (机): which documents wait for this person, and why. A pure selection from states; it shows, it allows nothing.

import type { StandIn } from '../authority/model.ts'
import type { Step } from './events.ts'
import { positionsToActAs } from './may.ts'
import { unreadAfterwards } from './post-review.ts'
import { stepsToConfirm } from './receipt.ts'
import type { DocumentState } from './state.ts'

export interface DeskOwner {
  readonly person: string
  /** Positions held today. */
  readonly positions: readonly string[]
  /** Whose decisions they make today (代決); absent = nobody's. */
  readonly standsFor?: readonly StandIn[]
  /** Positions that are away today and may be passed over (後閲); absent = none. */
  readonly away?: readonly string[]
  /** When they look, ms since 1970 UTC. */
  readonly now: number
}

export interface DeskEntry {
  readonly doc: string
  readonly state: DocumentState
  /** The step and position it waits for, where it is my turn. */
  readonly step: Step | null
}

export type DeskTray = 'myTurn' | 'drafting' | 'waiting' | 'returned' | 'toFile' | 'toMark' | 'notices'

/**
 * myTurn: a step of mine is open, an approval of mine is held (保留), or an open question concerns me; drafting: my drafts and those I wrote on; waiting: mine, on its way;
 * returned: mine, sent back or taken back; toFile: mine, decided; toMark: I approved and my mark is missing (押印待ち);
 * notices: consulted (合議) matters that were abandoned, refused or withdrawn, and what was decided in my place (代決) or went ahead of me, until I read it (後閲).
 */
export type Desk = Readonly<Record<DeskTray, readonly DeskEntry[]>>

export function deskOf(states: readonly DocumentState[], owner: DeskOwner): Desk {
  const trays: Record<DeskTray, DeskEntry[]> = { myTurn: [], drafting: [], waiting: [], returned: [], toFile: [], toMark: [], notices: [] }
  for (const state of states.toSorted(byLatestAct)) {
    for (const { tray, step } of traysOf(state, owner)) trays[tray].push({ doc: state.id, state, step })
  }
  return trays
}

/** Does it wait for something that the owner is to do? */
export function waitsFor(state: DocumentState, owner: DeskOwner): boolean {
  return traysOf(state, owner).some(({ tray }) => tray === 'myTurn' || tray === 'toMark' || tray === 'toFile')
}

/** Is it on the owner's desk, or may it still come there by its route? */
export function reaches(state: DocumentState, owner: DeskOwner): boolean {
  const isUnderWay = state.stage === 'draft' || state.stage === 'in-route' || state.stage === 'returned' || state.stage === 'withdrawn'
  return traysOf(state, owner).length > 0 || (isUnderWay && isOnRoute(state, owner))
}

function traysOf(state: DocumentState, owner: DeskOwner): readonly { readonly tray: DeskTray; readonly step: Step | null }[] {
  const isMine = state.drafter?.person === owner.person
  const isWriter = isMine || state.writers.some(({ person }) => person === owner.person)
  const mine = (tray: DeskTray) => (isMine ? [{ tray, step: null }] : [])
  const confirm = stepsToConfirm(state, owner.person, owner.now).map(({ step }) => ({ tray: 'myTurn' as const, step }))
  const marks = missingMarks(state, owner).map((step) => ({ tray: 'toMark' as const, step }))
  switch (state.stage) {
    case 'draft':
      return isWriter ? [{ tray: 'drafting', step: null }] : []
    case 'in-route':
      return [...inMyPlace(state, owner), ...positionsToActAs(state, owner.positions, owner.standsFor, owner.away).map(({ step }) => ({ tray: 'myTurn' as const, step })), ...confirm, ...mine('waiting'), ...marks]
    case 'returned':
    case 'withdrawn':
      return [...mine('returned'), ...notice(state, owner)]
    case 'needs-decision':
      return isMine || isOnRoute(state, owner) ? [{ tray: 'myTurn', step: null }] : []
    case 'decided':
      return [...confirm, ...mine('toFile'), ...marks, ...inMyPlace(state, owner)]
    case 'abandoned':
    case 'refused':
      return notice(state, owner)
    case 'filed':
      return [...confirm, ...marks, ...inMyPlace(state, owner)]
  }
}

function isOnRoute(state: DocumentState, { positions }: DeskOwner): boolean {
  return state.revisions.some((revision) => revision.steps.some((step) => positions.includes(step.position)))
}

/** Those who were consulted learn that the matter does not go on as they knew it. */
function notice(state: DocumentState, { positions }: DeskOwner): readonly { readonly tray: DeskTray; readonly step: Step | null }[] {
  const consulted = state.revisions.flatMap((revision) => revision.steps)
    .findLast((step) => step.kind === 'concurrence' && positions.includes(step.position) && step.status !== 'waiting')
  return consulted ? [{ tray: 'notices', step: consulted }] : []
}

/** DC-42 whoever was away learns what was decided in their place or went ahead of them, until they say that they have read it. */
function inMyPlace(state: DocumentState, { positions }: DeskOwner): readonly { readonly tray: DeskTray; readonly step: Step | null }[] {
  const step = unreadAfterwards(state).find(({ position }) => positions.includes(position))
  return step ? [{ tray: 'notices', step }] : []
}

/** Steps that a person approved and whose mark is not in the file that stayed (押印待ち). */
export function missingMarks(state: DocumentState, { person }: Pick<DeskOwner, 'person'>): readonly Step[] {
  return state.current?.steps.filter((step) => step.act?.person === person && state.rendition.missing.includes(step.id)) ?? []
}

function byLatestAct(a: DocumentState, b: DocumentState): number {
  const latest = (state: DocumentState): string => [state.createdAt ?? '', ...state.acts.map((act) => act.at), ...state.revisions.map((r) => r.submittedAt)].sort().at(-1) ?? ''
  const [x, y] = [latest(a), latest(b)]
  return x < y ? 1 : x > y ? -1 : a.id < b.id ? -1 : 1
}
