import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ok } from '@shared/base/result.ts'
import { startSoftwareTpm, tpmModule, type SoftwareTpm } from '../../../e2e/servers/software-tpm.ts'
import { keysOn, surround } from '../keys/testing/tokens.ts'
import { createKeyStore } from './key-store.ts'
import { nodeHost } from './node-host.ts'
import { clearAway, commitRequest, founded, must, openVault, osSecret, pin, seats, sessionIn, standingClock, temporary } from './testing/session-device.ts'
import { createObjectStore } from './object-store.ts'
import { createProfile, type ProfileRecord } from './profile.ts'
import { createReplacedNotes } from './replaced-notes.ts'
import { createStorageEngine } from './storage-engine.ts'
import { approves, asks, colleague, machine, office, ownPin, pendingAt, readDocument, storageOf, unlock, writeDocument } from './testing/joining-office.ts'

let tpm: SoftwareTpm
beforeAll(async () => {
  tpm = await startSoftwareTpm()
  surround(tpm.env)
})
afterAll(() => tpm.stop())
afterEach(clearAway)

describe('a workspace whose keys are in hardware', () => {
  it('4.4 is founded, opened and written to with keys of the TPM; away, it says so and loses nothing', async () => {
    const folder = await temporary()
    const { clock } = standingClock()
    const start = () => sessionIn({ folder, clock }, { keys: keysOn(folder, tpmModule) })
    const first = start()
    expect(await founded(first)).toMatchObject({ ok: true })
    const [seat] = await seats(first)
    expect(await first.page.session.unlock({ seat: seat!.seat, pin })).toEqual(ok(null))
    const vault = await openVault(first)
    const { request } = await commitRequest(vault, clock, 2, 'session.unlock', { session: vault.session })
    expect(await first.vault.journal.commit(request)).toMatchObject({ ok: true })
    await first.lock('quit')

    await tpm.pause()
    const again = start()
    expect(await again.page.session.unlock({ seat: seat!.seat, pin })).toMatchObject({ ok: false, error: { type: 'KeyUnavailable', why: 'silent', retry: 'later' } })
    await tpm.start()
    expect(await again.page.session.unlock({ seat: seat!.seat, pin })).toEqual(ok(null))
    await again.lock('quit')

    // Without what the administrator named there is no way to the keys; it opens again once it is back.
    const without = sessionIn({ folder, clock }, { keys: createKeyStore(nodeHost, 'os', null) })
    expect(await without.page.session.unlock({ seat: seat!.seat, pin })).toMatchObject({ ok: false, error: { type: 'KeyUnavailable', why: 'module' } })
    expect(await start().page.session.unlock({ seat: seat!.seat, pin })).toEqual(ok(null))
  })

  it('4.4 whose TPM was cleared comes back with two recovery sheets: a new device and seat, and every record', async () => {
    const folder = await temporary()
    const { clock, advance } = standingClock()
    const session = sessionIn({ folder, clock }, { keys: keysOn(folder, tpmModule) })
    const { codes } = await must(founded(session))
    const [seat, colleague] = await seats(session)
    await must(session.page.session.unlock({ seat: seat!.seat, pin }))
    const before = await openVault(session)
    await must(session.vault.journal.commit((await commitRequest(before, clock, 2, 'session.unlock', { session: before.session })).request))
    await session.lock('person')
    await tpm.clear()
    for (const one of [seat, colleague]) expect(await session.page.session.unlock({ seat: one!.seat, pin })).toMatchObject({ ok: false, error: { type: 'KeyUnavailable' } })
    expect(await session.page.setup.recover({ codes: [codes[0] as string, codes[2] as string], person: before.person, pin: 'new-pin-for-me' })).toEqual(ok(null))
    advance(72 * 60 * 60 * 1000)
    const [made, ...others] = await seats(session)
    expect(others).toEqual([])
    expect(await session.page.session.unlock({ seat: made!.seat, pin: 'new-pin-for-me' })).toEqual(ok(null))
    const after = await openVault(session)
    expect([after.person, after.device === before.device, after.epochKeys]).toEqual([before.person, false, before.epochKeys])
    expect(await session.vault.journal.commit((await commitRequest(after, clock, 2, 'session.unlock', { session: after.session })).request)).toMatchObject({ ok: true })
  })

  it('4.4 a machine whose TPM was cleared is enrolled anew over its records: what was never sent is there, goes out, and its person goes on', async () => {
    const town = await office()
    const fresh = await machine(town.share, { module: tpmModule })
    await must(asks(fresh, town.invitation))
    const [first] = await pendingAt(town)
    expect(first).toMatchObject({ level: 'L2' })
    await must(approves(town, first!, colleague))
    expect(await fresh.session.page.join.look({ pin: null })).toEqual(ok('joined'))
    const vault = await unlock(fresh, colleague, ownPin)
    const held = vault.epochKeys.find((k) => k.collection !== 'zero')
    await writeDocument({ ...fresh, vault }, held!, 'd-unsent', '送る前に書いた下書き', { [town.vault.lane]: 2 })
    expect(await asks(fresh, town.invitation)).toMatchObject({ ok: false, error: { type: 'WorkspaceExists' } })
    await fresh.session.lock('person')

    await tpm.clear()
    // Whoever thinks better of it is where they were.
    await must(asks(fresh, town.invitation))
    expect(await fresh.session.page.join.leave({})).toEqual(ok(null))
    expect(await fresh.session.page.session.unlock({ seat: vault.seat, pin: ownPin })).toMatchObject({ ok: false, error: { type: 'KeyUnavailable', why: 'silent' } })
    await must(asks(fresh, town.invitation))
    const [again] = await pendingAt(town)
    await must(approves(town, again!, colleague, 3))
    expect(await fresh.session.page.join.look({ pin: null })).toEqual(ok('joined'))
    const anew = await unlock(fresh, colleague, ownPin)
    expect([anew.device === vault.device, anew.lane === vault.lane, anew.epochKeys]).toEqual([false, false, vault.epochKeys])
    expect(await readDocument(fresh, anew, held!.collection, 'd-unsent')).toBe('送る前に書いた下書き')

    const profile = createProfile(nodeHost, join(fresh.folder, 'workspace'), osSecret)
    const record = (await profile.load()) as ProfileRecord
    const engine = await createStorageEngine({ host: nodeHost, clock: fresh.clock, profile, keys: keysOn(fresh.folder, tpmModule), storeOf: (id) => createObjectStore(join(fresh.folder, 'objects', 'z1', id)), devices: { keyOf: async () => null }, lost: { notices: async () => [], heard: async () => false }, replaced: createReplacedNotes(profile), snapshotCame: async () => undefined }, record, storageOf(town), 'notes', false)
    await tpm.pause()
    expect(await engine.round(new AbortController().signal)).toMatchObject({ failure: { type: 'DeviceKeySilent' } })
    await tpm.start()
    expect(await engine.round(new AbortController().signal)).toMatchObject({ failure: null, unsent: 0 })
  })
})

