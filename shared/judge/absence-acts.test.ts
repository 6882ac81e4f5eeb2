import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import { collectionZero } from '../log/names.ts'
import { fromEitherEnd } from './testing/either-end.ts'
import { createWorld, fewPeople, type Writer } from './testing/world.ts'

const collection = 'c-general-affairs'
const trip = { position: 'general-affairs-manager', acting: 'finance-manager', from: '2026-10-01', to: '2026-10-05', reason: '出張' }

/** The section with its positions and the town's rules of deciding; each person's writer. */
async function office(seed: string) {
  const { positions, appointments, decisionTables } = sampleTown
  const world = await createWorld(seed, 4, { ...fewPeople(collection), positions, appointments, decisionTables })
  const writers = new Map<string, Writer>()
  for (const seat of world.founded.seats) writers.set(seat.person, await world.writer(seat))
  const write = async (person: string, type: string, body: unknown): Promise<void> => {
    const writer = writers.get(person) as Writer
    await writer.write(collectionZero, [writer.event(type, null, body)], { authority: { [world.founded.head.lane]: 1 } })
  }
  return { world, write }
}

describe('4.11 what is let in of absences', () => {
  it('4.11 JU-100 of whoever holds the position, and of an administrator, within the order and the days; all else is kept aside with its reason, in any order of arrival', async () => {
    const { world, write } = await office('absences')
    await write('sakita', 'absence.put', trip)
    await write('kamio', 'absence.put', { position: 'general-affairs-clerk', acting: null, from: '2026-10-01', to: '2026-10-02', reason: '休暇' })
    await write('kamio', 'absence.put', trip)
    await write('katsuragi', 'absence.put', trip)
    await write('sakita', 'absence.put', { ...trip, acting: 'general-affairs-chief' })
    await write('sakita', 'absence.put', { ...trip, acting: 'treasurer' })
    await write('sakita', 'absence.put', { ...trip, to: '2027-10-05' })
    await write('sakita', 'absence.put', { ...trip, position: 'vice-mayor', acting: 'general-affairs-manager' })
    await write('kamio', 'absence.put', { position: 7 })
    await write('kamio', 'absence.end', { absence: '0'.repeat(64), to: '2026-10-01', reason: '' })
    const { authority, reasons } = await fromEitherEnd(world)
    expect([...authority.absences.values()].map(({ person, position, acting }) => [person, position, acting])).toEqual([['sakita', 'general-affairs-manager', 'finance-manager'], ['kamio', 'general-affairs-clerk', null]])
    expect(reasons).toEqual(['absence-days', 'absence-gone', 'earlier-in-order', 'not-holder', 'not-holder', 'not-holder', 'not-in-order', 'own-standing-in'])
  })
})
