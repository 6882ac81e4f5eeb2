// Commands of deciding: approve, return, refuse, withdraw, append a mark again, read the pages. Each goes through the window that
// main owns; the page alone can do none of them.

import type { StandIn } from '@shared/authority/model.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { ok, type Result } from '@shared/base/result.ts'
import { stepsToPass, type ProposedAct } from '@shared/document/may.ts'
import { markFieldOf } from '@shared/document/print-form.ts'
import type { DocumentState, RevisionState } from '@shared/document/state.ts'
import { append, decide, signatureOf, type DecidePorts, type Mark, type Question } from '@shared/flow/decide.ts'
import type { NewEvent } from '@shared/flow/ports.ts'
import { eventToBytes } from '@shared/log/segment.ts'
import type { CommandFailure, VaultCommands } from '../../services/vault-api.ts'
import { consentWords } from '../../text/consent.ts'
import { failed, failedBy, notAllowed } from '../failure.ts'
import { readFile } from '../files.ts'
import { actingOf } from '../acting.ts'
import { formOf } from '../views/document-view.ts'
import { namesOf } from '../views/names.ts'
import { provisionalNumber, titleOf } from '../views/summary.ts'
import { find, findFor, writing, type Command, type CommandContext, type Found } from './context.ts'

type Act = VaultCommands['act']['arg']

/** What stands beside a mark that was put in somebody's place. */
const proxyLabel = '代'

export const act: Command<'act'> = async (context, arg) => {
  const { id, position } = arg
  const known = find(context, id)
  if (!known.ok) return known
  const revision = known.value.state.current
  if (!revision) return failed('NotSubmitted')
  const { standsFor, away } = actingOf(context.core)
  const step = stepOf(revision, arg, standsFor)
  const confirms = arg.act === 'confirm' ? ownApproval(revision, step, context.core.seat.person) : null
  const proposed = proposal(arg, revision, step, { confirms, away })
  if (!proposed) return failed('StepMissing')
  const found = findFor(context, id, proposed, position)
  if (!found.ok) return found
  const { state, collection } = found.value
  const pdf = await readFile(context.core, collection, id, revision.frozen.pdf)
  if (!pdf.ok) return pdf
  // A confirmation adds nothing to the file where the mark is in it already.
  const marks = arg.act === 'approve' || (arg.act === 'confirm' && step !== null && !state.rendition.marked.includes(step))
  const mark = marks && step !== null ? await markFor(context, found.value, revision, { step, approval: confirms, inPlace: isInPlace(revision, step, position) }, pdf.value) : ok(null)
  if (!mark.ok) return mark
  const event: NewEvent = { type: proposed.type, doc: id, position, body: proposed.body }
  return decide(ports(context, state, { step, position, ahead: 'ahead' in proposed.body ? (proposed.body.ahead ?? []) : [] }, confirms !== null), { doc: id, collection, act: event, pdf: pdf.value, mark: mark.value })
}

/** The step named, or the open one of the position acted as. */
function stepOf({ steps }: RevisionState, { act: kind, step, position }: Act, standsFor: readonly StandIn[]): string | null {
  if (kind === 'withdraw') return null
  const named = steps.find(({ id, position: own }) => id === step && (own === position || standsFor.some(({ principal, acting }) => principal === own && acting === position)))
  return (named ?? steps.find(({ position: own, status }) => own === position && status === 'open') ?? steps.find(({ position: own }) => own === position))?.id ?? step
}

type Proposed = Extract<ProposedAct, { readonly type: `decision.${string}` | 'document.withdraw' }>

/** The approval of this person on the step that is shown or held. */
function ownApproval({ steps }: RevisionState, stepId: string | null, person: string): string | null {
  const step = steps.find(({ id }) => id === stepId)
  return [step?.held, step?.act].find((act) => act?.kind === 'approve' && act.person === person)?.event ?? null
}

