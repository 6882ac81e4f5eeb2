import { describe, expect, it } from 'vitest'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { reduceAuthority } from '@shared/authority/reduce.ts'
import { bytesToHex } from '@shared/base/bytes.ts'
import { createKeyPair, createSigner } from '@shared/crypto/keys.ts'
import { createLostNotice } from '@shared/log/lost-notice.ts'
import { createLostDevices } from './lost-devices.ts'
import { nodeHost } from './node-host.ts'
import type { Profile, ProfileRecord } from './profile.ts'

const date = '2026-10-01'
const record = { workspace: 'town0', device: { id: 'laptop', signing: new Uint8Array(32) } } as unknown as ProfileRecord
const [chief, clerk] = [createKeyPair(nodeHost), createKeyPair(nodeHost)]

function profileIn(notes: Map<string, Uint8Array>): Pick<Profile, 'load' | 'readNote' | 'writeNote'> {
  return { load: async () => record, readNote: async (name) => notes.get(name) ?? null, writeNote: async (name, note) => void notes.set(name, note) }
}

/** Two seats, of which that of `admin` is an administrator's. */
function stateWith(admin: string): AuthorityState {
  const seat = (id: string, pair: typeof chief) => [id, { id, person: id, device: 'office', signingKey: pair.publicKey, exchangeKey: pair.publicKey, certificate: new Uint8Array() }] as const
  const grant = { id: 'g', person: admin, collection: null, role: 'admin', reason: '', reviewBy: '2027-01-01', from: '2026-01-01', to: null } as const
  return { ...reduceAuthority([]), seats: new Map([seat('chief', chief), seat('clerk', clerk)]), grants: new Map([['g', grant]]) }
}

async function notice(device: string, { seat = 'chief', pair = chief, workspace = 'town0' } = {}): Promise<Uint8Array> {
  return createLostNotice({ workspace, device, seat, at: 5 }, await createSigner(nodeHost, pair))
}

describe('4.14 what a device hears of lost devices', () => {
  it('4.14 believes what an administrator’s seat signed for this workspace, and nobody else', async () => {
    const lost = createLostDevices(nodeHost, profileIn(new Map()))
    expect(await lost.heard(await notice('laptop'))).toBe(false)
    await lost.learn(stateWith('chief'), date)
    expect(await lost.heard(await notice('laptop'))).toBe(true)
    for (const other of [await notice('laptop', { seat: 'clerk', pair: clerk }), await notice('laptop', { pair: clerk }), await notice('laptop', { workspace: 'town1' }), new Uint8Array([1])]) expect(await lost.heard(other)).toBe(false)
    expect(await lost.notices()).toEqual([])
    await lost.learn(stateWith('clerk'), date)
    expect(await lost.heard(await notice('laptop'))).toBe(false)
  })

  it('4.14 keeps the word about others over a restart, once for each device, and says it on', async () => {
    const notes = new Map<string, Uint8Array>()
    const lost = createLostDevices(nodeHost, profileIn(notes))
    await lost.learn(stateWith('chief'), date)
    const [first, again, other] = [await notice('stolen'), await notice('stolen'), await notice('other')]
    for (const one of [first, again, other]) expect(await lost.heard(one)).toBe(false)
    await lost.say(await notice('third'))
    const said = async (by: typeof lost): Promise<readonly string[]> => (await by.notices()).map(bytesToHex)
    expect((await said(lost)).slice(0, 2)).toEqual([first, other].map(bytesToHex))
    const later = createLostDevices(nodeHost, profileIn(notes))
    expect(await said(later)).toEqual(await said(lost))
    expect(await later.heard(await notice('laptop'))).toBe(true)
  })

  it('4.14 a full disk loses what is heard again, and stops nobody', async () => {
    const lost = createLostDevices(nodeHost, { ...profileIn(new Map()), writeNote: async () => { throw new Error('ENOSPC') } })
    await lost.learn(stateWith('chief'), date)
    expect(await lost.heard(await notice('stolen'))).toBe(false)
    expect(await lost.notices()).toHaveLength(1)
  })
})
