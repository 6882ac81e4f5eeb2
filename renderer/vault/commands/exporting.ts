// Commands of export: what belongs to a scope, the acts that say it leaves, and the package with its proof.

import { createAnchor } from '@shared/archive/anchor.ts'
import { packageBag } from '@shared/archive/package.ts'
import type { PackageFile } from '@shared/archive/ports.ts'
import { buildTrail } from '@shared/archive/trail.ts'
import { verifyTrail } from '@shared/archive/verify-trail.ts'
import { bytesToBase32, utf8ToBytes } from '@shared/base/bytes.ts'
import { ok, type Result } from '@shared/base/result.ts'
import { formatFiscalYear } from '@shared/base/wareki.ts'
import type { BodyOf } from '@shared/document/events.ts'
import { recordsIn } from '@shared/filing/volume.ts'
import { registerCsv } from '@shared/filing/register.ts'
import { exportPackage as runExport } from '@shared/flow/export.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { documentHandle } from '@shared/log/names.ts'
import { eventToBytes } from '@shared/log/segment.ts'
import type { SubtleVerifier } from '@shared/signing/ports.ts'
import type { CommandFailure, VaultCommands } from '../../services/vault-api.ts'
import { consentWords } from '../../text/consent.ts'
import { shareGuide } from '../../text/share-guide.ts'
import { actingOf } from '../acting.ts'
import { documentTable, volumeTable, type DocumentRow, type VolumeRow } from '../document-rows.ts'
import { failed, failedBy, notAllowed } from '../failure.ts'
import { openFile } from '../files.ts'
import { filesOf } from '../offline.ts'
import { inSegments } from '../segments.ts'
import { sessionsBehind, trailSources } from '../trail-sources.ts'
import { registerRows } from '../views/cabinet-view.ts'
import { ownNumberActs } from '../views/numbers-view.ts'
import { titleOf } from '../views/summary.ts'
import type { Command, CommandContext } from './context.ts'
import { outgoingFiles } from './outgoing.ts'

type Scope = VaultCommands['exportPackage']['arg']['scope']

interface Selection {
  readonly documents: readonly { readonly id: string; readonly collection: string; readonly state: DocumentRow['state'] }[]
  readonly volumes: readonly string[]
  readonly title: string
}

export const exportPackage: Command<'exportPackage'> = async (context, { scope, position, reason, share }) => {
  const { core } = context
  const selection = select(context, scope)
  if (!selection.ok) return selection
  const { documents, title } = selection.value
  const acting = actingOf(core)
  if (scope.kind === 'outgoing' && !core.numbers().numberOf.has(scope.id)) return failed('NumberMissing')
  for (const { collection, state } of documents) {
    const reasons = acting.reasons(state, collection, { type: 'document.export' }, position)
    if (reasons.length > 0) return notAllowed(reasons)
  }
  const identifier = bytesToBase32(core.around.crypto.random.bytes(10))
  const whole = await core.content.bring(identifier, documents.flatMap(({ state }) => filesOf(state)), true)
  if (!whole.ok) return whole.error.type === 'ContentAway' || whole.error.type === 'ContentNowhere' ? failed('ExportContentMissing', 'later', await missingFrom(context, documents)) : whole
  const acts = await exportActs(context, documents, { package: identifier, reason, ...(share ? { to: share.to } : {}) }, position)
  if (!acts.ok) return acts
  const progress = progressOf(context, identifier, selection.value)
  let passphrase: string | null = null
  const exported = await runExport<CommandFailure>({
    confirm: () => confirm(context, { title, documents: documents.length, to: share?.to ?? '' }, [...acts.value.values()].flat()),
    async begin(consent) {
      const begun = await core.around.host.export.begin({ consent, name: `fumibako-${acting.date}-${identifier.slice(0, 8)}`, ...(share ? { sealed: { guide: utf8ToBytes(shareGuide) } } : {}) })
      if (begun.ok && begun.value) progress.begin()
      return begun.ok ? ok(begun.value) : failedBy(begun.error)
    },
    record: () => record(context, acts.value),
    files: () => (scope.kind === 'outgoing' && documents[0] ? outgoingFiles(context, documents[0].state) : packageFiles(context, selection.value, identifier)),
    async put(job, path, bytes) {
      const put = await core.around.host.export.put({ job, path, bytes })
      progress.step()
      return put.ok ? ok(null) : failedBy(put.error)
    },
    async finish(job) {
      const finished = await core.around.host.export.finish({ job })
      if (!finished.ok) return failedBy(finished.error)
      passphrase = finished.value.passphrase
      return finished
    },
    cancel: (job) => core.around.host.export.cancel({ job }),
    stopped: () => (context.cancelled.delete(identifier) ? failed('ExportCancelled') : ok(null)),
  })
  if (!exported.ok) return exported
  return exported.value ? ok({ path: exported.value.path, documents: documents.length, passphrase }) : failed('ExportCancelled')
}

