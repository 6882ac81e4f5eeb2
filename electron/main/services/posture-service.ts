// What this device says of its own state: every check read and judged, kept until the next look. It decides nothing about acts: whoever
// asks (session, gate, screen) does. What was read stays here; of it only a salted hash goes into the statement.

import { equalBytes } from '@shared/base/bytes.ts'
import type { Clock, Random } from '@shared/base/ports.ts'
import { encodeCbor } from '@shared/base/cbor.ts'
import { err, ok } from '@shared/base/result.ts'
import { sha256Hex } from '@shared/crypto/hash.ts'
import type { Contract } from '@shared/ipc/contract.ts'
import type { PostureView } from '@shared/ipc/contract/posture.ts'
import type { Handlers } from '@shared/ipc/define.ts'
import type { Heard } from '@shared/posture/checks/heard.ts'
import type { PostureRules } from '@shared/posture/checks/rules.ts'
import { checks } from '@shared/posture/checks/table.ts'
import { daysLeft } from '@shared/posture/evaluate.ts'
import { checkIds, type ActRule, type CheckId, type ProtectionLevel, type System } from '@shared/posture/model.ts'
import type { CheckReading, PostureStatement } from '@shared/posture/statement.ts'
import type { Timers } from '@shared/sync/scheduler.ts'
import type { Sources } from '../posture/ports.ts'

export interface PostureDeps {
  readonly system: System
  /** Of this product; what follows the three numbers is left out of the statement. */
  readonly version: string
  readonly sources: Sources
  readonly rules: () => PostureRules
  /** This device and how well its keys are kept; null while it belongs to no workspace. */
  readonly who: () => Promise<{ readonly device: string; readonly level: ProtectionLevel } | null>
  readonly clock: Clock
  readonly random: Random
  /** Since when which check does not pass, kept over restarts; what cannot be read is not remembered. */
  readonly memory: SinceMemory
  /** What the policy in force here asks before acts; none while no seat is open. */
  readonly asked: () => readonly ActRule[]
  readonly timers: Timers
  readonly settings: { readonly opens: (check: CheckId) => Promise<boolean>; readonly open: (check: CheckId) => Promise<boolean> }
  readonly changed: (view: PostureView) => void
}

export type Since = Partial<Record<CheckId, number>>

export interface SinceMemory {
  load(): Promise<Since>
  save(since: Since): Promise<void>
}

export interface PostureService {
  /** As last evaluated; null before the first time, or while this machine belongs to no workspace. */
  current(): PostureStatement | null
  /** Evaluates every check anew; several who ask at once share one look. */
  measure(): Promise<PostureStatement | null>
  /** Looks now and from then on every fifteen minutes. */
  start(): void
  stop(): void
  readonly page: Pick<Handlers<Contract, 'page'>, 'posture'>
}

const everyMs = 15 * 60 * 1000
/** A reader ends its program after 5 s; this is for one that does not even let itself be ended. */
const longestMs = 7_000

interface Look {
  readonly at: number
  readonly readings: readonly CheckReading[]
  readonly opens: ReadonlySet<CheckId>
  readonly statement: PostureStatement | null
}

export function createPostureService(deps: PostureDeps): PostureService {
  const { system, sources, clock, timers } = deps
  const table = checks[system]
  const version = /^\d{1,5}\.\d{1,5}\.\d{1,5}/.exec(deps.version)?.[0] ?? '0.0.0'
  // Without it whoever knows a few possible answers could tell from the hash which one it was.
  const salt = deps.random.bytes(16)
  let last: Look | null = null
  let running: Promise<Look> | null = null
  let stopTimer: () => void = () => undefined
  let isStopped = true

  const look = async (): Promise<Look> => {
    const wanted = [...new Set(checkIds.flatMap((id) => table[id].sources))]
    const [heard, who, opens] = await Promise.all([
      Promise.all(wanted.map(async (name) => [name, await within(timers, sources[name]?.read())] as const)),
      deps.who(),
      Promise.all(checkIds.map(async (id) => ((await deps.settings.opens(id)) ? [id] : []))),
    ])
    const told = Object.fromEntries(heard)
    const at = clock.now()
    const known = await deps.memory.load()
    const readings = checkIds.map((id): CheckReading => {
      const { judge, sources: names } = table[id]
      const finding = judge(told, { rules: deps.rules(), now: at })
      const said = names.flatMap((name) => (typeof told[name] === 'string' ? [[name, told[name]]] : []))
      return { id, ...finding, at, since: finding.verdict === 'pass' ? at : Math.min(known[id] ?? at, at), evidence: said.length === 0 ? null : sha256Hex(encodeCbor([salt, said])) }
    })
    if (who) await remember(known, readings)
    return { at, readings, opens: new Set(opens.flat()), statement: who && { schema: 1, kind: 'posture', ...who, system, version, at, checks: readings } }
  }
  const remember = async (known: Since, readings: readonly CheckReading[]): Promise<void> => {
    const since: Since = Object.fromEntries(readings.flatMap(({ id, verdict, since: from }) => (verdict === 'pass' ? [] : [[id, from]])))
    if (!equalBytes(encodeCbor(since), encodeCbor(known))) await deps.memory.save(since)
  }
  const measured = (): Promise<Look> => (running ??= look()
    .then((now) => {
      const before = last
      last = now
      if (!before || wordsOf(before) !== wordsOf(now)) deps.changed(viewOf(now))
      return now
    })
    .finally(() => {
      running = null
      stopTimer()
      if (!isStopped) stopTimer = timers.after(everyMs, () => void measured())
    }))
  /** Of the rules that ask for this check and give days, the one that ends first. */
  const graceLeft = (reading: CheckReading): number | null => {
    if (reading.verdict === 'pass') return null
    const days = deps.asked().filter(({ graceDays, checks: needs }) => graceDays > 0 && needs.some(({ check, systems }) => check === reading.id && (systems?.includes(system) ?? true))).map((rule) => daysLeft(rule, reading, clock.now()))
    return days.length === 0 ? null : Math.min(...days)
  }
  const viewOf = ({ at, readings, opens, statement }: Look): PostureView => ({
    system,
    at,
    checks: readings.map((reading) => ({ ...reading, sources: table[reading.id].sources.flatMap((name) => sources[name]?.from ?? []), opens: opens.has(reading.id), graceDays: graceLeft(reading) })),
    statement,
  })

  return {
    current: () => last?.statement ?? null,
    measure: async () => (await measured()).statement,
    start() {
      isStopped = false
      void measured()
    },
    stop() {
      isStopped = true
      stopTimer()
    },
    page: {
      posture: {
        state: async () => ok(viewOf(last ?? (await measured()))),
        check: async () => ok(viewOf(await measured())),
        openSettings: async ({ check }) => ((await deps.settings.open(check)) ? ok(null) : err({ type: 'SettingsUnreachable', retry: 'never' })),
      },
    },
  }
}

/** What a person would see change. */
function wordsOf({ readings, statement }: Look): string {
  return JSON.stringify([statement?.device, statement?.level, readings.map(({ verdict, reason, trust }) => [verdict, reason, trust])])
}

function within(timers: Timers, read: Promise<Heard> | undefined): Promise<Heard> {
  return new Promise((resolve) => {
    const stop = timers.after(longestMs, () => resolve({ unread: 'late' }))
    void (read ?? Promise.resolve<Heard>({ unread: 'absent' })).catch((): Heard => ({ unread: 'failed' })).then((heard) => {
      stop()
      resolve(heard)
    })
  })
}
