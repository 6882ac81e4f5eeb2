import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { ok } from '@shared/base/result.ts'
import type { ContentKey, CryptoHost } from '@shared/crypto/ports.ts'
import { createWorld, fewPeople, type World, type Writer } from '@shared/judge/testing/world.ts'
import { collectionZero } from '@shared/log/names.ts'
import { checkpointKey, openCheckpoint, sealCheckpoint } from './authority-checkpoint.ts'
import { createAuthorityReplica } from './authority-replica.ts'
import type { ObjectStore } from './object-store.ts'

const collection = sampleTown.collections[0]?.id as string

function storeOf(objects: ReadonlyMap<string, Uint8Array>): ObjectStore {
  return {
    put: async () => ok(null),
    replace: async () => ok(null),
    forget: async () => undefined,
    get: async (name) => objects.get(name) ?? null,
    has: async (name) => objects.has(name),
    range: async () => null,
    names: async () => [...objects.keys()],
    list: async (folder) => [...new Set([...objects.keys()].filter((name) => name.startsWith(`${folder}/`)).map((name) => name.slice(folder.length + 1).split('/')[0] as string))].sort(),
  }
}

/** Verifications of signatures asked of this host. */
function counting({ subtle, random }: CryptoHost): { readonly host: CryptoHost; readonly verified: () => number } {
  let verified = 0
  const bound = new Proxy(subtle, {
    get: (target, name: keyof typeof subtle) => (...all: unknown[]) => {
      if (name === 'verify') verified += 1
      return (target[name] as (...given: unknown[]) => unknown)(...all)
    },
  })
  return { host: { subtle: bound, random }, verified: () => verified }
}

interface Office {
  readonly world: World
  readonly admin: Writer
  readonly other: Writer
  readonly ids: { readonly workspace: string; readonly genesis: string; readonly seat: string }
  readonly zero: ContentKey
  readonly key: ContentKey
}

async function office(seed: string): Promise<Office> {
  const world = await createWorld(seed, 8, fewPeople(collection))
  const { workspace, genesis, seats, head } = world.founded
  const founder = seats.find((s) => head.lane.startsWith(`${s.seat}.`))
  const second = seats.find((s) => s !== founder)
  if (!founder || !second) throw new Error('two seats are founded')
  const zeroKey = await (await world.keyRing(founder.person)).epochKey(collectionZero, 0)
  const key = await checkpointKey(world.host, founder.exchange.privateKey)
  return { world, admin: await world.writer(founder), other: await world.writer(second), ids: { workspace, genesis, seat: founder.seat }, zero: zeroKey as ContentKey, key }
}

async function replicaOf({ world, ids, zero }: Office, objects: ReadonlyMap<string, Uint8Array>, start?: Parameters<typeof createAuthorityReplica>[5], host = world.host) {
  const replica = createAuthorityReplica(host, storeOf(objects), ids, zero, async () => null, start)
  await replica.catchUp()
  return replica
}

async function stateOf(replica: Awaited<ReturnType<typeof replicaOf>>) {
  const { heads, stateHash } = await replica.checkpoint()
  return { state: await replica.state(), heads: new Map([...heads].sort()), stateHash, vector: replica.vector() }
}

