// What main's gate asks where the town wants its rules to be new: a word of whoever reached the storage, and none of whoever did not.
import { afterEach, expect, it } from 'vitest'
import type { DevicePolicy } from '@shared/authority/model.ts'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { clearAway, commitRequest, device, founded, openVault, pin, seats } from './testing/session-device.ts'

afterEach(clearAway)

const hour = 60 * 60 * 1000
const asking: DevicePolicy = { ...(sampleTown.policies[0] as DevicePolicy), policyLagHours: 24 }

it('4.10 AU-71 JU-70 the gate signs the word that the rules are the newest only soon after the storage was reached, and no decision on rules of which nobody else said so', async () => {
  let reached: number | null = null
  const { session, clock } = await device({ sample: { ...sampleTown, policies: [asking] }, contact: { last: async () => reached, away: async () => 0, reach: async () => undefined } })
  await founded(session)
  const [admin] = await seats(session)
  expect((await session.page.session.unlock({ seat: admin?.seat ?? '', pin })).ok).toBe(true)
  const vault = await openVault(session)
  expect(await session.vault.vault.contact({})).toEqual({ ok: true, value: { at: null } })
  const word = async () => session.vault.journal.commit((await commitRequest(vault, clock, 2, 'authority.current', {})).request)
  const refused = { ok: false, error: { type: 'GateDenied', retry: 'never', reasons: [{ code: 'contact-missing' }] } }
  expect(await word()).toEqual(refused)
  reached = clock.now() - hour - 1
  expect(await word()).toEqual(refused)
  reached = clock.now() - hour
  expect((await word()).ok).toBe(true)
  const decided = await session.vault.journal.commit((await commitRequest(vault, clock, 3, 'decision.approve', {})).request)
  expect(decided.ok ? [] : 'reasons' in decided.error ? decided.error.reasons : decided.error).toContainEqual({ code: 'rules-old', facts: { type: 'decision.approve' } })
})
