import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { standardRules } from '@shared/authority/standard-rules.ts'
import type { DevicePolicy } from '@shared/authority/model.ts'
import { ok } from '@shared/base/result.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import { sessionName } from '@shared/log/names.ts'
import { parseSession } from '@shared/log/session.ts'
import { eventToBytes } from '@shared/log/segment.ts'
import type { SetThresholds } from '@shared/posture/checks/model.ts'
import type { ActRule, CheckId } from '@shared/posture/model.ts'
import { parseStatement, type CheckReading, type PostureStatement } from '@shared/posture/statement.ts'
import type { TownAsks } from '../ports.ts'
import { createObjectStore } from './object-store.ts'
import { clearAway, commitRequest, device, founded, openVault, pin, seats } from './testing/session-device.ts'

afterEach(clearAway)

const needs = (id: string, acts: string, check: CheckId): ActRule => ({ id, acts: [acts], level: null, checks: [{ check, systems: null, maxAgeHours: 24, unknown: 'fail' }], signIn: null, otherwise: 'hold', graceDays: 0 })
const enforced: DevicePolicy = { ...(sampleTown.policies[0] as DevicePolicy), kind: 'enforced', rules: [needs('own', 'session.unlock', 'fw.on'), needs('sections', 'section.*', 'disk.enc')] }

/** A machine whose state the test sets, in a town whose policy asks for it. */
async function machine(thresholds?: SetThresholds) {
  let verdicts: Partial<Record<CheckId, 'pass' | 'fail'>> = { 'disk.enc': 'pass', 'fw.on': 'pass' }
  let said: PostureStatement | null = null
  const followed: (TownAsks | null)[] = []
  const state = {
    current: () => said,
    follow: (next: TownAsks | null) => void followed.push(next),
    async measure() {
      const at = made.clock.now()
      const checks = Object.entries(verdicts).map(([id, verdict]): CheckReading => ({ id: id as CheckId, verdict, reason: verdict === 'pass' ? null : 'switched-off', trust: 'self', at, since: at, evidence: null }))
      said = { schema: 1, kind: 'posture', device: (await openDevice()) ?? '', system: 'linux', version: '1.0.0', level: 'L1', at, checks }
      return said
    },
  }
  const made = await device({ state, sample: { ...sampleTown, policies: [thresholds ? { ...enforced, thresholds } : enforced] } })
  const openDevice = async (): Promise<string | null> => {
    const record = await made.profile.load()
    return typeof record === 'string' ? null : record.device.id
  }
  await founded(made.session)
  const [seat] = await seats(made.session)
  const unlock = async () => {
    expect(await made.session.page.session.unlock({ seat: seat!.seat, pin })).toEqual(ok(null))
    return openVault(made.session)
  }
  const [workspace = ''] = await readdir(join(made.folder, 'objects', 'z1'))
  const store = createObjectStore(join(made.folder, 'objects', 'z1', workspace))
  return { ...made, followed, state, unlock, store, now: (next: typeof verdicts) => void (verdicts = next) }
}

