import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packOf, personWrapOf, segmentOf, sessionOf } from '@shared/sync/testing/machine.ts'
import { contents, createTown } from '@shared/sync/testing/town.ts'
import type { Storage } from '@shared/sync/storage.ts'
import { startApacheDav } from '../../../e2e/servers/apache-dav.ts'
import { startCephRgw } from '../../../e2e/servers/ceph-rgw.ts'
import { faults, startFaultProxy, type Fault, type FaultProxy } from '../../../e2e/servers/fault-proxy.ts'
import { ownKeys } from './s3-role.ts'
import { createS3Storage } from './s3-storage.ts'
import { loopbackWire } from './testing/loopback-wire.ts'
import { bytesOf } from './testing/storage-contract.ts'
import { createWebDavStorage } from './webdav-storage.ts'

interface Way {
  readonly proxy: FaultProxy
  open(workspace: string): Storage
}

const seed = 20_261_001
const signal = new AbortController().signal
const world = { fetch: loopbackWire, clock: { now: () => Date.now() }, patience: { silence: 20_000, slowest: 20_000 } }
const endings: (() => Promise<void>)[] = []

async function toApache(): Promise<Way> {
  const apache = await startApacheDav()
  const proxy = await startFaultProxy(Number(new URL(apache.address).port), seed)
  endings.push(apache.stop, proxy.stop)
  return {
    proxy,
    open: (workspace) => createWebDavStorage({ folder: new URL(`http://127.0.0.1:${proxy.port}/dav/`), user: apache.user, password: apache.password, workspace }, world),
  }
}

async function toCeph(): Promise<Way> {
  const ceph = await startCephRgw()
  await ceph.makeBucket('town')
  const proxy = await startFaultProxy(ceph.port, seed)
  endings.push(ceph.stop, proxy.stop)
  const { region, accessKey, secretKey } = ceph
  return { proxy, open: (workspace) => createS3Storage({ endpoint: new URL(`http://localhost:${proxy.port}`), bucket: 'town', region, style: 'path', ...ownKeys({ accessKey, secretKey }), workspace }, { ...world, page: 100 }) }
}

/** What the port says of each fault, to a GET and to a PUT; null where the answer came after all. */
const said: Readonly<Record<Fault, readonly [get: string | null, put: string | null]>> = {
  'cut-going': [null, 'StorageUnreachable'],
  'cut-coming': ['StorageUnreachable', 'StorageUnreachable'],
  'lost-reply': ['StorageUnreachable', 'StorageUnreachable'],
  later: ['StorageBusy', 'StorageBusy'],
  busy: ['StorageBusy', 'StorageBusy'],
  locked: ['StorageBusy', 'StorageBusy'],
  'login-page': ['StorageNonsense', 'StorageNonsense'],
  slow: [null, null],
}

for (const [what, start] of [['Apache', toApache], ['Ceph RGW', toCeph]] as const) {
  describe(`3.15 ${what} behind a line that fails`, () => {
    let way: Way
    beforeAll(async () => {
      way = await start()
    })
    afterAll(async () => {
      for (const end of endings.splice(0).toReversed()) await end()
    })

    it.each(faults)('3.15 says what "%s" is, has the old object or the new one whole, and answers rightly when it is over', async (fault) => {
      const storage = way.open(`each-${fault}`)
      const [before, after] = [bytesOf(1, 5000), bytesOf(2, 7000)]
      expect(await storage.put('b/0/aa', before, signal)).toMatchObject({ ok: true })
      way.proxy.misbehave([fault], 2)
      const met = way.proxy.met()[fault]
      const answers = { get: new Set<string>(), put: new Set<string>() }
      for (let time = 0; time < 4; time++) {
        const got = await storage.get('b/0/aa', signal)
        answers.get.add(got.ok ? 'answered' : got.error.type)
        if (got.ok) expect([before, after]).toContainEqual(got.value)
        const put = await storage.put('b/0/aa', after, signal)
        answers.put.add(put.ok ? 'answered' : put.error.type)
      }
      way.proxy.calm()
      expect(way.proxy.met()[fault]).toBeGreaterThan(met)
      const [get, put] = said[fault]
      for (const answer of answers.get) expect([get, 'answered']).toContain(answer)
      for (const answer of answers.put) expect([put, 'answered']).toContain(answer)
      expect([[before], [after]]).toContainEqual([((await storage.get('b/0/aa', signal)) as { value?: unknown }).value])
      expect(await storage.put('b/0/aa', after, signal)).toMatchObject({ ok: true })
      expect(await storage.get('b/0/aa', signal)).toEqual({ ok: true, value: after })
    })

    it('3.15 brings everything to three machines through every fault, doubles nothing, and takes no fault for deceit', async () => {
      const town = createTown()
      const storage = way.open('three')
      const machines = ['one', 'two', 'three'].map((name) => ({ name, ...town.machine(name, () => storage) }))
      way.proxy.misbehave(faults)
      const before = way.proxy.met()
      let written = 0
      for (const { name, write } of machines) write(sessionOf(name, 'seat'), personWrapOf(name, 'seat'), packOf(name, 200_000))
      for (let time = 1; time <= 20; time++) {
        for (const { name, write, round } of machines) {
          write(segmentOf(`${name}.inc`, time, `${name} ${time}`, 700))
          written += 1
          expect((await round({ signal })).suspicions).toEqual([])
        }
        town.clock.advance(60_000)
      }
      const met = way.proxy.met()
      way.proxy.calm()
      for (let time = 0; time < 3; time++) {
        town.clock.advance(3_600_000)
        for (const { round } of machines) expect(await round({ signal })).toMatchObject({ failure: null, suspicions: [] })
      }
      for (const fault of faults) expect(met[fault]).toBeGreaterThan(before[fault])
      for (const { round } of machines) expect(await round({ signal })).toMatchObject({ failure: null, suspicions: [], unsent: 0 })
      const [one, ...others] = machines.map((machine) => contents(machine))
      expect(one).toHaveLength(written + 3 * machines.length)
      for (const other of others) expect(other).toEqual(one)
    })
  })
}
