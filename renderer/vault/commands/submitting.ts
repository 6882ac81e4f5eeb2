// Commands of submitting: the pages as they would be frozen, and freezing them and sending them on their way.

import { encodeCbor } from '@shared/base/cbor.ts'
import { ok, type Result } from '@shared/base/result.ts'
import { sha256Hex } from '@shared/crypto/hash.ts'
import { agreedCover, checkCover } from '@shared/document/cover.ts'
import { buildRoute, type Route } from '@shared/document/route.ts'
import type { DocumentState } from '@shared/document/state.ts'
import { submitDraft, type FrozenBody, type Submission } from '@shared/flow/draft.ts'
import type { CommandFailure } from '../../services/vault-api.ts'
import { actingOf } from '../acting.ts'
import { bodyToJson, type BodyNode } from '../body-json.ts'
import { failed, failedBy } from '../failure.ts'
import { formOf } from '../views/document-view.ts'
import { find, findFor, writing, writingPosition, type Command, type CommandContext, type Found } from './context.ts'

export const submit: Command<'submit'> = async (context, { id, position, decisionClass, concurrence }) => {
  const { core, pages, bodies } = context
  await bodies.settle(id)
  const found = findFor(context, id, { type: 'document.submit' }, position)
  if (!found.ok) return found
  const { state, collection } = found.value
  const problems = checkCover(formOf(core, state), state.cover)
  const [first] = problems
  if (first) return failed('CoverIncomplete', 'never', { field: first.field, problem: first.problem, count: problems.length })
  const route = routeFor(context, state, position, decisionClass, concurrence)
  if (!route.ok) return route
  let text: BodyNode = { type: 'doc' }
  const submitted = await submitDraft(
    {
      ...writing(context),
      freezeBody: async () => {
        text = await bodies.read(id, bodyToJson)
        return ok(frozenBody(text))
      },
      pages: (submission) => pages.compose(state, submission, text),
    },
    submissionOf(state, id, collection, position, route.value),
  )
  return submitted.ok ? ok(null) : submitted
}

export const preview: Command<'preview'> = async (context, { id }) => {
  const found = find(context, id)
  if (!found.ok) return found
  const { state } = found.value
  const pdf = await context.pages.compose(state, presentSubmission(context, found.value), await context.bodies.read(id, bodyToJson))
  return pdf.ok ? ok({ pdf: pdf.value }) : pdf
}

export const boxedCharacters: Command<'boxedCharacters'> = async (context, { id }) => {
  const found = find(context, id)
  if (!found.ok) return found
  return context.pages.boxed(found.value.state, presentSubmission(context, found.value), await context.bodies.read(id, bodyToJson))
}

/** What would be frozen if the draft were submitted now. */
function presentSubmission(context: CommandContext, { state, collection }: Found): Submission {
  const position = writingPosition(context, state) ?? ''
  const chosen = state.cover['decisionClass']?.values[0]
  const consulted = state.cover['concurrence']?.values[0]
  const route = routeFor(context, state, position, typeof chosen === 'string' ? chosen : '', Array.isArray(consulted) ? consulted : [])
  // A route that cannot be built yet shows a sheet without boxes of its own; submitting says what is wrong.
  const shown = route.ok ? route.value : { decisionClass: '', forcedBy: [], steps: [] }
  return submissionOf(state, state.id, collection, position, shown)
}

function frozenBody(text: BodyNode): FrozenBody {
  const bytes = encodeCbor(text)
  return { bytes: bytes as FrozenBody['bytes'], sha256: sha256Hex(bytes) }
}

function submissionOf(state: DocumentState, doc: string, collection: string, position: string, route: Route): Submission {
  return { doc, collection, position, n: state.revisions.length + 1, cover: agreedCover(state.cover), attachments: state.attachments, route }
}

function routeFor({ core }: CommandContext, state: DocumentState, position: string, decisionClass: string, concurrence: readonly string[]): Result<Route, CommandFailure> {
  const { rules, authority, person, date } = actingOf(core)
  if (!rules) return failed('DecisionTableMissing')
  const flags = state.cover['flags']?.values[0]
  const route = buildRoute({
    drafter: { person, position },
    flags: Array.isArray(flags) ? flags : [],
    decisionClass,
    concurrence,
    table: rules.table,
    positions: rules.positions,
    appointments: rules.appointments,
    people: [...authority.people.values()],
    date,
  })
  return route.ok ? route : failedBy(route.error)
}
