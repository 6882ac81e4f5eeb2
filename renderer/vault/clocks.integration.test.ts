import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { apartOffice } from './testing/apart.ts'
import { smallTown } from './testing/small-town.ts'

const year = 365 * 24 * 60 * 60 * 1000

describe('a clock that is wrong', () => {
  it('3.14 F10 a colleague’s clock that is a year ahead keeps nobody from writing, and not that machine either once it is put right', async () => {
    const here = await apartOffice(smallTown, ['clerk', 'manager'], async (path) => new Uint8Array(await readFile(path)))
    here.office.clock.advance(year)
    const { id } = await (await here.at('clerk')).done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
    here.office.clock.advance(-year)
    here.carry('clerk', 'manager')
    const manager = await here.at('manager')
    await manager.done('setCover', { id, field: 'title', value: '時計の遅れた端末から' })
    const clerk = await here.at('clerk')
    await clerk.done('setCover', { id, field: 'title', value: '時計を直した端末から' })
    await here.meet({ person: 'clerk', seat: clerk }, { person: 'manager', seat: manager })
    for (const seat of [clerk, manager]) {
      expect((await seat.ask('trust', null)).quarantined).toEqual([])
      expect((await seat.ask('document', { id }))?.history.length).toBeGreaterThan(2)
    }
  })
})