/** Which documents could not be brought whole: how many, and the first by name. */
async function missingFrom({ core }: CommandContext, documents: Selection['documents']): Promise<{ readonly count: number; readonly title: string }> {
  const missing: string[] = []
  for (const { state } of documents) if ((await core.content.away(filesOf(state))) > 0) missing.push(titleOf(state))
  return { count: missing.length, title: missing[0] ?? '' }
}

export const cancelJob: Command<'cancelJob'> = async (context, { job }) => {
  if (!context.core.content.stop(job)) context.cancelled.add(job)
  return ok(null)
}

/** Documents that were submitted at least once; a volume brings its records, a year its volumes. */
function select({ core }: CommandContext, scope: Scope): Result<Selection, CommandFailure> {
  const rows = core.view.register(documentTable).map((row) => ({ collection: row.collection, state: (row.value as DocumentRow).state }))
  const acting = actingOf(core)
  // Of a year or a volume, what the person may take out; what they may only read stays.
  const volumes = core.view.register(volumeTable).filter(({ collection }) => acting.hasAccess(collection, 'document.export')).map((row) => row.value as VolumeRow)
  const chosen = scope.kind === 'document' || scope.kind === 'outgoing' ? [] : volumes.filter((volume) => (scope.kind === 'volume' ? volume.id === scope.id : volume.fiscalYear === scope.year))
  const states = rows.map(({ state }) => state)
  const ids = scope.kind === 'document' || scope.kind === 'outgoing' ? [scope.id] : chosen.flatMap((volume) => recordsIn(volume.id, states).map(({ id }) => id))
  const documents = ids.flatMap((id) => {
    const row = rows.find(({ state }) => state.id === id)
    return row && row.state.current ? [{ id, ...row }] : []
  })
  const [first] = documents
  if (!first) return failed('NothingToExport')
  const own = documents.flatMap(({ state }) => (state.filed ? [state.filed.volume] : [])).filter((id) => volumes.some((volume) => volume.id === id))
  const title = scope.kind === 'document' || scope.kind === 'outgoing' ? titleOf(first.state) : scope.kind === 'volume' ? (chosen[0]?.title ?? '') : formatFiscalYear(scope.year)
  return ok({ documents, volumes: [...new Set([...chosen.map(({ id }) => id), ...own])], title })
}

/** One act for each document, by collection; the judge sees them before anybody is asked. */
async function exportActs({ core }: CommandContext, documents: Selection['documents'], leaving: Pick<BodyOf<'document.export'>, 'package' | 'reason' | 'to'>, position: string): Promise<Result<ReadonlyMap<string, readonly LogEvent[]>, CommandFailure>> {
  const acts = new Map<string, readonly LogEvent[]>()
  for (const collection of new Set(documents.map((document) => document.collection))) {
    const mine = documents.filter((document) => document.collection === collection)
    const events = await core.build(collection, mine.map(({ id, state }) => ({ type: 'document.export', doc: id, position, body: { revision: state.current?.sha256 ?? null, ...leaving } })))
    const reasons = await core.judge(collection, events)
    if (reasons.length > 0) return notAllowed(reasons)
    acts.set(collection, events)
  }
  return ok(acts)
}