describe('the state of a device behind its session', () => {
  it('4.9 LG-14 is measured at unlocking, named by the certificate, and not to be read beside it', async () => {
    const { unlock, store, session } = await machine()
    const { session: hash, device: id } = await unlock()
    const object = (await store.get(sessionName(hash))) as Uint8Array
    const certificate = parseSession(object)
    expect(certificate?.body.posture).toMatch(/^[0-9a-f]{64}$/)
    for (const word of ['fw.on', 'disk.enc', 'posture']) expect([word, Buffer.from(certificate?.evidence?.sealed ?? []).includes(Buffer.from(utf8ToBytes(word)))]).toEqual([word, false])
    const evidence = await session.vault.vault.evidence({})
    expect(evidence.ok && parseStatement(evidence.value.posture?.bytes as Uint8Array)).toMatchObject({ device: id, checks: [{ id: 'disk.enc', verdict: 'pass' }, { id: 'fw.on', verdict: 'pass' }] })
  })

  it('4.7 PC-6 the checks go by the values of the town’s policy before the device says its first word, and by new ones when they arrive', async () => {
    const { unlock, followed, session, clock } = await machine({ lockMinutes: 5 })
    const vault = await unlock()
    expect(followed[0]).toMatchObject({ thresholds: { lockMinutes: 5 }, rules: enforced.rules })
    const body = { id: 't', consentFor: [], sessionHours: null, idleLockMinutes: null, recoveryHours: null, thresholds: { lockMinutes: 3 } }
    const put = await commitRequest(vault, clock, 2, 'policy.tighten', body)
    expect((await session.vault.consent.request({ events: [eventToBytes(put.event)], title: 't', facts: [], warnings: [] })).ok).toBe(true)
    expect((await session.vault.journal.commit({ ...put.request, authority: { [vault.lane]: 1 } })).ok).toBe(true)
    expect(followed.at(-1)).toMatchObject({ thresholds: { lockMinutes: 3 } })
    await session.arrived()
    expect(followed.at(-1)).toMatchObject({ thresholds: { lockMinutes: 3 } })
  })

  it('4.9 the gate signs nothing that this device’s state now, or the one that its session told, does not let through', async () => {
    const { unlock, session, clock, state, now } = await machine()
    const vault = await unlock()
    const act = async (seq: number) => session.vault.journal.commit((await commitRequest(vault, clock, seq, 'session.unlock', { session: vault.session })).request)
    expect((await act(2)).ok).toBe(true)
    now({ 'disk.enc': 'pass', 'fw.on': 'fail' })
    await state.measure()
    expect(await act(3)).toEqual({ ok: false, error: { type: 'GateDenied', retry: 'never', reasons: [{ code: 'check-failed', facts: { check: 'fw.on' } }] } })
    now({ 'disk.enc': 'pass', 'fw.on': 'pass' })
    await state.measure()
    expect((await act(3)).ok).toBe(true)
  })

  it('4.9 a session that began in a worse state says so until the PIN frees the seat’s key', async () => {
    const { unlock, session, clock, state, now, store } = await machine()
    now({ 'disk.enc': 'fail', 'fw.on': 'fail' })
    const vault = await unlock()
    now({ 'disk.enc': 'pass', 'fw.on': 'pass' })
    await state.measure()
    const own = await commitRequest(vault, clock, 2, 'session.unlock', { session: vault.session })
    expect(await session.vault.journal.commit(own.request)).toMatchObject({ ok: false, error: { type: 'GateDenied', reasons: [{ code: 'session-to-renew' }, { code: 'check-failed', facts: { check: 'fw.on' } }] } })
    const put = await commitRequest(vault, clock, 2, 'section.put', { id: 's', name: 's', nameEn: 's' })
    expect((await session.vault.consent.request({ events: [eventToBytes(put.event)], title: 't', facts: [], warnings: [] })).ok).toBe(true)
    expect((await session.vault.journal.commit(put.request)).ok).toBe(true)
    const renewed = await openVault(session)
    expect(renewed.session).not.toBe(vault.session)
    expect([parseSession((await store.get(sessionName(vault.session))) as Uint8Array)?.body.n, parseSession((await store.get(sessionName(renewed.session))) as Uint8Array)?.body.n]).toEqual([1, 2])
  })

  it('4.7 PO-30 the sessions of the last thirty days say whom rules would have stopped', async () => {
    const { unlock, session, now, advance } = await machine()
    const day = 24 * 60 * 60 * 1000
    const others = { 'lock.screen': 'pass', 'os.patch': 'pass', 'av.ok': 'pass' } as const
    now({ 'disk.enc': 'pass', 'fw.on': 'fail', ...others })
    await unlock()
    advance(20 * day)
    now({ 'disk.enc': 'pass', 'fw.on': 'pass', ...others })
    await unlock()
    const rehearsed = async () => {
      const answer = await session.page.session.rehearse({ rules: [standardRules.export] })
      return answer.ok && answer.value.map(({ sessions, stopped, wouldStopNow }) => [sessions, stopped, wouldStopNow])
    }
    expect(await rehearsed()).toEqual([[2, 1, false]])
    advance(11 * day)
    expect(await rehearsed()).toEqual([[1, 0, false]])
  })
})
