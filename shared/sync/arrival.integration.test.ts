import { describe, expect, it } from 'vitest'
import { encodeCbor } from '../base/cbor.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { parcelName, snapshotName } from '../log/names.ts'
import { packOf, segmentOf, seededHost } from './testing/machine.ts'
import { createTown, names, type Town } from './testing/town.ts'

describe('3.7 a new device', () => {
  /** What a decided document leaves: segments of a draft, a submission and two approvals (13 KB), a wrap, and its pages. */
  const ofDocument = [1_040, 2_720, 1_345, 3_680, 1_830, 1_945]
  const bytesPerSecond = 10_000_000 / 8
  const latency = 0.05

  async function townOf(documents: number) {
    const town = createTown()
    const writers = ['a', 'b', 'c', 'd'].map((device) => ({ device, machine: town.machine(device), seq: 0 }))
    for (let n = 0; n < documents; n++) {
      const writer = writers[n % writers.length]!
      writer.machine.write(packOf(`pages of ${n}`, 2_000), ...ofDocument.map((size) => segmentOf(`seat.${writer.device}`, ++writer.seq, `document ${n}`, size - 150)))
      if (n % 25 === 24) for (const { machine } of writers) await machine.round()
    }
    for (let pass = 0; pass < 4; pass++) for (const { machine } of writers) await machine.round()
    return { town, writers }
  }

  async function arrival(documents: number) {
    const { town } = await townOf(documents)
    const fresh = town.byNeed('fresh')
    const report = await fresh.round()
    expect(report).toMatchObject({ failure: null, completeAt: town.clock.now(), missing: [] })
    expect(names(fresh)).toHaveLength(documents * ofDocument.length)
    return { requests: report.requests, bytes: report.received.bytes, seconds: report.received.bytes / bytesPerSecond + report.requests * latency }
  }

  it('3.7 has every record of 2,000 decided documents after at most 40 requests, without a byte of content, in the time that 13 KB each take', async () => {
    const { requests, bytes, seconds } = await arrival(2_000)
    expect(requests).toBeLessThanOrEqual(40)
    expect(bytes).toBeLessThan(2_000 * 14_000)
    expect(seconds).toBeLessThan(25)
  })

  it('3.7 has every record of 800 decided documents in less than 10 s at 10 Mbit/s', async () => {
    const { requests, seconds } = await arrival(800)
    expect(requests).toBeLessThanOrEqual(40)
    expect(seconds).toBeLessThan(10)
  })

  /** What the vault needs of a decided document in a snapshot at most (`renderer/vault/snapshots.integration.test.ts`). */
  const summedUp = 1_000

  /** Requests and bytes until a new machine has the snapshot of everything. */
  async function firstScreen(documents: number) {
    const { town, writers } = await townOf(documents)
    const bytes = encodeCbor({ s: 1, v: 1, kind: 'snapshot', e: 0, x: seededHost('rows').random.bytes(documents * summedUp) })
    writers[0]?.machine.write({ name: snapshotName('coll', documents * ofDocument.length, sha256Hex(bytes)), bytes })
    await writers[0]?.machine.round()
    const asked: { readonly name: string; readonly bytes: number }[] = []
    const fresh = town.byNeed('fresh', (storage) => ({
      ...storage,
      async get(name, ...rest) {
        const got = await storage.get(name, ...rest)
        asked.push({ name, bytes: got.ok ? (got.value?.length ?? 0) : 0 })
        return got
      },
    }))
    expect(await fresh.round()).toMatchObject({ failure: null, missing: [], suspicions: [] })
    expect(names(fresh)).toHaveLength(documents * ofDocument.length + 1)
    const until = asked.slice(0, asked.findIndex(({ name }) => name === snapshotParcel(town)) + 1)
    const sum = until.reduce((all, one) => all + one.bytes, 0)
    const requests = until.length + 1
    return { requests, bytes: sum, seconds: sum / bytesPerSecond + requests * latency }
  }

  function snapshotParcel(town: Town): string {
    const [name] = [...town.storage.objects].filter(([key]) => key.startsWith('o/')).sort(([, a], [, b]) => b.length - a.length).find(([, bytes]) => new TextDecoder().decode(bytes.slice(0, 200)).includes('s/coll/')) ?? []
    return name ?? parcelName('')
  }

  it('3.7 has what the desk and the register of 2,000 decided documents show after at most 8 requests and 2.6 MB: 3 s at 10 Mbit/s', async () => {
    const { requests, bytes, seconds } = await firstScreen(2_000)
    expect(requests).toBeLessThanOrEqual(8)
    expect(bytes).toBeLessThan(2_600_000)
    expect(seconds).toBeLessThan(3)
  })
})
