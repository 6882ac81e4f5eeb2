// Printing as a recorded act, as the vault asks for it.
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { sha256Hex } from '@shared/crypto/hash.ts'
import { apartOffice, submittedApart } from './testing/apart.ts'
import { smallTown } from './testing/small-town.ts'

describe('printing', () => {
  it('4.15 DC-32 shows the signed pages before, says in the record which pages went to paper, by whom and why, and prints nothing that was not confirmed', async () => {
    const apart = await apartOffice(smallTown, ['clerk', 'manager', 'mayor'], readFile)
    const id = await submittedApart(apart)
    apart.carry('clerk', 'manager')
    const manager = await apart.at('manager')
    await manager.done('act', { id, act: 'approve', step: null, position: 'p-manager', comment: '' })
    const printer = { name: 'paper', title: '窓口' }
    expect(await manager.done('listPrinters', {})).toEqual([printer])
    const before = manager.host.commits.length
    manager.host.refuseNext()
    expect(await manager.refused('printDocument', { id, position: 'p-manager', printer, reason: '窓口での掲示' })).toBe('ConsentCancelled')
    expect([manager.host.commits.length, manager.host.printed.length]).toEqual([before, 0])

    await manager.done('printDocument', { id, position: 'p-manager', printer, reason: '窓口での掲示' })
    const [paper] = manager.host.printed
    const shown = await manager.done('readPages', { id })
    expect(shown.signed).toBe(true)
    expect(paper && sha256Hex(paper)).toBe(sha256Hex(shown.pdf))
    expect(manager.host.asked.at(-1)?.pdf).toEqual(paper)
    expect(manager.host.commits.at(-1)?.acts.map(({ type }) => type)).toEqual(['document.print'])
    const view = await manager.ask('document', { id })
    expect(view?.history.at(-1)).toMatchObject({ type: 'document.print', personName: '課長 太郎', facts: { reason: '窓口での掲示' } })
    expect(view?.acts.find(({ act }) => act === 'print')).toMatchObject({ allowed: true })

    // Sent to a printer that is gone, the act stays: somebody wanted it printed.
    expect(await manager.refused('printDocument', { id, position: 'p-manager', printer: { name: 'gone', title: 'x' }, reason: 'もう一度' })).toBe('PrinterMissing')
    expect((await manager.ask('document', { id }))?.history.at(-1)).toMatchObject({ type: 'document.print', facts: { reason: 'もう一度' } })
    const clerk = await apart.at('clerk')
    await apart.meet({ person: 'manager', seat: manager }, { person: 'clerk', seat: clerk })
    expect((await clerk.ask('document', { id }))?.history.at(-1)).toMatchObject({ type: 'document.print', facts: { reason: 'もう一度' } })
    expect((await clerk.ask('trust', null)).quarantined).toEqual([])
    for (const seat of [manager, clerk]) expect(seat.defects).toEqual([])
  })
})