function proposal({ act: kind, comment, urgency }: Act, { sha256: revision, ...of }: RevisionState, step: string | null, { confirms, away }: { readonly confirms: string | null; readonly away: readonly string[] }): Proposed | null {
  if (kind === 'withdraw') return { type: 'document.withdraw', body: { revision, reason: comment } }
  if (step === null) return null
  if (kind === 'confirm') return confirms === null ? null : { type: 'decision.approve', body: { revision, step, comment, confirms } }
  const at = of.steps.find(({ id }) => id === step)
  const ahead = (at && stepsToPass(of, at, (position) => away.includes(position))) ?? []
  if (kind === 'approve') return { type: 'decision.approve', body: { revision, step, comment, ...(ahead.length > 0 ? { ahead } : {}), ...(urgency === undefined ? {} : { urgency }) } }
  return { type: kind === 'return' ? 'decision.return' : 'decision.refuse', body: { revision, step, reason: comment } }
}

interface Marked {
  readonly step: string
  /** The approval whose mark is put on later; null for one that is given now. */
  readonly approval: string | null
  /** In the place of whoever is away: the mark says 代. */
  readonly inPlace: boolean
}

function isInPlace({ steps }: RevisionState, step: string, position: string): boolean {
  return steps.find(({ id }) => id === step)?.position !== position
}

/** Where a step's mark goes: behind the marks that are there already; with the day of the decision on it (DC-13). */
async function markFor({ core }: CommandContext, { state, collection }: Found, revision: RevisionState, { step, approval, inPlace }: Marked, pdf: Uint8Array): Promise<Result<Mark, CommandFailure>> {
  const { file } = state.rendition
  const decided = state.acts.find(({ event }) => event === approval)?.decidedAt
  const so = { revision: revision.sha256, step, field: markFieldOf({ id: step }), ...(decided === undefined ? {} : { dated: jstDate(decided) }), ...(inPlace ? { label: proxyLabel } : {}) }
  if (!file) return ok({ ...so, file: pdf, previous: null })
  const signed = await readFile(core, collection, state.id, file)
  return signed.ok ? ok({ ...so, file: signed.value, previous: file.sha256 }) : signed
}

/** On which step of the route somebody acts, as which position. */
interface As {
  readonly step: string | null
  readonly position: string
  /** DC-44 steps that it passes over. */
  readonly ahead: readonly string[]
}

function ports(context: CommandContext, state: DocumentState, as: As, again: boolean): DecidePorts<CommandFailure> {
  const { core } = context
  return {
    ...writing(context),
    async build(collection, acts) {
      const events = await core.build(collection, acts)
      const reasons = await core.judge(collection, events)
      return reasons.length > 0 ? notAllowed(reasons) : ok(events)
    },
    buildAfter: core.buildAfter,
    commitBuilt: core.commitBuilt,
    confirm: (question) => confirm(context, state, as, question, again),
  }
}

