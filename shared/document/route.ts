// Who has to approve, in which order, and who decides: from positions, appointments on a date and the town's decision table.
// It holds no town's rule and guesses nothing: a vacancy or an unknown position is a failure with its name.

import { holdsOn } from '../base/in-force.ts'
import { err, ok, type Failure, type Result } from '../base/result.ts'
import type { Appointment, DecisionClass, DecisionTable, Person, Position } from '../authority/model.ts'
import type { Step } from './events.ts'

export interface RouteRequest {
  readonly drafter: { readonly person: string; readonly position: string }
  /** Flags of the cover sheet that are on. */
  readonly flags: readonly string[]
  /** Code of the decision class the drafter chose. */
  readonly decisionClass: string
  /** Position ids of other sections to be consulted (合議), in order. */
  readonly concurrence: readonly string[]
  readonly table: DecisionTable
  readonly positions: readonly Position[]
  readonly appointments: readonly Appointment[]
  /** Needed to know who may decide at all: contractors never do. */
  readonly people: readonly Person[]
  /** The day on which the route has to hold, YYYY-MM-DD. */
  readonly date: string
}

export interface Route {
  readonly decisionClass: string
  /** Flags that raised the class; empty when the chosen class stood. */
  readonly forcedBy: readonly string[]
  readonly steps: readonly Step[]
}

export interface RouteFailure
  extends Failure<
    | 'UnknownDecisionClass'
    | 'UnknownPosition'
    | 'PositionVacant'
    | 'PositionNotHeld'
    | 'DeciderNotInLine'
    | 'PositionMayNotDecide'
    | 'LineLoops'
  > {
  /** The decision class or the position id meant. */
  readonly subject: string
}

export function buildRoute(request: RouteRequest): Result<Route, RouteFailure> {
  const { drafter, table, positions, appointments, date } = request
  const chosen = table.classes.find((candidate) => candidate.code === request.decisionClass)
  if (!chosen) return failure('UnknownDecisionClass', request.decisionClass)
  const { decisionClass, forcedBy } = escalate(chosen, request.flags, table)
  if (!holdersOf(drafter.position, appointments, date).includes(drafter.person)) return failure('PositionNotHeld', drafter.position)
  const line = lineAbove(drafter.position, positions)
  if (!line.ok) return line
  const decider = deciderIn(line.value, decisionClass)
  if (!decider) return failure('DeciderNotInLine', deciderName(decisionClass))
  const upTo = line.value.slice(0, line.value.indexOf(decider))
  const own = upTo.filter((position) => position.id !== drafter.position)
  const section = positions.find((position) => position.id === drafter.position)?.section
  const known = new Set([drafter.position, decider.id, ...own.map((position) => position.id)])
  const consulted = positionsById([...new Set(request.concurrence)].filter((id) => !known.has(id)), positions)
  if (!consulted.ok) return consulted
  const steps: readonly { readonly kind: Step['kind']; readonly position: Position }[] = [
    ...own.filter((position) => position.section === section).map((position) => ({ kind: 'line' as const, position })),
    ...consulted.value.map((position) => ({ kind: 'concurrence' as const, position })),
    ...own.filter((position) => position.section !== section).map((position) => ({ kind: 'line' as const, position })),
    { kind: 'decide', position: decider },
  ]
  const unfit = steps.map((step) => unfitness(step.position, step.kind, request)).find((reason) => reason !== null)
  if (unfit) return unfit
  const isBeside = (i: number): boolean => table.concurrenceOrder === 'side-by-side' && steps[i]?.kind === 'concurrence' && steps[i - 1]?.kind === 'concurrence'
  const orders = steps.reduce<readonly number[]>((before, _, i) => [...before, (before.at(-1) ?? 0) + (isBeside(i) ? 0 : 1)], [])
  return ok({
    decisionClass: decisionClass.code,
    forcedBy,
    steps: steps.map(({ kind, position }, i) => ({ id: String(i + 1), order: orders[i] ?? 0, kind, position: position.id, title: position.title })),
  })
}

/** The people who hold a position on a date. */
export function holdersOf(position: string, appointments: readonly Appointment[], date: string): readonly string[] {
  return [...new Set(appointments.filter((a) => a.position === position && holdsOn(a, date)).map((a) => a.person))]
}