describe('the checkpoint of collection zero', () => {
  it('2.18 and what came after it give the state of a full replay, wherever it was made', async () => {
    const here = await office('checkpoint')
    const { world, admin, other, ids, key } = here
    const names: string[] = []
    for (let i = 0; i < 5; i++) {
      names.push(await other.write(collectionZero, [other.event('session.unlock', null, { session: `${i}` })]))
      names.push(await admin.write(collectionZero, [admin.event('section.put', null, { id: `s${i}`, name: `第${i}課`, nameEn: 'x' })], { authority: { [admin.lane]: 1 + i, [other.lane]: i } }))
      // Nobody let this person do it: quarantined.
      names.push(await other.write(collectionZero, [other.event('section.put', null, { id: `forged${i}`, name: '偽', nameEn: 'x' })]))
    }
    names.push(await admin.write(collectionZero, [admin.event('seat.remove', null, { id: 'nobody', reason: 'test' })]))
    const full = await stateOf(await replicaOf(here, world.objects))
    expect([full.state.sections.size, full.state.removedSeats.has('nobody')]).toEqual([5, true])
    await fc.assert(
      fc.asyncProperty(fc.nat(names.length), fc.nat(names.length), async (first, second) => {
        // Two machines that copied to each other: of each lane a part, not the same of both.
        const kept = new Set([...names.slice(0, first).filter((name) => name.includes(admin.lane)), ...names.slice(0, second).filter((name) => name.includes(other.lane))])
        const then = new Map([...world.objects].filter(([name]) => !names.includes(name) || kept.has(name)))
        const sealed = await sealCheckpoint(world.host, key, ids, await (await replicaOf(here, then)).checkpoint())
        const start = await openCheckpoint(world.host, key, ids, storeOf(world.objects), sealed)
        expect(start).not.toBeNull()
        expect(await stateOf(await replicaOf(here, world.objects, start ?? undefined))).toEqual(full)
      }),
      { seed: 218, numRuns: 20 },
    )
  })

  it('2.18 is not believed when a byte was changed, another seat made it or the journal says otherwise', async () => {
    const here = await office('damaged')
    const { world, admin, ids, key } = here
    const last = await admin.write(collectionZero, [admin.event('section.put', null, { id: 's', name: '課', nameEn: 'x' })])
    const sealed = await sealCheckpoint(world.host, key, ids, await (await replicaOf(here, world.objects)).checkpoint())
    const read = (bytes: Uint8Array, at = ids, objects: ReadonlyMap<string, Uint8Array> = world.objects) => openCheckpoint(world.host, key, at, storeOf(objects), bytes)
    expect((await read(sealed))?.heads.get(admin.lane)?.seq).toBe(2)
    for (let at = 0; at < sealed.length; at += 97) expect(await read(sealed.map((byte, i) => (i === at ? byte ^ 1 : byte)))).toBeNull()
    expect(await read(sealed.subarray(0, 20))).toBeNull()
    for (const other of [{ ...ids, seat: 'another' }, { ...ids, workspace: 'another' }]) expect(await read(sealed, other)).toBeNull()
    const earlier = new Map([...world.objects].filter(([name]) => name !== last))
    expect(await read(sealed, ids, earlier)).toBeNull()
    const lying = await (await replicaOf(here, world.objects)).checkpoint()
    expect(await read(await sealCheckpoint(world.host, key, ids, { ...lying, events: lying.events.slice(1) }))).toBeNull()
  })

  it('2.18 makes an unlock after 500 others judge what is new and nothing else', async () => {
    const here = await office('many')
    const { world, other, ids, key } = here
    for (let i = 0; i < 500; i++) await other.write(collectionZero, [other.event('session.unlock', null, { session: `${i}` })])
    const replay = counting(world.host)
    const first = await replicaOf(here, world.objects, undefined, replay.host)
    // The founding, what the other founder signed, and 500 unlocks; three certificates of two signatures each.
    expect([first.judged(), replay.verified()]).toEqual([502, 502 + 2 * 3])
    const sealed = await sealCheckpoint(world.host, key, ids, await first.checkpoint())
    // It does not grow with them either.
    const founding = await sealCheckpoint(world.host, key, ids, await (await replicaOf(here, new Map([...world.objects].filter(([name]) => !name.includes(other.lane))))).checkpoint())
    expect(sealed.length).toBeLessThan(founding.length * 1.15)
    await other.write(collectionZero, [other.event('session.unlock', null, { session: 'new' })])
    const unlock = counting(world.host)
    const start = await openCheckpoint(unlock.host, key, ids, storeOf(world.objects), sealed)
    const second = await replicaOf(here, world.objects, start ?? undefined, unlock.host)
    expect([second.judged(), unlock.verified()]).toEqual([1, 3])
    expect(second.vector()[other.lane]).toBe(501)
  })
})
