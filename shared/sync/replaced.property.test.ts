import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBeacon } from '../log/beacon.ts'
import { beaconPrefix, parcelName } from '../log/names.ts'
import { openIndex } from '../log/parcel.ts'
import { packOf, workspace } from './testing/machine.ts'
import { createTown, stored, type Machine, type Town } from './testing/town.ts'

const day = 24 * 60 * 60 * 1000
const count = 4
const earlier = Array.from({ length: count }, (_, n) => packOf(`file ${n}, old key`))
const since = Array.from({ length: count }, (_, n) => packOf(`file ${n}, new key`))

function itemsOf(town: Town, parcels: readonly string[]): ReadonlySet<string> {
  return new Set(parcels.flatMap((name) => (openIndex(workspace, town.storage.objects.get(name) ?? new Uint8Array())?.items ?? []).map((item) => item.name)))
}

function listedParcels(town: Town): readonly string[] {
  return stored(town, beaconPrefix).flatMap((name) => (parseBeacon(town.storage.objects.get(name) as Uint8Array)?.beacon.parcels ?? []).map(({ sha256 }) => parcelName(sha256)))
}

/** Three machines write, give new keys, fetch, start anew and let time pass, in any order; `n` names the file. */
const move = fc.record({ who: fc.nat(2), what: fc.constantFrom('write', 'rekey', 'told', 'forget', 'fetch', 'round', 'round', 'restart', 'days'), n: fc.nat(count - 1) })

describe('content that a new key took the place of', () => {
  it('4.13 SY-130 SY-131 SY-132 SY-133 in any course of things what a list names lies there, nothing is lost, and what everybody names goes in the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(move, { maxLength: 40 }), async (moves) => {
        const town = createTown()
        const machines = ['one', 'two', 'three'].map((device) => town.byNeed(device))
        const known = new Set<number>()
        const rekeyed = new Set<number>()
        const holds = (machine: Machine, name: string): boolean => machine.disk.objects.has(name)
        for (const { who, what, n } of moves) {
          const machine = machines[who] as Machine
          const [old, anew] = [earlier[n], since[n]] as [(typeof earlier)[number], (typeof since)[number]]
          if (what === 'write' && !known.has(n)) machine.write((known.add(n), old))
          else if (what === 'rekey' && holds(machine, old.name) && !rekeyed.has(n)) machine.write((rekeyed.add(n), anew))
          else if (what === 'told' && holds(machine, old.name) && holds(machine, anew.name)) machine.replaced.set(old.name, [anew.name])
          else if (what === 'forget') machine.replaced.delete(old.name)
          else if (what === 'fetch') await machine.fetch([old.name, anew.name])
          else if (what === 'restart') machine.restart()
          else if (what === 'days') town.clock.advance(16 * day)
          else if (what === 'round') expect(await machine.round({ thorough: n > 0 })).toMatchObject({ failure: null, missing: [] })
          for (const name of listedParcels(town)) expect(town.storage.objects.has(name)).toBe(true)
          for (const file of [...known].map((at) => [earlier[at], since[at]])) expect(machines.some((one) => file.some((pack) => pack && holds(one, pack.name)))).toBe(true)
        }
        const settle = async (): Promise<void> => {
          for (let time = 0; time < 3; time++) for (const machine of machines) expect((await machine.round({ thorough: true })).failure).toBe(null)
        }
        await settle()
        // What is in use can be fetched, whatever was named before.
        const listed = itemsOf(town, listedParcels(town))
        for (const n of known) expect([n, listed.has(earlier[n]?.name ?? '') || (rekeyed.has(n) && listed.has(since[n]?.name ?? ''))]).toEqual([n, true])
        for (const n of rekeyed) {
          const [old, anew] = [earlier[n]?.name ?? '', since[n]?.name ?? '']
          for (const machine of machines) {
            await machine.fetch([old, anew])
            if (holds(machine, old) && holds(machine, anew)) machine.replaced.set(old, [anew])
          }
        }
        for (let month = 0; month < 4; month++) {
          await settle()
          town.clock.advance(31 * day)
        }
        await settle()
        const lying = itemsOf(town, stored(town, 'o/'))
        for (const n of known) expect([n, lying.has(earlier[n]?.name ?? '')]).toEqual([n, !rekeyed.has(n)])
        for (const n of rekeyed) expect([n, lying.has(since[n]?.name ?? '')]).toEqual([n, true])
      }),
      { numRuns: 60 },
    )
  })
})
