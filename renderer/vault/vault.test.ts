import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { createMemoryHost } from './testing/memory-host.ts'
import { createOffice, unlockSeat } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat, type TestMachine } from './testing/test-seat.ts'
import { typedUpdate } from './testing/typing.ts'
import { createVaultService } from './vault-service.ts'

const machine = (): TestMachine => createTestMachine((path) => readFile(path))

async function office() {
  const made = await createOffice(smallTown, ['clerk', 'manager', 'mayor', 'other'])
  return { made, objects: made.folder() }
}

describe('the vault', () => {
  it('3.7 opens and shows the town, and writes nothing that every machine would carry for ever, however often it opens', async () => {
    const { made, objects } = await office()
    const [here, before] = [machine(), [...objects.keys()].filter((name) => name.startsWith('j/'))]
    const clerk = await openTestSeat(made, 'clerk', objects, here)
    const town = await clerk.ask('town', null)
    expect(town.townName).toBe('小町')
    expect(town.me).toMatchObject({ person: 'clerk', isAdmin: true, positions: [{ id: 'p-clerk', title: '総務課主事' }] })
    expect(town.collections).toEqual([{ id: 'c1', name: '総務課の文書', writable: true }])
    expect(clerk.notices).toEqual([])
    expect((await clerk.ask('trust', null)).segments).toBe(1)
    for (let day = 0; day < 3; day++) await openTestSeat(made, 'clerk', objects, here)
    expect([...objects.keys()].filter((name) => name.startsWith('j/'))).toEqual(before)
  })

  it('2.7 keeps a draft as it is typed and rebuilds the same state from the journal, saying so in one line', async () => {
    const { made, objects } = await office()
    const first = machine()
    const clerk = await openTestSeat(made, 'clerk', objects, first)
    const { id } = await clerk.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
    await clerk.done('setCover', { id, field: 'title', value: '\u9AD9橋と\u{20BB7}田' })
    await Promise.all(['文書', '管理', '規程'].map((text) => clerk.done('updateBody', { id, update: typedUpdate(text) })))
    const attached = await clerk.done('attach', { id, name: 'か\u3099.txt', mediaType: 'text/plain', bytes: new TextEncoder().encode('bytes') })
    const before = await clerk.ask('trust', null)

    const again = await openTestSeat(made, 'clerk', objects, first)
    expect(again.notices).toEqual([])
    const rebuilt = await openTestSeat(made, 'clerk', objects, machine())
    expect(rebuilt.notices).toEqual([{ code: 'vault.rebuilt', facts: { segments: (await again.ask('trust', null)).segments } }])
    expect((await rebuilt.ask('desk', null)).drafting.map(({ title }) => title)).toEqual(['\u9AD9橋と\u{20BB7}田'])
    const read = await rebuilt.done('readAttachment', { id, attachment: attached.id })
    expect([read.name, new TextDecoder().decode(read.bytes)]).toEqual(['か\u3099.txt', 'bytes'])
    expect((await rebuilt.done('search', { query: '管理' })).map(({ where }) => where)).toEqual(['body'])
    expect((await rebuilt.ask('trust', null)).stateHash).toBe(before.stateHash)
    expect(before.quarantined).toEqual([])
    expect(rebuilt.defects).toEqual([])
  })

  it('2.7 tells whoever waits when the seat cannot be opened', async () => {
    const { made, objects } = await office()
    const host = createMemoryHost(made, objects, await unlockSeat(made, objects, 'clerk'))
    const locked = { ...host, vault: { ...host.vault, open: async () => ({ ok: false, error: { type: 'SessionLocked', retry: 'later' } }) as const } }
    const service = createVaultService({ host: locked, crypto: made.crypto, clock: made.clock, wait: async () => undefined, ...machine() }, { language: () => 'ja', job: () => undefined, notice: () => undefined, defect: () => undefined })
    const waiting = service.command('createDraft', {})
    expect(await service.open()).toMatchObject({ error: { type: 'SessionLocked' } })
    expect(await waiting).toMatchObject({ error: { type: 'ViewBroken' } })
  })
})
