import { describe, expect, it } from 'vitest'
import { packOf, segmentOf } from './testing/machine.ts'
import { createTown, names } from './testing/town.ts'

describe('3.7 a new device', () => {
  /** What a decided document leaves: segments of a draft, a submission and two approvals (13 KB), a wrap, and its pages. */
  const ofDocument = [1_040, 2_720, 1_345, 3_680, 1_830, 1_945]
  const bytesPerSecond = 10_000_000 / 8
  const latency = 0.05

  async function arrival(documents: number) {
    const town = createTown()
    const writers = ['a', 'b', 'c', 'd'].map((device) => ({ device, machine: town.machine(device), seq: 0 }))
    for (let n = 0; n < documents; n++) {
      const writer = writers[n % writers.length]!
      writer.machine.write(packOf(`pages of ${n}`, 2_000), ...ofDocument.map((size) => segmentOf(`seat.${writer.device}`, ++writer.seq, `document ${n}`, size - 150)))
      if (n % 25 === 24) for (const { machine } of writers) await machine.round()
    }
    for (let pass = 0; pass < 4; pass++) for (const { machine } of writers) await machine.round()
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
})