describe('a workspace whose keys are sealed by the system’s secret store', () => {
  it('4.4 says so where the store gives nothing back, and is enrolled anew over its records where it never will', async () => {
    const town = await office()
    const fresh = await machine(town.share)
    await must(asks(fresh, town.invitation))
    const [first] = await pendingAt(town)
    expect(first).toMatchObject({ level: 'L1' })
    await must(approves(town, first!, colleague))
    expect(await fresh.session.page.join.look({ pin: null })).toEqual(ok('joined'))
    const vault = await unlock(fresh, colleague, ownPin)
    const held = vault.epochKeys.find((k) => k.collection !== 'zero')
    await writeDocument({ ...fresh, vault }, held!, 'd-unsent', '送る前に書いた下書き', { [town.vault.lane]: 2 })
    await fresh.session.lock('quit')

    const away = await machine(town.share, { folder: fresh.folder, os: null })
    expect(await away.session.page.session.status({})).toEqual(ok({ state: 'sealed', keystore: 'none' }))
    expect(await asks(away, town.invitation)).toMatchObject({ ok: false, error: { type: 'KeystoreMissing' } })
    await unlock(await machine(town.share, { folder: fresh.folder }), colleague, ownPin)

    const changed = { seal: async (secret: Uint8Array) => secret.map((byte) => byte ^ 0x33), open: async (sealed: Uint8Array) => (sealed.length === 32 && isFromBefore(sealed) ? null : sealed.map((byte) => byte ^ 0x33)) }
    const before = await readFile(join(fresh.folder, 'workspace/device-secret'))
    const isFromBefore = (sealed: Uint8Array): boolean => before.equals(sealed)
    const anew = await machine(town.share, { folder: fresh.folder, os: changed })
    expect(await anew.session.page.session.status({})).toEqual(ok({ state: 'sealed', keystore: 'os' }))
    await must(asks(anew, town.invitation))
    const [again] = await pendingAt(town)
    await must(approves(town, again!, colleague, 3))
    expect(await anew.session.page.join.look({ pin: null })).toEqual(ok('joined'))
    expect(await readDocument(anew, await unlock(anew, colleague, ownPin), held!.collection, 'd-unsent')).toBe('送る前に書いた下書き')
    expect(before.equals(await readFile(join(fresh.folder, 'workspace/device-secret.before')))).toBe(true)
  })
})