async function confirm({ core, language }: CommandContext, state: DocumentState, { step, position, ahead }: As, { events, pdf, signature }: Question, again = false): Promise<Result<{ readonly file: Uint8Array | null }, CommandFailure>> {
  const words = consentWords[language()]
  const names = namesOf(core.authority())
  const frozen = state.current?.frozen
  const asked = frozen?.route.find(({ id }) => id === step)?.position ?? null
  const inPlaceOf = asked === position ? null : asked
  const table = [...core.authority().decisionTables.values()].flatMap(({ classes }) => classes).find(({ code }) => code === frozen?.decisionClass)
  const classLabel = table?.label ?? frozen?.decisionClass ?? ''
  const choices = formOf(core, state).fields.find(({ id }) => id === 'flags')?.choices ?? []
  const flags = (frozen?.forcedBy ?? []).map((flag) => choices.find(({ value }) => value === flag)?.label ?? flag)
  const facts = [
    { label: words.inPlaceOf, value: inPlaceOf === null ? '' : names.position(inPlaceOf) },
    { label: words.aheadOf, value: (frozen?.route ?? []).filter(({ id }) => ahead.includes(id)).map(({ title }) => title).join('、') },
    { label: words.provisionalNumber, value: provisionalNumber(state.id) },
    { label: words.drafter, value: state.drafter ? `${names.position(state.drafter.position)} ${names.person(state.drafter.person)}` : '' },
    { label: words.decisionClass, value: classLabel },
    { label: words.step, value: frozen?.route.find(({ id }) => id === step)?.title ?? '' },
    { label: words.attachments, value: (frozen?.attachments ?? []).map(({ name }) => name).join('、').slice(0, 1000) },
  ].filter(({ value }) => value !== '')
  const answer = await core.around.host.consent.request({
    events: [...events],
    title: titleOf(state) || provisionalNumber(state.id),
    facts,
    warnings: [...(again ? [words.confirmsAgain] : []), ...(flags.length > 0 ? [words.forced(flags, classLabel)] : [])],
    pdf,
    ...(signature ? { signature } : {}),
  })
  return answer.ok ? ok({ file: answer.value.file }) : failedBy(answer.error)
}

/** DC-43 as the position in whose place it was decided; nothing is decided by it, so that no window asks. */
export const postReview: Command<'postReview'> = async (context, { id, step, position }) => {
  const revision = find(context, id)
  if (!revision.ok) return revision
  const body = { revision: revision.value.state.current?.sha256 ?? '', step }
  const found = findFor(context, id, { type: 'document.post-review', body }, position)
  if (!found.ok) return found
  const saved = await writing(context).commit(found.value.collection, [{ type: 'document.post-review', doc: id, position, body }])
  return saved.ok ? ok(null) : saved
}

/**
 * 押印待ち: the approval stands, its mark goes onto the file that stayed. The approval's own event is confirmed again, so that the
 * person sees what the mark is for; only the append is written.
 */
export const remark: Command<'remark'> = async (context, { id, step, position }) => {
  const known = find(context, id)
  if (!known.ok) return known
  const { state, collection } = known.value
  const revision = state.current
  if (!revision || !state.rendition.missing.includes(step)) return failed('MarkNotPending')
  const approval = revision.steps.find((candidate) => candidate.id === step)?.act
  const event = (await context.core.eventsOf(id)).find((candidate) => candidate.id === approval?.event)?.event
  if (!event || event.person !== context.core.seat.person) return failed('MarkNotMine')
  const pdf = await readFile(context.core, collection, id, revision.frozen.pdf)
  if (!pdf.ok) return pdf
  const mark = await markFor(context, known.value, revision, { step, approval: approval?.event ?? null, inPlace: approval?.proxy === true }, pdf.value)
  if (!mark.ok) return mark
  const again = await context.core.build(collection, [{ type: event.type, doc: id, position, body: event.body }])
  const confirmed = await confirm(context, state, { step, position, ahead: [] }, { events: again.map(eventToBytes), pdf: pdf.value, signature: signatureOf(mark.value) })
  if (!confirmed.ok) return confirmed
  if (!confirmed.value.file) return failed('MarkMissing')
  const kept = await writing(context).keepFile(collection, id, confirmed.value.file)
  if (!kept.ok) return kept
  const saved = await writing(context).commit(collection, [append(id, position, mark.value, kept.value)])
  return saved.ok ? ok(null) : saved
}

export const readPages: Command<'readPages'> = async (context, { id }) => {
  const found = find(context, id)
  if (!found.ok) return found
  const { state, collection } = found.value
  const frozen = state.current?.frozen.pdf
  if (!frozen) return failed('NotSubmitted')
  const bytes = await readFile(context.core, collection, id, state.rendition.file ?? frozen)
  return bytes.ok ? ok({ pdf: bytes.value, signed: state.rendition.file !== null }) : bytes
}
