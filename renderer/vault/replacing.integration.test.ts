// After a new key: which packs the storage need not keep, as each machine that has them finds by itself.
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { apartOffice, submittedApart } from './testing/apart.ts'
import { smallTown } from './testing/small-town.ts'
import type { TestSeat } from './testing/test-seat.ts'

const packsAt = ({ objects }: TestSeat): readonly string[] => [...objects.keys()].filter((name) => name.startsWith('p/')).sort()

describe('content that a new key took the place of', () => {
  it('4.13 SY-130 DC-31 is named where it lies once everything lies there sealed anew and opens, signed files of before among it, and where it does not lie nothing is said', async () => {
    const apart = await apartOffice(smallTown, ['clerk', 'manager', 'mayor'], readFile)
    const id = await submittedApart(apart)
    apart.carry('clerk', 'manager')
    const manager = await apart.at('manager')
    await manager.done('act', { id, act: 'approve', step: null, position: 'p-manager', comment: '' })
    const clerk = await apart.at('clerk')
    await apart.meet({ person: 'manager', seat: manager }, { person: 'clerk', seat: clerk })
    expect(clerk.host.replaced).toEqual([])
    const before = packsAt(clerk)
    await clerk.done('rekeyDocument', { id, reason: '異動' })
    const anew = packsAt(clerk).filter((name) => !before.includes(name))
    await expect.poll(() => clerk.host.replaced).toEqual([{ gone: before, kept: anew }])

    // The manager has the old ones, and learns of the key before what is sealed under it has come.
    apart.carry('clerk', 'manager', (name) => !anew.includes(name))
    await manager.service.takeIn()
    await expect.poll(() => anew.every((name) => manager.host.wanted.includes(name))).toBe(true)
    expect(manager.host.replaced).toEqual([])
    const [last = ''] = anew.slice(-1)
    for (const name of anew) manager.objects.set(name, (name === last ? new Uint8Array(clerk.objects.get(name)?.length ?? 0) : clerk.objects.get(name)) as Uint8Array)
    await manager.service.contentCame()
    expect(manager.host.replaced).toEqual([])
    manager.objects.set(last, clerk.objects.get(last) as Uint8Array)
    const again = await apart.at('manager')
    await expect.poll(() => again.host.replaced).toEqual([{ gone: before, kept: anew }])

    // Who never had them says nothing; who decides afterwards makes what was noted no less true.
    apart.carry('clerk', 'mayor', (name) => !before.includes(name))
    const mayor = await apart.at('mayor')
    await mayor.done('act', { id, act: 'approve', step: null, position: 'p-mayor', comment: '決裁します' })
    expect(mayor.host.replaced).toEqual([])
    await apart.meet({ person: 'mayor', seat: mayor }, { person: 'manager', seat: again })
    expect(again.host.replaced.map(({ gone }) => gone)).toEqual([before])
    for (const seat of [clerk, manager, again, mayor]) expect(seat.defects).toEqual([])
  })

  it('4.13 SY-134 the list of what somebody could read says of each document whether its earlier files are gone from the storage, once somebody looked', async () => {
    const apart = await apartOffice(smallTown, ['clerk', 'manager', 'mayor'], readFile)
    const id = await submittedApart(apart)
    const clerk = await apart.at('clerk')
    await clerk.done('reviewGrants', { grants: ['mayor-approver-c1'], act: { kind: 'remove' }, reason: '退職' })
    const [{ id: removal } = { id: '' }] = (await clerk.ask('trust', null)).removed
    const earlier = async () => (await clerk.ask('couldRead', { kind: 'removal', id: removal }))?.collections.flatMap(({ documents }) => documents.map((one) => [one.rekeyed !== null, one.earlier]))
    const old = packsAt(clerk)
    clerk.host.clear(new Set(old))
    expect(await earlier()).toEqual([[false, null]])
    clerk.host.clear(null)
    await clerk.done('rekeyDocument', { id, reason: '退職' })
    expect(await earlier()).toEqual([[true, null]])
    clerk.host.clear(new Set(old.slice(1)))
    expect(await earlier()).toEqual([[true, 'there']])
    clerk.host.clear(new Set(old))
    expect(await earlier()).toEqual([[true, 'gone']])
  })

  it('4.13 SY-130 what is noted of a file that is in use is taken back, and what is noted of documents that nobody sees here stays', async () => {
    const apart = await apartOffice(smallTown, ['clerk', 'manager', 'mayor'], readFile)
    const id = await submittedApart(apart)
    const clerk = await apart.at('clerk')
    const [used = ''] = packsAt(clerk)
    const unseen = `p/${'0'.repeat(2)}/${'0'.repeat(64)}`
    await clerk.host.content.keepReplaced({ documents: [{ gone: [used, unseen], kept: [used] }] })
    await clerk.service.contentCame()
    await clerk.done('rekeyDocument', { id, reason: '異動' })
    await expect.poll(() => clerk.host.replaced.map(({ gone }) => gone.includes(unseen))).toEqual([true, false])
    expect(clerk.host.replaced[0]?.gone).toEqual([unseen])
    expect(clerk.defects).toEqual([])
  })
})
