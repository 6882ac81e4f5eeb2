// The vault as its page uses it: commands that wait until the vault is open, live queries that begin as soon as there is something to
// show, one list of notices. It holds the one open core; nothing else does.

import { collectionZero } from '@shared/log/names.ts'
import { ok, type Result } from '@shared/base/result.ts'
import type { CommandFailure, VaultCommands, VaultQueries } from '../services/vault-api.ts'
import type { JobState } from '../services/view-models.ts'
import { createAccessLog } from './access-log.ts'
import { createAuditLog, type AuditLog } from './audit-log.ts'
import { createBodies } from './bodies.ts'
import { commands } from './commands/commands.ts'
import type { CommandContext, CommandName } from './commands/context.ts'
import { prepareTexts } from './commands/searching.ts'
import type { Notice, VaultCore } from './core.ts'
import { failed } from './failure.ts'
import { createNewestWord, type NewestWord } from './newest-word.ts'
import { createNumbering } from './numbering.ts'
import { createHanding } from './handing.ts'
import { createLive, type Live, type QueryName } from './live.ts'
import { openVault } from './open-vault.ts'
import { mostWanted, wantedPacks } from './offline.ts'
import { createPages } from './pages.ts'
import type { Surroundings } from './ports.ts'
import { createQueries } from './queries.ts'
import { createReplacing, type Replacing } from './replacing.ts'
import { createRewrapping } from './rewrapping.ts'
import { saveBody, updatesOf } from './save-body.ts'
import { createSnapshotWriter, type SnapshotWriter } from './snapshot-writer.ts'
import { createSnapshots, type Snapshots } from './snapshots.ts'
import { createSignedIn } from './signed-in.ts'
import { createUses, type RightUses } from './uses.ts'
import { createWitnessing } from './witnessing.ts'

export interface VaultService {
  /** Opens the vault of the seat that main has unlocked. */
  open(): Promise<Result<null, CommandFailure>>
  /** Takes in what came into the folder from elsewhere. */
  takeIn(): Promise<void>
  /** The storage was reached: whether this seat has to say that it knows the newest. */
  reached(): Promise<void>
  /** A snapshot came whose records are still coming. */
  snapshotCame(): Promise<void>
  /** Content that was wanted came: what is shown of it is asked for again. */
  contentCame(): Promise<void>
  command(name: string, arg: unknown): Promise<Result<unknown, CommandFailure>>
  watch<K extends QueryName>(name: K, arg: VaultQueries[K]['arg'], tell: (value: VaultQueries[K]['value']) => void): () => void
}

export interface ServiceNews {
  readonly job: (job: JobState) => void
  readonly notice: (notice: Notice) => void
  readonly language: () => 'ja' | 'en'
  /** A defect: told once, without content. */
  readonly defect: (thrown: unknown) => void
}

const liveGapMs = 40
const atHandMs = 500

interface Opened {
  readonly context: CommandContext
  readonly snapshots: Snapshots
  readonly live: Live
  readonly newest: NewestWord
  readonly replacing: Replacing
}

