import { cp, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { err, ok } from '@shared/base/result.ts'
import { invitationToBytes, parseInvitation } from '@shared/enrol/invitation.ts'
import { newcomer } from '@shared/enrol/testing/newcomer.ts'
import { enrolAnswerName, enrolRequestName } from '@shared/log/names.ts'
import { nodeHost } from './node-host.ts'
import { createProfile } from './profile.ts'
import { clearAway, must, osSecret, pin } from './testing/session-device.ts'
import { admin, approves, asks, colleague, lanesOfZero, lettersOf, machine, newcomers, noAccess, office, ownPin, pendingAt, readDocument, storageOf, unlock, writeDocument } from './testing/joining-office.ts'

afterEach(clearAway)

describe('a second machine joins through the storage alone', () => {
  it('3.2 from an empty profile to an open seat that reads what its person may read, and no more', async () => {
    const town = await office()
    const doc = 'd-bus-route-2026'
    const readable = sampleTown.grants.filter((g) => g.person === colleague).map((g) => g.collection)
    const held = town.vault.epochKeys.find((k) => readable.includes(k.collection))
    const text = '町営バスの運行について'
    await writeDocument(town, held!, doc, text)
    const fresh = await machine(town.share)
    expect(await fresh.session.page.join.read({ invitation: town.invitation })).toMatchObject({ ok: true, value: { kind: 'real', townName: sampleTown.town.name } })
    const joining = await must(asks(fresh, town.invitation))
    expect(await fresh.session.page.join.look({ pin: null })).toEqual(ok('waiting'))
    const [request] = await pendingAt(town)
    expect(request).toMatchObject({ name: '𠮷田 花子', level: 'L1', words: joining.words, reasons: [] })
    await must(approves(town, request!, colleague))
    expect(town.asked.at(-1)).toMatchObject({ outcome: 'join-seat', words: joining.words, asks: 'pin' })
    expect(await fresh.session.page.join.look({ pin: null })).toEqual(ok('joined'))
    expect(await pendingAt(town)).toEqual([])
    // What lies in the town's folder is carried over, as sync does.
    await cp(join(town.folder, 'objects'), join(fresh.folder, 'objects'), { recursive: true, force: false })
    const vault = await unlock(fresh, colleague, ownPin)
    expect(vault).toMatchObject({ person: colleague, workspace: town.vault.workspace, genesis: town.vault.genesis, kind: 'real' })
    expect(new Set(vault.epochKeys.map((k) => k.collection))).toEqual(new Set(['zero', ...town.vault.epochKeys.map((k) => k.collection).filter((id) => readable.includes(id))]))
    expect(await readDocument(fresh, vault, held!.collection, doc)).toBe(text)
  })

  it('3.2 an administrator takes a second machine for themself, with the same key and everything they may read', async () => {
    const town = await office()
    const fresh = await machine(town.share)
    await must(asks(fresh, town.invitation))
    const [request] = await pendingAt(town)
    await must(approves(town, request!, admin))
    expect(await fresh.session.page.join.look({ pin: null })).toEqual(ok('joined'))
    const vault = await unlock(fresh, admin, ownPin)
    expect(vault.epochKeys).toEqual(town.vault.epochKeys)
    expect(vault.lane).not.toBe(town.vault.lane)
  })

  it('3.2 3.11 whoever let it in knows its key at once, so that what it writes is read without locking in between', async () => {
    const town = await office()
    const fresh = await machine(town.share)
    await must(asks(fresh, town.invitation))
    const [request] = await pendingAt(town)
    await must(approves(town, request!, colleague))
    expect(await fresh.session.page.join.look({ pin: null })).toEqual(ok('joined'))
    const device = await createProfile(nodeHost, join(fresh.folder, 'workspace'), osSecret).load()
    expect(typeof device === 'string' ? null : await town.session.devices.keyOf(device.device.id)).not.toBeNull()
  })

  it('3.2 leaves neither a name nor a PIN nor a key readable in the storage or the new profile', async () => {
    const town = await office()
    const fresh = await machine(town.share)
    await must(asks(fresh, town.invitation))
    const needles = [ownPin, pin, '𠮷田', '花子', sampleTown.town.name].map((text) => Buffer.from(text, 'utf8'))
    for (const folder of [town.share, fresh.folder]) {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue
        const bytes = await readFile(join(entry.parentPath, entry.name))
        expect(needles.filter((needle) => bytes.includes(needle))).toEqual([])
      }
    }
  })

  it('3.2 waits through a restart and goes on with the PIN', async () => {
    const town = await office()
    const first = await machine(town.share)
    const joining = await must(asks(first, town.invitation))
    const again = await machine(town.share, { folder: first.folder })
    expect(await again.session.page.join.status({})).toEqual(ok({ ...joining, asksPin: true }))
    const [request] = await pendingAt(town)
    await must(approves(town, request!, colleague))
    expect(await again.session.page.join.look({ pin: null })).toEqual(ok('waiting'))
    expect(await again.session.page.join.look({ pin: '000000' })).toMatchObject({ ok: false, error: { type: 'WrongPin' } })
    expect(await again.session.page.join.look({ pin: ownPin })).toEqual(ok('joined'))
    expect(await again.session.page.join.status({})).toEqual(ok(null))
  })

  it('3.2 takes its request back and forgets it', async () => {
    const town = await office()
    const fresh = await machine(town.share)
    await must(asks(fresh, town.invitation))
    await fresh.session.page.join.leave({})
    expect(await pendingAt(town)).toEqual([])
    expect(await fresh.session.page.join.status({})).toEqual(ok(null))
    expect((await must(fresh.session.page.session.status({}))).state).toBe('empty')
  })

  it('3.2 refuses at the start what can be known there', async () => {
    const town = await office()
    const fresh = await machine(town.share, { os: null })
    expect(await asks(fresh, town.invitation)).toMatchObject({ ok: false, error: { type: 'KeystoreMissing' } })
    expect(await fresh.session.page.join.begin({ invitation: town.invitation, name: '𠮷田 花子', pin: '123', access: noAccess })).toMatchObject({ ok: false, error: { type: 'PinTooShort' } })
    expect(await fresh.session.page.join.begin({ invitation: town.invitation, name: ' ', pin: ownPin, access: noAccess })).toMatchObject({ ok: false, error: { type: 'BadInput' } })
    expect(await asks(fresh, town.invitation.slice(1))).toMatchObject({ ok: false, error: { type: 'InvitationUnreadable' } })
    expect(await asks(town, town.invitation)).toMatchObject({ ok: false, error: { type: 'WorkspaceExists' } })
  })
})

