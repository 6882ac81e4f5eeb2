// Each field of an invitation and a request alone: one that is whole, then the same with one thing that must not be.

import { describe, expect, it } from 'vitest'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { importContentKey, seal } from '../crypto/envelope.ts'
import { createKeyPair } from '../crypto/keys.ts'
import { sha256 } from '../crypto/hash.ts'
import { wrapKey } from '../crypto/wrap.ts'
import { createWorld, testHost } from '../judge/testing/world.ts'
import { invitationToBytes, largestInvitationBytes, mostAdmins, parseInvitation, type Invitation } from './invitation.ts'
import { judgeRequest, longestName, openRequest, sameKeys, type EnrolRequest } from './request.ts'
import { letterLength, openLetter } from './sealed-letter.ts'
import { sixWords } from './six-words.ts'
import { authorityOf, newcomer } from './testing/newcomer.ts'

const host = testHost('enrol forms')
const ids = { workspace: 'w0', genesis: 'ab'.repeat(32) }
const key = createKeyPair(host).publicKey

describe('3.14 what joining believes, field by field', () => {
  it('3.14 EN-2 an invitation has its fields, each in its form, and names one to eight administrators', () => {
    const admin = { person: 'sato', exchangeKey: key }
    const invitation: Invitation = { ...ids, kind: 'real', townName: '町', storage: { kind: 'folder' }, admins: [admin] }
    const file = decodeCbor(invitationToBytes(invitation)) as { readonly body: Uint8Array }
    const parses = (over: object): boolean => {
      const body = encodeCbor({ ...(decodeCbor(file.body) as object), ...over })
      return parseInvitation(encodeCbor({ ...file, body, check: sha256(body) })).ok
    }
    expect([parses({}), parses({ admins: Array.from({ length: mostAdmins }, () => admin) })]).toEqual([true, true])
    const bad = [{ workspace: 'W' }, { workspace: '' }, { genesis: 'x' }, { genesis: ids.genesis.toUpperCase() }, { kind: 'other' }, { townName: '' }, { admins: [] }, { admins: Array.from({ length: mostAdmins + 1 }, () => admin) }, { admins: [{ ...admin, exchangeKey: key.slice(1) }] }, { admins: [{ ...admin, person: '' }] }, { admins: [{ ...admin, more: 1 }] }, { storage: { path: 1 } }, { more: 1 }]
    for (const over of bad) expect([over, parses(over)]).toEqual([over, false])
    const long = (n: number) => ({ storage: Object.fromEntries(Array.from({ length: n }, (_, i) => [`field ${i}`, 'x'.repeat(1_990)])) })
    expect([parses(long(8)), parses(long(9))]).toEqual([8 * 1_990 < largestInvitationBytes, false])
  })

  it('3.14 EN-21 a request has its fields, each in its form', async () => {
    const admin = createKeyPair(host)
    const asking = newcomer(host, ids, 1_790_000_000_000)
    const opens = async (over: object): Promise<boolean> => {
      const { object } = await asking.ask('e/one', [admin.publicKey], over as Partial<EnrolRequest>)
      return (await openRequest(host, ids, 'e/one', admin.privateKey, object)) !== null
    }
    const { device, seat } = asking.request
    expect([await opens({}), await opens({ name: '𠮷'.repeat(longestName) })]).toEqual([true, true])
    const bad = [{ name: '' }, { name: '　 ' }, { name: '𠮷'.repeat(longestName + 1) }, { nonce: new Uint8Array(15) }, { at: -1 }, { device: { ...device, id: 'short' } }, { device: { ...device, id: 'UPPERCASE' } }, { device: { ...device, level: 'L4' } }, { seat: { ...seat, id: '../../up' } }, { seat: { ...seat, exchangeKey: key.slice(1) } }, { seat: { ...seat, more: 1 } }, { more: 1 }, { genesis: 'cd'.repeat(32) }]
    for (const over of bad) expect([over, await opens(over)]).toEqual([over, false])
  })

  it('3.14 EN-25 EN-44 a seat that was taken away is known, and keys are the same in each part or they are others', async () => {
    const world = await createWorld('enrol forms')
    const { state } = await authorityOf(world)
    const { request } = newcomer(host, ids, world.clock.now())
    expect(judgeRequest({ request, digest: '' }, { ...state, removedSeats: new Set([request.seat.id]) }, world.clock.now()).reasons).toEqual([{ code: 'enrol-known' }])
    const { device, seat } = request
    const added = { ...seat, person: 'p', device: device.id, certificate: new Uint8Array() }
    const same = (overDevice: object = {}, overSeat: object = {}) => sameKeys(request, { ...state, devices: new Map([[device.id, { ...device, ...overDevice }]]), seats: new Map([[seat.id, { ...added, ...overSeat }]]) })
    expect(same()).toBe('same')
    for (const over of [{ signingKey: key }, { level: 'L3' }]) expect([over, same(over)]).toEqual([over, 'other'])
    for (const over of [{ signingKey: key }, { exchangeKey: key }, { device: 'another' }]) expect([over, same({}, over)]).toEqual([over, 'other'])
    expect([sameKeys(request, { ...state, devices: new Map() }), sameKeys(request, { ...state, seats: new Map() })]).toEqual(['missing', 'missing'])
  })

  it('3.14 EN-10 EN-11 a letter holds one form of its kind’s length, filled up with nothing, under a whole key', async () => {
    const recipient = createKeyPair(host)
    const place = { kind: 'enrol-request', workspace: 'w0', name: 'e/one' } as const
    const length: number = letterLength['enrol-request']
    const opens = async (form: Uint8Array, keyLength = 32): Promise<string | null> => {
      const raw = host.random.bytes(keyLength)
      const to = [await wrapKey(recipient.publicKey, { purpose: place.kind, workspace: place.workspace, subject: place.name, epoch: 0, recipient: '' }, raw)]
      const x = await seal(host, await importContentKey(host, raw), place.kind, encodeCbor([place.kind, place.workspace, place.name, sha256(encodeCbor(to))]), form)
      const read = await openLetter(host, place, recipient.privateKey, encodeCbor({ s: 1, v: 1, kind: place.kind, to, x }))
      return read && new TextDecoder().decode(read)
    }
    const form = (size = length, at: readonly (readonly [number, number])[] = []): Uint8Array => {
      const bytes = new Uint8Array(size)
      new DataView(bytes.buffer).setUint32(0, 3)
      bytes.set([97, 98, 99], 4)
      for (const [i, byte] of at) bytes[i] = byte
      return bytes
    }
    expect(await opens(form())).toBe('abc')
    for (const odd of [form(length - 1), form(length + 1), form(length, [[7, 1]]), form(length, [[length - 1, 1]]), form(length, [[0, 255]])]) expect(await opens(odd)).toBeNull()
    expect(await opens(form(), 31)).toBeNull()
  })

  it('3.14 EN-30 the six words follow the workspace, its founding and the request', () => {
    const words = (workspace: string, genesis: string, digest: string): string => sixWords(workspace, genesis, digest).ja.join(' ')
    expect(new Set([words('w', ids.genesis, 'aa'), words('x', ids.genesis, 'aa'), words('w', 'cd', 'aa'), words('w', ids.genesis, 'bb')]).size).toBe(4)
  })
})