export function createVaultService(around: Surroundings, news: ServiceNews): VaultService {
  const notices: Notice[] = []
  // Null: the vault could not be opened. Whoever waits is told so and not left waiting.
  let tellOpened: (opened: Opened | null) => void = () => undefined
  const whenOpened = new Promise<Opened | null>((resolve) => {
    tellOpened = resolve
  })
  let complete = false
  let tellReady: (opened: Opened | null) => void = () => undefined
  const whenReady = new Promise<Opened | null>((resolve) => {
    tellReady = resolve
  })
  const open = async (): Promise<Result<null, CommandFailure>> => {
    let snapshots: Snapshots | null = null
    const vault = await openVault(around, (job) => {
      news.job(job)
      // The register is known now, and with it whom to believe; the documents may take long.
      if (job.id === 'catch-up' && job.phase === 'documents' && job.done === 1) void snapshots?.load().catch(news.defect)
    })
    if (!vault.ok) return vault
    const { core, ready } = vault.value
    core.onNotice((notice) => {
      notices.push(notice)
      news.notice(notice)
      live.changed()
    })
    const access = createAccessLog(core, around.wait)
    const standIns = createSnapshots(core, () => live.changed(), news.defect)
    snapshots = standIns
    const uses = createUses(core, () => live.changed(), news.defect)
    const audit = createAuditLog(core, () => live.changed(), news.defect)
    const queries = createQueries(core, standIns, () => notices, access.opened, () => complete, uses, audit)
    const live = createLive((name, arg) => core.followed().then(() => queries(name, arg)), () => around.wait(liveGapMs), news.defect)
    const writer = createSnapshotWriter(core, () => complete && standIns.source() === null, news.defect)
    const context = contextOf(core, writer, uses, audit, news)
    const witnessing = createWitnessing(core)
    const signedIn = createSignedIn(core)
    const newest = createNewestWord(core)
    const rewrapping = createRewrapping(core)
    const replacing = createReplacing(core)
    const replace = (): void => void replacing.run().then(atHand.soon).catch(news.defect)
    const handing = createHanding(core)
    core.onChange((change) => {
      if (change.lane !== core.seat.lane) context.bodies.take(change.events)
      if (change.lane !== core.seat.lane && complete) void witnessing.take(change).catch(news.defect)
      if (change.collection === collectionZero && complete) for (const { write } of [signedIn, newest]) void write().catch(news.defect)
      if (complete && change.events.some(({ event }) => event.type === 'epoch.new')) void rewrapping.run().catch(news.defect)
      if (complete && change.events.some(({ event }) => event.type === 'document.rekey')) replace()
      if (complete && (change.collection === collectionZero || change.events.some(({ event }) => event.type === 'document.rekey'))) void handing.run().catch(news.defect)
      standIns.changed()
      live.changed()
      void atHand.soon()
      if (!complete) return
      context.numbering.changed()
      writer.changed()
    })
    core.onRestart((why) => {
      // Texts of documents that are given on stay as they are.
      if (why === 'given') return void atHand.soon()
      context.bodies.forget()
      core.say({ code: `vault.${why}`, facts: {} })
    })
    core.pins.onChange(live.changed)
    core.onTakenIn(live.changed)
    const atHand = createAtHand(core, replacing.wanted, news.defect)
    const opened = { live, context, snapshots: standIns, newest, replacing }
    tellOpened(opened)
    void standIns.load().catch(news.defect)
    await ready
    complete = true
    live.changed()
    tellReady(opened)
    void witnessing.all().catch(news.defect)
    for (const { write } of [signedIn, newest]) void write().catch(news.defect)
    void rewrapping.run().catch(news.defect)
    replace()
    void handing.run().catch(news.defect)
    void atHand.soon()
    context.numbering.changed()
    writer.changed()
    void prepareTexts(context).catch(news.defect)
    return ok(null)
  }
  return {
    async open() {
      try {
        return await open()
      } finally {
        tellOpened(null)
        tellReady(null)
      }
    },
    async takeIn() {
      const opened = await whenReady
      await opened?.snapshots.load()
      await opened?.context.core.catchUp()
    },
    async reached() {
      const opened = await whenReady
      await opened?.context.core.followGiven()
      opened?.live.changed()
      await opened?.newest.write()
    },
    async snapshotCame() {
      const opened = await whenOpened
      await opened?.snapshots.load()
    },
    async contentCame() {
      const opened = await whenReady
      opened?.live.changed()
      if (opened && opened.replacing.wanted().length > 0) await opened.replacing.run()
    },
    async command(name, arg) {
      const opened = await whenReady
      if (!opened) return failed('ViewBroken', 'later')
      const { context } = opened
      if (!Object.hasOwn(commands, name)) return failed('CommandUnknown')
      if (mustWait(opened.snapshots, name, arg)) return failed('RecordsAwaited', 'later')
      try {
        return await commands[name as CommandName](context, arg as VaultCommands[never]['arg'])
      } catch (thrown) {
        news.defect(thrown)
        return failed('VaultDefect', 'later')
      }
    },
    watch(name, arg, tell) {
      let isOver = false
      const begun = whenOpened.then((opened) => (isOver || !opened ? null : opened.live.watch(name, arg, tell)))
      return () => {
        isOver = true
        void begun.then((end) => end?.())
      }
    },
  }
}

/** Nothing is done on what a snapshot says: neither to a document whose records are not all here, nor to all there is. */
function mustWait(snapshots: Snapshots, name: string, arg: unknown): boolean {
  return subjectsOf(arg).some(snapshots.awaits) || (name === 'exportPackage' && snapshots.source() !== null)
}

/** Documents and volumes that a command names, wherever in its argument. */
function subjectsOf(arg: unknown): readonly string[] {
  if (typeof arg !== 'object' || arg === null || arg instanceof Uint8Array) return []
  return Object.values(arg).flatMap((value: unknown) => (typeof value === 'string' ? [value] : subjectsOf(value)))
}

/** After a burst of changes main is told once what is to be at hand, when that is something else than before. */
function createAtHand(core: VaultCore, besides: () => readonly string[], defect: (thrown: unknown) => void): { readonly soon: () => Promise<void> } {
  let isDue = false
  let told = ''
  const tell = async (): Promise<void> => {
    const names = [...new Set([...wantedPacks(core), ...besides()])].slice(0, mostWanted)
    const key = names.join()
    if (key === told) return
    told = key
    await core.around.host.content.want({ names })
  }
  core.pins.onChange(() => (told = ''))
  return {
    async soon() {
      if (isDue) return
      isDue = true
      await core.around.wait(atHandMs)
      isDue = false
      await tell().catch(defect)
    },
  }
}

function contextOf(core: VaultCore, writer: SnapshotWriter, uses: RightUses, audit: AuditLog, news: ServiceNews): CommandContext {
  const bodies = createBodies({
    lane: core.seat.lane,
    wait: core.around.wait,
    updatesOf: (doc) => updatesOf(core, doc),
    save: (doc, update) => saveBody(core, doc, update),
  })
  return { core, bodies, pages: createPages(core), numbering: createNumbering(core, news.defect), uses, audit, summarise: writer.now, language: news.language, onJob: news.job, cancelled: new Set() }
}