describe('a hostile storage', () => {
  it('3.2 that asks in the place of the new machine shows other words; refused, nothing is added', async () => {
    const town = await office()
    const fresh = await machine(town.share)
    const joining = await must(asks(fresh, town.invitation))
    const invitation = await must(Promise.resolve(parseInvitation(town.invitation)))
    const thief = newcomer(nodeHost, { workspace: town.vault.workspace, genesis: town.vault.genesis }, town.clock.now())
    const id = await lettersOf(town)
    const swapped = await thief.ask(enrolRequestName(id), invitation.admins.map((a) => a.exchangeKey))
    await storageOf(town).put(enrolRequestName(id), swapped.object, new AbortController().signal)
    const [shown] = await pendingAt(town)
    expect(shown?.name).toBe(joining.name)
    expect(shown?.words.ja).not.toEqual(joining.words.ja)
    await must(town.session.page.enrolment.refuse({ id }))
    expect(await pendingAt(town)).toEqual([])
    expect(await lanesOfZero(town)).toEqual([{ lane: town.vault.lane, seq: 1 }])
    expect(await fresh.session.page.join.look({ pin: null })).toMatchObject({ ok: false, error: { type: 'JoinNotBelieved', reasons: [{ code: 'enrol-not-for-me' }] } })
  })

  it('3.2 that swaps the request after the words were compared gets no approval', async () => {
    const town = await office()
    const fresh = await machine(town.share)
    await must(asks(fresh, town.invitation))
    const [request] = await pendingAt(town)
    const invitation = await must(Promise.resolve(parseInvitation(town.invitation)))
    const thief = newcomer(nodeHost, { workspace: town.vault.workspace, genesis: town.vault.genesis }, town.clock.now())
    const swapped = await thief.ask(enrolRequestName(request!.id), invitation.admins.map((a) => a.exchangeKey))
    await storageOf(town).put(enrolRequestName(request!.id), swapped.object, new AbortController().signal)
    expect(await approves(town, request!, colleague)).toMatchObject({ ok: false, error: { type: 'ConsentRefused', reason: 'request-changed' } })
    expect(await lanesOfZero(town)).toEqual([{ lane: town.vault.lane, seq: 1 }])
  })

  it('3.2 that replays a request gets the same seat answered again, never a second one, and an old one is refused', async () => {
    const town = await office()
    const fresh = await machine(town.share)
    await must(asks(fresh, town.invitation))
    const id = await lettersOf(town)
    const letter = (await must(storageOf(town).get(enrolRequestName(id), new AbortController().signal))) as Uint8Array
    const [request] = await pendingAt(town)
    await must(approves(town, request!, colleague))
    await must(fresh.session.page.join.look({ pin: null }))
    await storageOf(town).put(enrolRequestName(id), letter, new AbortController().signal)
    await storageOf(town).put(enrolRequestName('anothername'), letter, new AbortController().signal)
    expect(await pendingAt(town)).toEqual([])
    expect(await approves(town, request!, colleague, 3)).toMatchObject({ ok: false, error: { type: 'ConsentRefused', reason: 'enrol-known' } })
    expect(await lanesOfZero(town)).toEqual([{ lane: town.vault.lane, seq: 2 }])
    const late = await machine(town.share)
    await must(asks(late, town.invitation))
    town.advance(7 * 24 * 60 * 60 * 1000 + 1)
    const old = (await pendingAt(town)).find((one) => one.id !== id)
    expect(old?.reasons).toEqual([{ code: 'enrol-old' }])
    expect(await approves(town, old!, colleague, 3)).toMatchObject({ ok: false, error: { type: 'ConsentRefused', reason: 'enrol-old' } })
  })

  it('3.2 that answers with somebody else\'s answer, or withholds or damages what it names, is not believed; afterwards the honest answer is', async () => {
    const town = await office()
    let lie: 'other' | 'withhold' | 'damage' | 'none' = 'other'
    let others: Uint8Array | null = null
    const fresh = await machine(town.share, {
      hostile: (honest) => ({
        ...honest,
        async get(name, signal, range) {
          if (lie === 'other' && name.endsWith('.a')) return ok(others)
          if (lie === 'withhold' && name.startsWith('o/')) return ok(null)
          const got = await honest.get(name, signal, range)
          return lie === 'damage' && name.startsWith('o/') && got.ok && got.value ? ok(got.value.map((byte, i) => (i === 500 ? byte ^ 1 : byte))) : got
        },
      }),
    })
    const other = await machine(town.share)
    await must(asks(other, town.invitation))
    const [first] = await pendingAt(town)
    await must(approves(town, first!, colleague))
    others = (await must(storageOf(town).get(enrolAnswerName(first!.id), new AbortController().signal))) as Uint8Array
    await must(asks(fresh, town.invitation))
    const second = (await pendingAt(town)).find((one) => one.id !== first!.id)
    await must(approves(town, second!, newcomers[1]?.id ?? '', 3))
    const look = () => fresh.session.page.join.look({ pin: null })
    const reasons = (code: string) => ({ ok: false, error: { type: 'JoinNotBelieved', reasons: [{ code }] } })
    expect(await look()).toMatchObject(reasons('enrol-not-for-me'))
    lie = 'withhold'
    expect(await look()).toMatchObject(reasons('enrol-parcel-missing'))
    lie = 'damage'
    expect(await look()).toMatchObject(reasons('enrol-parcel-damaged'))
    expect((await must(fresh.session.page.session.status({}))).state).toBe('empty')
    expect(await readdir(join(fresh.folder, 'objects')).catch(() => [])).toEqual([])
    lie = 'none'
    expect(await look()).toEqual(ok('joined'))
  })

  it('3.2 an invitation that calls a real workspace practice, or another workspace by its place, leads nowhere', async () => {
    const town = await office()
    const elsewhere = await office()
    const invitation = await must(Promise.resolve(parseInvitation(town.invitation)))
    const practice = await machine(town.share)
    await must(asks(practice, invitationToBytes({ ...invitation, kind: 'practice' })))
    const [request] = await pendingAt(town)
    await must(approves(town, request!, colleague))
    expect(await practice.session.page.join.look({ pin: null })).toMatchObject({ ok: false, error: { type: 'JoinNotBelieved', reasons: [{ code: 'enrol-other-kind' }] } })
    const misled = await machine(town.share)
    await must(asks(misled, invitationToBytes({ ...invitation, genesis: elsewhere.vault.genesis })))
    expect((await pendingAt(town)).length).toBe(0)
  })

  it('3.2 that loses the answer is answered again at the next look, without a second seat', async () => {
    let lost = true
    const town = await office((honest) => ({ ...honest, put: async (name, bytes, signal) => (lost && name.endsWith('.a') ? err({ type: 'StorageUnreachable', retry: 'later' }) : honest.put(name, bytes, signal)) }))
    const fresh = await machine(town.share)
    await must(asks(fresh, town.invitation))
    const [request] = await pendingAt(town)
    await must(approves(town, request!, colleague))
    expect(await fresh.session.page.join.look({ pin: null })).toEqual(ok('waiting'))
    lost = false
    expect(await pendingAt(town)).toEqual([])
    expect(await fresh.session.page.join.look({ pin: null })).toEqual(ok('joined'))
    expect(await lanesOfZero(town)).toEqual([{ lane: town.vault.lane, seq: 2 }])
  })
})
