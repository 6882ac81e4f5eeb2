import { describe, expect, it } from 'vitest'
import type { PostureView } from '@shared/ipc/contract/posture.ts'
import { defaultRules } from '@shared/posture/checks/rules.ts'
import { checkIds } from '@shared/posture/model.ts'
import { parseStatement, statementToBytes } from '@shared/posture/statement.ts'
import type { Sources } from '../posture/ports.ts'
import type { ActRule } from '@shared/posture/model.ts'
import { createPostureService, type Since } from './posture-service.ts'

const canary = 'uid=1000(神尾) gid=1000(神尾) groups=1000(神尾),27(sudo)'
const minute = 60_000

/** A device whose sources, clock and timers the test holds. */
function device(sources: Sources, { salt = 1, kept = {}, asked = [] }: { readonly salt?: number; readonly kept?: Since; readonly asked?: readonly ActRule[] } = {}) {
  let since = kept
  const due: { readonly at: number; readonly act: () => void; gone: boolean }[] = []
  let now = Date.UTC(2026, 10, 29)
  const seen: PostureView[] = []
  const service = createPostureService({
    system: 'linux',
    version: '0.1.0-testruntime',
    sources,
    rules: () => defaultRules,
    who: async () => ({ device: 'dev1', level: 'L1' }),
    clock: { now: () => now },
    memory: { load: async () => since, save: async (next) => void (since = next) },
    asked: () => asked,
    random: { bytes: (length) => new Uint8Array(length).fill(salt) },
    timers: {
      after(ms, act) {
        const timer = { at: now + ms, act, gone: false }
        due.push(timer)
        return () => (timer.gone = true)
      },
    },
    settings: { opens: async (check) => check === 'lock.screen', open: async (check) => check === 'lock.screen' },
    changed: (view) => seen.push(view),
  })
  return {
    service,
    seen,
    since: () => since,
    /** Fires what is due by then. */
    async pass(ms: number) {
      now += ms
      for (const timer of due.filter(({ at, gone }) => !gone && at <= now)) {
        timer.gone = true
        timer.act()
      }
      await settled()
    },
    waiting: () => due.filter((timer) => !timer.gone).map((timer) => timer.at - now),
  }
}