/** The positions a person holds on a date, in the order of their appointments. */
export function positionsHeldBy(person: string, appointments: readonly Appointment[], date: string): readonly string[] {
  return [...new Set(appointments.filter((a) => a.person === person && holdsOn(a, date)).map((a) => a.position))]
}

/** The highest position of the same section in the line above a position: itself where there is none. */
export function sectionHeadOf(position: Position, positions: readonly Position[]): Position {
  const line = lineAbove(position.id, positions)
  return (line.ok ? line.value.findLast(({ section }) => section === position.section) : undefined) ?? position
}

/**
 * The sender line of an outgoing document: always the sender of the table, whoever decided (専決 answers inside the house,
 * the document goes out in the mayor's name). `mayorTitle` as the town writes it, e.g. 雪守町長.
 */
export function senderLine(request: Pick<RouteRequest, 'table' | 'appointments' | 'people' | 'date'> & { readonly mayorTitle: string }): Result<string, RouteFailure> {
  const { senderPosition } = request.table
  const [holder] = holdersOf(senderPosition, request.appointments, request.date)
  const person = request.people.find((candidate) => candidate.id === holder)
  if (!person) return failure('PositionVacant', senderPosition)
  return ok(`${request.mayorTitle}　${person.familyName}　${person.givenName}`)
}

/** The class that a choice and its flags lead to, and the flags that raised it; a class the table does not name stays as chosen. */
export function raisedClass(chosen: string, flags: readonly string[], table: DecisionTable): Pick<Route, 'decisionClass' | 'forcedBy'> {
  const known = table.classes.find(({ code }) => code === chosen)
  if (!known) return { decisionClass: chosen, forcedBy: [] }
  const { decisionClass, forcedBy } = escalate(known, flags, table)
  return { decisionClass: decisionClass.code, forcedBy }
}

function failure(type: RouteFailure['type'], subject: string): { readonly ok: false; readonly error: RouteFailure } {
  return err({ type, retry: 'never', subject })
}

function escalate(chosen: DecisionClass, flags: readonly string[], table: DecisionTable): { readonly decisionClass: DecisionClass; readonly forcedBy: readonly string[] } {
  const highest = table.classes.at(-1) ?? chosen
  const forcedBy = table.escalatingFlags.filter((flag) => flags.includes(flag))
  return chosen === highest || forcedBy.length === 0 ? { decisionClass: chosen, forcedBy: [] } : { decisionClass: highest, forcedBy }
}

/** The position itself and everyone above it, from below. */
function lineAbove(position: string, positions: readonly Position[]): Result<readonly Position[], RouteFailure> {
  const line: Position[] = []
  for (let id: string | null = position; id !== null; ) {
    const at: Position | undefined = positions.find((candidate) => candidate.id === id)
    if (!at) return failure('UnknownPosition', id)
    if (line.includes(at)) return failure('LineLoops', id)
    line.push(at)
    id = at.superior
  }
  return ok(line)
}

/** `manager` is the head of the drafter's own section, `section-chief` the position below that one in the line. */
function deciderIn(line: readonly Position[], { decider }: DecisionClass): Position | null {
  if (decider.kind === 'position') return line.find((position) => position.id === decider.position) ?? null
  const own = line.filter((position) => position.section === line[0]?.section)
  return (decider.rank === 'manager' ? own.at(-1) : own.at(-2)) ?? null
}

function deciderName({ decider }: DecisionClass): string {
  return decider.kind === 'position' ? decider.position : decider.rank
}

function positionsById(ids: readonly string[], positions: readonly Position[]): Result<readonly Position[], RouteFailure> {
  const found: Position[] = []
  for (const id of ids) {
    const position = positions.find((candidate) => candidate.id === id)
    if (!position) return failure('UnknownPosition', id)
    found.push(position)
  }
  return ok(found)
}

function unfitness(position: Position, kind: Step['kind'], request: RouteRequest): { readonly ok: false; readonly error: RouteFailure } | null {
  const holders = holdersOf(position.id, request.appointments, request.date)
  const staff = holders.filter((holder) => request.people.find((person) => person.id === holder)?.employment !== 'contractor')
  if (holders.length === 0) return failure('PositionVacant', position.id)
  if (staff.length === 0 || (kind === 'decide' && !position.mayDecide)) return failure('PositionMayNotDecide', position.id)
  return null
}
