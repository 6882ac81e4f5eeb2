// The vault as its page uses it: commands that wait until the vault is open, live queries that begin as soon as there is something to
// show, one list of notices. It holds the one open core; nothing else does.

import { ok, type Result } from '@shared/base/result.ts'
import type { CommandFailure, VaultCommands, VaultQueries } from '../services/vault-api.ts'
import type { JobState } from '../services/view-models.ts'
import { createAccessLog } from './access-log.ts'
import { createBodies } from './bodies.ts'
import { commands } from './commands/commands.ts'
import type { CommandContext, CommandName } from './commands/context.ts'
import { prepareTexts } from './commands/searching.ts'
import type { Notice, VaultCore } from './core.ts'
import { failed } from './failure.ts'
import { createNumbering } from './numbering.ts'
import { createLive, type Live, type QueryName } from './live.ts'
import { openVault } from './open-vault.ts'
import { wantedPacks } from './offline.ts'
import { createPages } from './pages.ts'
import type { Surroundings } from './ports.ts'
import { createQueries } from './queries.ts'
import { saveBody, updatesOf } from './save-body.ts'
import { createWitnessing } from './witnessing.ts'

export interface VaultService {
  /** Opens the vault of the seat that main has unlocked. */
  open(): Promise<Result<null, CommandFailure>>
  /** Takes in what came into the folder from elsewhere. */
  takeIn(): Promise<void>
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
  readonly live: Live
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
    const vault = await openVault(around, news.job)
    if (!vault.ok) return vault
    const { core, ready } = vault.value
    core.onNotice((notice) => {
      notices.push(notice)
      news.notice(notice)
      live.changed()
    })
    const access = createAccessLog(core, around.wait)
    const live = createLive(createQueries(core, () => notices, access.opened, () => complete), () => around.wait(liveGapMs), news.defect)
    const context = contextOf(core, news)
    const witnessing = createWitnessing(core)
    core.onChange((change) => {
      if (change.lane !== core.seat.lane) context.bodies.take(change.events)
      if (change.lane !== core.seat.lane && complete) void witnessing.take(change).catch(news.defect)
      live.changed()
      void atHand.soon()
      if (complete) context.numbering.changed()
    })
    core.pins.onChange(live.changed)
    const atHand = createAtHand(core, news.defect)
    const opened = { live, context }
    tellOpened(opened)
    await ready
    complete = true
    live.changed()
    tellReady(opened)
    void witnessing.all().catch(news.defect)
    void atHand.soon()
    context.numbering.changed()
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
      await opened?.context.core.catchUp()
    },
    async contentCame() {
      const opened = await whenReady
      opened?.live.changed()
    },
    async command(name, arg) {
      const opened = await whenReady
      if (!opened) return failed('ViewBroken', 'later')
      const { context } = opened
      if (!Object.hasOwn(commands, name)) return failed('CommandUnknown')
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

/** After a burst of changes main is told once what is to be at hand, when that is something else than before. */
function createAtHand(core: VaultCore, defect: (thrown: unknown) => void): { readonly soon: () => Promise<void> } {
  let isDue = false
  let told = ''
  const tell = async (): Promise<void> => {
    const names = [...wantedPacks(core)]
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

function contextOf(core: VaultCore, news: ServiceNews): CommandContext {
  const bodies = createBodies({
    lane: core.seat.lane,
    wait: core.around.wait,
    updatesOf: (doc) => updatesOf(core, doc),
    save: (doc, update) => saveBody(core, doc, update),
  })
  return { core, bodies, pages: createPages(core), numbering: createNumbering(core, news.defect), language: news.language, onJob: news.job, cancelled: new Set() }
}
