// What every command stands on, and the questions they share: the document by id, and whether the domain lets the person do it.

import { bytesToBase32 } from '@shared/base/bytes.ts'
import { inForce } from '@shared/base/in-force.ts'
import { ok, type Result } from '@shared/base/result.ts'
import type { ProposedAct } from '@shared/document/may.ts'
import type { DocumentState } from '@shared/document/state.ts'
import type { StartPorts } from '@shared/flow/draft.ts'
import type { Keeping, NewEvent, Writing } from '@shared/flow/ports.ts'
import { eventToBytes } from '@shared/log/segment.ts'
import { needsConsent } from '@shared/posture/evaluate.ts'
import type { CommandFailure, VaultCommands } from '../../services/vault-api.ts'
import type { JobState } from '../../services/view-models.ts'
import { actingOf } from '../acting.ts'
import type { AuditLog } from '../audit-log.ts'
import type { Bodies } from '../bodies.ts'
import type { VaultCore } from '../core.ts'
import { documentTable, type DocumentRow } from '../document-rows.ts'
import { failed, failedBy, notAllowed } from '../failure.ts'
import { keepFile } from '../files.ts'
import type { Numbering } from '../numbering.ts'
import type { Pages } from '../pages.ts'
import type { RightUses } from '../uses.ts'
import { provisionalNumber, titleOf } from '../views/summary.ts'

export interface CommandContext {
  readonly core: VaultCore
  readonly bodies: Bodies
  readonly pages: Pages
  readonly numbering: Numbering
  readonly uses: RightUses
  readonly audit: AuditLog
  /** Somebody is about to join: what is newest is summed up for them now. */
  readonly summarise: () => Promise<void>
  /** The language of the screens, for what the consent window is told. */
  readonly language: () => 'ja' | 'en'
  readonly onJob: (job: JobState) => void
  /** Jobs that the person wants stopped. */
  readonly cancelled: Set<string>
}

export type CommandName = keyof VaultCommands
export type Command<K extends CommandName> = (context: CommandContext, arg: VaultCommands[K]['arg']) => Promise<Result<VaultCommands[K]['value'], CommandFailure>>

export interface Found {
  readonly state: DocumentState
  readonly collection: string
}

/** The document as the register knows it, without bodies. */
export function find({ core }: CommandContext, id: string): Result<Found, CommandFailure> {
  const row = core.view.row(documentTable, id)
  return row ? ok({ state: (row.value as DocumentRow).state, collection: row.collection }) : failed('DocumentMissing')
}

/** The document when the person may do this to it, as this position. */
export function findFor(context: CommandContext, id: string, act: ProposedAct, position: string | null): Result<Found, CommandFailure> {
  const found = find(context, id)
  if (!found.ok) return found
  const reasons = actingOf(context.core).reasons(found.value.state, found.value.collection, act, position)
  return reasons.length > 0 ? notAllowed(reasons) : found
}

/** The position a draft is written as: the drafter's own, while it is held. */
export function writingPosition({ core }: CommandContext, state: DocumentState): string | null {
  const held = actingOf(core).positions
  return held.find(({ id }) => id === state.drafter?.position)?.id ?? held[0]?.id ?? null
}

export function newId({ core }: CommandContext): string {
  return bytesToBase32(core.around.crypto.random.bytes(15))
}

export function writing(context: CommandContext): Writing<CommandFailure> & Keeping<CommandFailure> & StartPorts<CommandFailure> {
  const { core } = context
  return {
    commit: (collection, acts) => commitAsPolicyAsks(context, collection, acts),
    keepFile: (collection, doc, bytes) => keepFile(core, collection, doc, bytes),
    async keepKey(collection, doc) {
      const wrap = await core.keys.newDocument(collection, doc, (epoch) => core.authority().epochs.has(`${collection}/${epoch}`))
      return wrap ? core.putObject(wrap.name, wrap.bytes) : failed('CollectionClosed')
    },
  }
}

/** Acts that the town's policy wants confirmed go through the window first, type by type; all others are written at once. */
async function commitAsPolicyAsks({ core }: CommandContext, collection: string, acts: readonly NewEvent[]): Promise<Result<unknown, CommandFailure>> {
  const policy = inForce(core.authority().policies.values(), core.today())
  const asks = (type: string): boolean => needsConsent(policy, type)
  if (!acts.some(({ type }) => asks(type))) return core.commit(collection, acts)
  const events = await core.build(collection, acts)
  const reasons = await core.judge(collection, events)
  if (reasons.length > 0) return notAllowed(reasons)
  for (const type of new Set(events.map((event) => event.type).filter(asks))) {
    const mine = events.filter((event) => event.type === type)
    const row = core.view.row(documentTable, mine[0]?.doc ?? '')
    const title = row ? titleOf((row.value as DocumentRow).state) : ''
    const confirmed = await core.around.host.consent.request({ events: mine.map(eventToBytes), title: title || provisionalNumber(mine[0]?.doc ?? ''), facts: [], warnings: [] })
    if (!confirmed.ok) return failedBy(confirmed.error)
  }
  return core.commitBuilt(collection, events)
}
