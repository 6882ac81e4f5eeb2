import { describe, expect, it } from 'vitest'
import { measureRow, type Race, type Row, type Run } from './row.ts'

const setting = { app: '/app', root: '/repo', short: false }

function rowOf(log: string[], product: readonly number[], peer: readonly number[]): Row {
  const taking = (name: string, times: readonly number[]) => {
    let n = 0
    return async (): Promise<Run> => {
      log.push(name)
      const ms = times[n++]
      if (ms === undefined) throw new Error(`${name} broke`)
      return { ms, parts: [{ name: 'half', ms: ms / 2 }] }
    }
  }
  const race: Race = { facts: { documents: 3 }, product: taking('product', product), peer: taking('peer', peer), close: async () => void log.push('close') }
  return { name: 'row', product: 'ours', peer: 'theirs', prepare: async () => race }
}

describe('measuring a row', () => {
  it('2.18 product and peer take turns; warm-ups run and are not counted', async () => {
    const log: string[] = []
    const result = await measureRow(rowOf(log, [900, 30, 10, 20], [800, 10, 10, 10]), setting, 3, 1)
    expect(log).toEqual(['product', 'peer', 'product', 'peer', 'product', 'peer', 'product', 'peer', 'close'])
    expect(result).toEqual({
      name: 'row',
      facts: { documents: 3 },
      product: { what: 'ours', median: 20, least: 10, most: 30, samples: [30, 10, 20], parts: [{ name: 'half', ms: 10 }] },
      peer: { what: 'theirs', median: 10, least: 10, most: 10, samples: [10, 10, 10], parts: [{ name: 'half', ms: 5 }] },
      ratio: 2,
    })
  })

  it('2.18 a run that breaks ends the row, and what was prepared is closed', async () => {
    const log: string[] = []
    await expect(measureRow(rowOf(log, [1], [1]), setting, 2, 0)).rejects.toThrow('product broke')
    expect(log.at(-1)).toBe('close')
  })
})