/** Whatever is under way and waits for nobody has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const said = (text: string, note: () => void = () => undefined): Sources => ({ id: { from: '/usr/bin/id', read: async () => (note(), text) } })

describe('4.5 what the device says of itself', () => {
  it('4.5 one look answers all who ask at once, and the statement parses as its own', async () => {
    let reads = 0
    const { service } = device(said(canary, () => (reads += 1)))
    expect(service.current()).toBeNull()
    const [first, second] = await Promise.all([service.measure(), service.measure()])
    expect(reads).toBe(1)
    expect(second).toBe(first)
    expect(service.current()).toBe(first)
    expect(first && parseStatement(statementToBytes(first))).toEqual(first)
    expect(first).toMatchObject({ device: 'dev1', level: 'L1', system: 'linux', version: '0.1.0' })
    expect(first?.checks.map(({ id }) => id)).toEqual(checkIds)
    expect(first?.checks.find(({ id }) => id === 'user.notadmin')).toMatchObject({ verdict: 'fail', reason: 'account-admin', trust: 'self' })
    expect(first?.checks.find(({ id }) => id === 'disk.enc')).toMatchObject({ verdict: 'unknown', reason: 'source-absent', evidence: null })
  })

  it('4.5 nothing that was read leaves the machine, and its hash cannot be guessed from outside', async () => {
    const [mine, other] = [await device(said(canary), { salt: 1 }).service.measure(), await device(said(canary), { salt: 2 }).service.measure()]
    const bytes = new TextDecoder().decode(mine ? statementToBytes(mine) : new Uint8Array())
    for (const word of ['神尾', 'sudo', 'groups', '/usr/bin']) expect(bytes).not.toContain(word)
    const evidence = (statement: typeof mine) => statement?.checks.find(({ id }) => id === 'user.notadmin')?.evidence
    expect(evidence(mine)).toMatch(/^[0-9a-f]{64}$/)
    expect(evidence(other)).not.toBe(evidence(mine))
  })

  it('4.5 looks again every fifteen minutes, tells the page only what changed, and stops', async () => {
    let text = canary
    const { service, seen, pass, waiting } = device({ id: { from: '/usr/bin/id', read: async () => text } })
    service.start()
    await settled()
    expect(seen).toHaveLength(1)
    await pass(15 * minute)
    expect(seen).toHaveLength(1)
    text = 'uid=1000(a) gid=1000(a) groups=1000(a)'
    await pass(14 * minute)
    expect(seen).toHaveLength(1)
    await pass(minute)
    expect(await service.page.posture.check({})).toMatchObject({ ok: true })
    expect(seen.map((view) => view.checks.find(({ id }) => id === 'user.notadmin')?.verdict)).toEqual(['fail', 'pass'])
    service.stop()
    expect(waiting()).toEqual([])
  })

  it('4.5 a reader that fails or never answers makes its check unknown and holds nobody up', async () => {
    const { service, pass } = device({ id: { from: 'a', read: () => Promise.reject(new Error('no')) }, mountinfo: { from: 'b', read: () => new Promise(() => undefined) } })
    const asked = service.measure()
    await settled()
    await pass(7_000)
    const statement = await asked
    expect(statement?.checks.filter(({ id }) => id === 'user.notadmin' || id === 'disk.enc').map(({ reason }) => reason)).toEqual(['source-late', 'source-failed'])
  })

  it('4.6 opens only the places main knows, and shows where each check was read', async () => {
    const { service } = device(said(canary))
    const { openSettings, state } = service.page.posture
    expect([await openSettings({ check: 'lock.screen' }), await openSettings({ check: 'fw.on' })]).toEqual([{ ok: true, value: null }, { ok: false, error: { type: 'SettingsUnreachable', retry: 'never' } }])
    const shown = await state({})
    expect(shown.ok && shown.value.checks.filter(({ opens }) => opens).map(({ id }) => id)).toEqual(['lock.screen'])
    expect(shown.ok && shown.value.checks.find(({ id }) => id === 'user.notadmin')?.sources).toEqual(['/usr/bin/id'])
  })

  it('4.6 PO-23 days of grace count from the first look that did not pass, over restarts, and begin anew after it passed', async () => {
    let text = 'uid=1000(a) gid=1000(a) groups=1000(a),27(sudo)'
    const sources: Sources = { id: { from: '/usr/bin/id', read: async () => text } }
    const rule: ActRule = { id: 'r', acts: ['decision.*'], level: null, checks: [{ check: 'user.notadmin', systems: null, maxAgeHours: 24, unknown: 'fail' }], signIn: null, otherwise: 'deny', graceDays: 7 }
    const day = 24 * 60 * minute
    const left = async ({ service }: ReturnType<typeof device>): Promise<number | null | undefined> => {
      const view = await service.page.posture.check({})
      return view.ok ? view.value.checks.find(({ id }) => id === 'user.notadmin')?.graceDays : undefined
    }
    const first = device(sources, { asked: [{ ...rule, graceDays: 30 }, rule, { ...rule, graceDays: 0 }] })
    expect(await left(first)).toBe(7)
    await first.pass(2 * day)
    expect(await left(first)).toBe(5)
    const again = device(sources, { kept: { ...first.since(), 'user.notadmin': Date.UTC(2026, 10, 29) - 6 * day }, asked: [rule] })
    expect(await left(again)).toBe(1)
    await again.pass(5 * day)
    expect(await left(again)).toBe(0)
    text = 'uid=1000(a) gid=1000(a) groups=1000(a)'
    expect([await left(again), again.since()['user.notadmin']]).toEqual([null, undefined])
    text = 'uid=1000(a) gid=1000(a) groups=1000(a),27(sudo)'
    expect([await left(again), await left(device(sources))]).toEqual([7, null])
  })
})
