import { describe, expect, it } from 'vitest'
import type { VaultQueries } from '../services/vault-api.ts'
import { createLive, type Answer } from './live.ts'

type Register = VaultQueries['register']['value']

function rows(title: string): Register {
  return [{ classification: '', title, retentionPeriod: '', retentionEnd: '', disposition: '', location: '', creationFiscalYear: '', originalManager: '', retentionStart: '', medium: '', currentManager: '', documentNumbers: '' }]
}

async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

describe('live queries', () => {
  it('2.7 tell the first answer, then only what changed, until they are ended', async () => {
    let title = '一'
    let asked = 0
    const answer = (async () => {
      asked += 1
      return rows(title)
    }) as unknown as Answer
    const live = createLive(answer, async () => undefined, () => undefined)
    const told: string[] = []
    const end = live.watch('register', { fiscalYear: null }, (value) => told.push(value[0]?.title ?? ''))
    await settled()
    live.changed()
    await settled()
    title = '二'
    live.changed()
    live.changed()
    await settled()
    expect([told, asked]).toEqual([['一', '二'], 3])
    end()
    title = '三'
    live.changed()
    await settled()
    expect(told).toEqual(['一', '二'])
  })

  it('2.7 a query that breaks is told as a defect and does not stop the others', async () => {
    const answer = (async (name: string) => {
      if (name === 'desk') throw new Error('broken')
      return rows('一')
    }) as unknown as Answer
    const defects: unknown[] = []
    const live = createLive(answer, async () => undefined, (thrown) => defects.push(thrown))
    const told: unknown[] = []
    live.watch('desk', null, (value) => told.push(value))
    live.watch('register', { fiscalYear: null }, (value) => told.push(value[0]?.title))
    await settled()
    live.changed()
    await settled()
    expect([told, defects.length]).toEqual([['一'], 2])
  })
})
