import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import { newEvidence, type EvidenceSet } from '../log/evidence.ts'
import { collectionZero } from '../log/names.ts'
import type { ActRule } from '../posture/model.ts'
import { statementToBytes, type CheckReading, type PostureStatement } from '../posture/statement.ts'
import { admitUntilStill, createWorld, testHost, type World, type Writer } from './testing/world.ts'

const collection = 'c-general-affairs'
const doc = 'doc-a'
const rule: ActRule = { id: 'r', acts: ['draft.*'], level: null, checks: [{ check: 'fw.on', systems: null, maxAgeHours: 24, unknown: 'fail' }], signIn: null, otherwise: 'hold', graceDays: 0 }

/** What a device of this world says of its firewall; null: nothing. */
function stateOf(world: World, verdict: CheckReading['verdict'] | null, { device = world.founded.device.id, at = world.clock.now() }: { readonly device?: string; readonly at?: number } = {}): EvidenceSet {
  if (verdict === null) return { posture: null, token: null }
  const reading: CheckReading = { id: 'fw.on', verdict, reason: verdict === 'pass' ? null : 'firewall-off', trust: 'owned', at, since: at, evidence: null }
  const statement: PostureStatement = { schema: 1, kind: 'posture', device, system: 'linux', version: '1.0.0', level: 'L1', at, checks: [reading] }
  return { posture: newEvidence(testHost(`said ${verdict}`), statementToBytes(statement)), token: null }
}

/** Four seats whose devices stand differently, and an administrator who makes the rules stricter while they write. */
async function office(seed: string) {
  const world = await createWorld(seed, 8)
  const { founded } = world
  const writers = founded.seats.filter(({ person }) => sampleTown.grants.some((grant) => grant.person === person && grant.collection === collection && grant.role === 'writer'))
  const seat = (i: number) => writers[i % writers.length] as (typeof writers)[number]
  await world.newDocument(collection, doc)
  const admin = await world.writer(founded.seats.find(({ person }) => sampleTown.grants.some((grant) => grant.person === person && grant.role === 'admin' && grant.collection === null)) as (typeof writers)[number])
  const before = { [founded.head.lane]: 1 }
  await admin.write(collectionZero, [admin.event('policy.tighten', null, { id: 't', reason: '', consentFor: [], sessionHours: null, idleLockMinutes: null, recoveryHours: null, rules: [rule] })])
  const after = { ...before, [admin.lane]: admin.lane === founded.head.lane ? 2 : 1 }
  return { world, seat, before, after, enough: writers.length }
}

const cover = (writer: Writer, value: string) => writer.event('draft.cover', doc, { field: 'title', value })

/** What a replica counts and what it sets aside when segments arrive in this order, some with their sessions only later. */
async function takeIn(world: World, names: readonly string[]) {
  const { door, view } = await world.replica(world.founded.seats[0]?.person as string)
  const left = await admitUntilStill(world, door, names)
  const quarantined = (await view.quarantined()).map(({ lane, reasons }) => [lane, ...reasons.map(({ code }) => code)].join(' ')).sort()
  return { left, quarantined, counted: (await view.documentEvents(collection, doc)).map(({ lane }) => lane).sort(), state: await view.stateHash() }
}

describe('states of devices behind segments', () => {
  it('4.9 4.10 JU-54 F26 whoever knew of a stricter policy counts only in the state it asks for, whoever could not know counts as before, on every replica in any order', async () => {
    const { world, seat, before, after, enough } = await office('state of devices')
    expect(enough).toBeGreaterThanOrEqual(4)
    const cases = [['pass', after], ['fail', after], ['fail', before], [null, after]] as const
    const lanes: string[] = []
    for (const [i, [verdict, authority]] of cases.entries()) {
      const writer = await world.writer(seat(i), stateOf(world, verdict))
      lanes.push(writer.lane)
      await writer.write(collection, [cover(writer, `第${i}案`)], { authority })
    }
    const names = [...world.objects.keys()].filter((name) => name.startsWith('j/'))
    const expected = await takeIn(world, names)
    expect(expected).toMatchObject({ left: [], counted: [`${lanes[0]}/${collection}`, `${lanes[2]}/${collection}`].sort(), quarantined: [`${lanes[1]} policy-denies check-failed`, `${lanes[3]} policy-denies check-unknown`].sort() })
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(names, { minLength: names.length }), async (order) => {
        expect(await takeIn(world, order)).toEqual(expected)
      }),
      { seed: 26, numRuns: 24 },
    )
  })

  it('4.10 JU-51 JU-54 PO-26 a statement that was copied from another device, one of last week and one of tomorrow are no state that the rules ask for, on every replica in any order', async () => {
    const { world, seat, after } = await office('statements of others')
    const [now, day] = [world.clock.now(), 24 * 60 * 60 * 1000]
    const cases = [[{}, null], [{ device: 'another1' }, 'check-unknown'], [{ at: now - 7 * day }, 'check-old'], [{ at: now + day }, 'check-unknown']] as const
    const lanes: string[] = []
    for (const [i, [over]] of cases.entries()) {
      const writer = await world.writer(seat(i), stateOf(world, 'pass', over))
      lanes.push(writer.lane)
      await writer.write(collection, [cover(writer, `第${i}案`)], { authority: after })
    }
    const names = [...world.objects.keys()].filter((name) => name.startsWith('j/'))
    const expected = await takeIn(world, names)
    expect(expected).toMatchObject({ left: [], counted: [`${lanes[0]}/${collection}`], quarantined: cases.flatMap(([, why], i) => (why === null ? [] : [`${lanes[i]} policy-denies ${why}`])).sort() })
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(names, { minLength: names.length }), async (order) => {
        expect(await takeIn(world, order)).toEqual(expected)
      }),
      { seed: 410, numRuns: 16 },
    )
  })
})