interface Shown {
  readonly title: string
  readonly documents: number
  /** Who outside gets it; empty where it is not sealed for anybody. */
  readonly to: string
}

async function confirm({ core, language }: CommandContext, { title, documents, to }: Shown, events: readonly LogEvent[]): Promise<Result<string, CommandFailure>> {
  const words = consentWords[language()]
  const facts = [{ label: words.volume, value: title }, { label: words.documents, value: String(documents) }, { label: words.sealedFor, value: to }].filter(({ value }) => value !== '')
  const answer = await core.around.host.consent.request({ events: events.map(eventToBytes), title: words.exportTitle(documents), facts, warnings: [] })
  return answer.ok ? ok(answer.value.consent) : failedBy(answer.error)
}

/** What was given to somebody alone, now or before, is told apart from the rest: a segment for each of many documents that nobody was given would only be more to carry. */
async function record({ core }: CommandContext, acts: ReadonlyMap<string, readonly LogEvent[]>): Promise<Result<null, CommandFailure>> {
  const given = new Set([...core.authority().documentGranted.values()].map(({ document }) => document))
  for (const [collection, events] of acts) {
    for (const segment of inSegments(events, (doc) => given.has(documentHandle(core.seat.workspace, doc)))) {
      const committed = await core.commitBuilt(collection, segment)
      if (!committed.ok) return committed
    }
  }
  return ok(null)
}

async function packageFiles(context: CommandContext, { documents, volumes, title }: Selection, identifier: string): Promise<Result<AsyncIterable<PackageFile>, CommandFailure>> {
  const { core } = context
  const { crypto } = core.around
  const root = core.authority().root
  const anchor = root && createAnchor(root.certificate, crypto.subtle as unknown as SubtleVerifier)
  if (!anchor) return failed('RootMissing')
  const subjects = [...documents.map(({ id }) => id), ...volumes]
  const numbers = new Set(documents.flatMap(({ id }) => ownNumberActs(core, id)))
  const sources = await trailSources(core, [...new Set(documents.map(({ collection }) => collection))], subjects, numbers)
  if (!sources.ok) return sources
  const behind = await sessionsBehind(core, sources.value)
  const trail = buildTrail({ workspace: core.seat.workspace, genesis: core.seat.genesis, subjects, sources: sources.value, numbers, ...behind })
  const proof = await verifyTrail(crypto, trail, anchor)
  if (proof.verdict.outcome !== 'pass') return failed('TrailDoesNotHold', 'never', { reason: proof.verdict.reasons[0]?.code ?? '' })
  const bag = packageBag(
    {
      trail,
      proof,
      documents: documents.map(({ id }) => id),
      content: (sha256) => contentOf(context, documents, sha256),
      register: utf8ToBytes(registerCsv(registerRows(core, (volume) => volumes.includes(volume.id)))),
      title,
      identifier,
      date: core.today(),
      software: 'Fumibako',
    },
    crypto.subtle,
  )
  return ok(bag)
}

async function* contentOf({ core }: CommandContext, documents: Selection['documents'], sha256: string): AsyncGenerator<Uint8Array, void, undefined> {
  for (const { id, collection, state } of documents) {
    const blob = filesOf(state).find((candidate) => candidate.sha256 === sha256)
    const bytes = blob && (await openFile(core, collection, id, blob))
    if (bytes?.ok) {
      yield bytes.value
      return
    }
  }
  throw new Error('a file of an exported document is not here')
}

/** About how many files there will be: pages, mark, reading and attachments of each, and the package's own. */
function progressOf({ onJob }: CommandContext, id: string, { documents }: Selection): { readonly begin: () => void; readonly step: () => void } {
  const total = documents.reduce((sum, { state }) => sum + 3 + (state.current?.frozen.attachments.length ?? 0), 10)
  let done = 0
  const tell = (): void => onJob({ id, done: Math.min(total, done), total, phase: 'export' })
  return {
    begin: tell,
    step() {
      done++
      tell()
    },
  }
}
