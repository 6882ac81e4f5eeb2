import { describe, expect, it } from 'vitest'
import { isAuthorityType, parseAuthorityBody, type AuthorityType } from './events.ts'

const point = new Uint8Array(65)
const bytes = new Uint8Array(3)
const hash = 'ab'.repeat(32)
const effective = { from: '2026-04-01', to: null }
const seat = { id: 's', person: 'p', device: 'd', signingKey: point, exchangeKey: point, certificate: bytes }
const device = { id: 'd', signingKey: point, level: 'L1' }
const removal = { id: 'x', reason: 'r', cut: [{ collection: 'zero', lane: 's.1', seq: 3, hash }] }

const need = { check: 'disk.enc', systems: ['windows'], maxAgeHours: 24, unknown: 'fail' }
const signIn = { maxAgeHours: 12, sameDay: true, context: 'c20' }
const rule = { id: 'r', acts: ['decision.*', 'document.export'], level: 'L2', checks: [need], signIn, otherwise: 'deny', graceDays: 7 }
const wrongRules: readonly unknown[] = [
  ...[{ more: 1 }, { id: '' }, { acts: [] }, { acts: ['decision'] }, { acts: ['*'] }, { acts: ['(a+)+.x'] }, { level: 'L9' }, { otherwise: 'allow' }, { otherwise: 'step-up' }, { graceDays: -1 }, { graceDays: 91 }, { graceDays: 0.5 }, { checks: null }, { signIn: true }].map((over) => [{ ...rule, ...over }]),
  ...[{ check: 'virus' }, { systems: [] }, { systems: ['beos'] }, { maxAgeHours: 0 }, { maxAgeHours: 9601 }, { unknown: 'pass' }, { more: 1 }].map((over) => [{ ...rule, checks: [{ ...need, ...over }] }]),
  ...[{ maxAgeHours: 0 }, { sameDay: null }, { context: '' }, { context: 'x'.repeat(65) }, { more: 1 }].map((over) => [{ ...rule, signIn: { ...signIn, ...over } }]),
  Array.from({ length: 101 }, () => rule),
]

/** A body of each type whose every field is told. */
const whole: Readonly<Partial<Record<AuthorityType, object>>> = {
  'workspace.genesis': { workspace: 'w', kind: 'real', rootKey: point, recoverySigningKey: point, recoveryExchangeKey: point, epoch: hash },
  'genesis.confirm': { genesis: hash },
  'workspace.root': { certificate: bytes, crl: bytes },
  'device.add': device,
  'seat.add': seat,
  'seat.recover': { seat, device, signature: new Uint8Array(64) },
  'seat.remove': removal,
  'grant.remove': removal,
  'grant.document': { id: 'g', person: 'p', collection: 'c', document: 'd'.repeat(24), role: 'reader', reason: 'r', key: 'k'.repeat(16), from: '2026-04-01', to: '2026-12-31', reviewBy: '2026-12-31' },
  'person.key': { person: 'p', exchangeKey: point },
  'policy.tighten': { id: 'p', consentFor: ['grant.*'], sessionHours: 8, idleLockMinutes: null, recoveryHours: 96, silentHours: 12, witnessHours: 24, policyLagHours: 72, contactDays: 30, massDocuments: 100, rules: [rule], reason: 'r' },
  'policy.put': { id: 'p', kind: 'enforced', title: '本番', consentFor: ['grant.*'], withheld: [{ employment: 'contractor', acts: ['document.export'] }], sessionHours: 8, idleLockMinutes: 5, recoveryHours: 72, silentHours: 24, witnessHours: 24, policyLagHours: 72, contactDays: 30, massDocuments: 100, rules: [rule], ...effective, reason: 'r', replaces: [hash] },
  'exception.put': { id: 'e', device: 'd', check: 'disk.enc', reason: 'r', from: '2026-04-01', to: '2026-04-30' },
  'exception.remove': { id: 'e', reason: 'r' },
  'vote.cast': { act: hash, alone: false },
  'vote.withdraw': { act: hash },
  'idp.put': { id: 'i', issuer: 'https://idp.example', clientId: 'app', ...effective },
  'idp.key': { issuer: 'https://idp.example', kid: 'k', key: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } },
  'identity.claim': { issuer: 'https://idp.example', subject: 'u', label: 'u@town.example' },
  'identity.bind': { id: 'b', person: 'p', issuer: 'https://idp.example', subject: 'u' },
  'identity.release': { id: 'b', reason: 'r' },
  'device.lost': { id: 'd', reason: 'r' },
  'authority.current': {},
  'brake.lift': { documents: 500, hours: 8, reason: 'r' },
  'absence.put': { position: 'p', acting: 'q', reason: 'r', from: '2026-04-01', to: '2026-04-05' },
  'absence.end': { absence: hash, to: '2026-04-03', reason: 'r' },
  'session.unlock': { session: 's' },
  'session.lock': { reason: 'idle' },
}
/** Bodies of the model: their keys are checked, the rest belongs to whoever uses it. */
const keyed: readonly AuthorityType[] = ['person.put', 'section.put', 'position.put', 'collection.put']
const dated: readonly AuthorityType[] = ['appointment.put', 'grant.put', 'series.put', 'schedule.put', 'decision-table.put', 'form.put']

const noKey: readonly unknown[] = [new Uint8Array(64), new Uint8Array(66), 'x']
const noId: readonly unknown[] = ['', 'x'.repeat(65), null]
const noHash: readonly unknown[] = ['', 'x', hash.toUpperCase(), `${hash}a`]
const odd: Readonly<Record<string, readonly unknown[]>> = {
  rootKey: noKey, recoverySigningKey: noKey, recoveryExchangeKey: noKey, signingKey: noKey, exchangeKey: noKey,
  workspace: noId, id: noId, person: noId, collection: noId, position: noId, acting: ['', 'x'.repeat(65), 7], absence: noHash,
  seat: [{ ...seat, more: 1 }, { ...seat, signingKey: noKey[0] }, { ...seat, id: '' }], device: [...noId, { ...device, more: 1 }, { ...device, level: 'L4' }, { ...device, id: '' }],
  genesis: noHash, act: noHash, kind: ['other'], level: ['L4'], certificate: ['x'], crl: ['x'], signature: [new Uint8Array(63), new Uint8Array(65)],
  consentFor: ['grant.*', [1]], sessionHours: [-1, 'x'], idleLockMinutes: [-1], recoveryHours: [-1], silentHours: [-1], witnessHours: [-1, null], policyLagHours: [-1, null], contactDays: [-1, null, '30'], massDocuments: [-1, null], documents: [0, 1.5, 100_001, null], hours: [0, 9, '1'], alone: [null, 1],
  issuer: ['http://idp.example', 'https://a?b', 7], clientId: ['', 'a b'], kid: ['', 'k k', 7], key: [null, { kty: 'EC' }, { kty: 'oct', k: 'AA' }], subject: ['', '町', 'x'.repeat(256)], label: [null, 'x'.repeat(256)],
  rules: wrongRules, replaces: [['x'], [hash.toUpperCase()], hash], title: [1], withheld: [[{ employment: 'contractor' }], [{ employment: 'contractor', acts: [1] }], [{ employment: 'contractor', acts: [], more: 1 }]], check: ['virus'],
  document: ['', 'D'.repeat(24), 'd'.repeat(23), null], role: ['owner', 'records', 'admin', ''], reviewBy: ['', null],
  from: ['2026-4-1', '2026-04-01T00:00', null], to: ['2026-4-1', ''], reason: [1], cut: [null, [{}]],
}

describe('the bodies of collection zero', () => {
  it('3.14 AU-22 each has its fields, each in its form, and no other', () => {
    for (const [type, body] of Object.entries(whole) as [AuthorityType, Record<string, unknown>][]) {
      const parses = (value: object): boolean => parseAuthorityBody(type, value) !== null
      expect([type, parses(body)]).toEqual([type, true])
      expect([type, parses({ ...body, more: 1 })]).toEqual([type, false])
      const values = { ...odd, ...(type === 'session.lock' ? { reason: [1, 'else'] } : {}) } as typeof odd
      for (const field of Object.keys(body)) for (const one of values[field] ?? []) expect([type, field, one, parses({ ...body, [field]: one })]).toEqual([type, field, one, false])
    }
  })

  it('3.14 AU-6 a cut names lanes by collection, number and hash', () => {
    const [lane] = removal.cut
    for (const over of [{ seq: -1 }, { seq: 1.5 }, { seq: '3' }, { collection: '' }, { more: 1 }, { hash: null }, { lane: null }]) expect([over, parseAuthorityBody('seat.remove', { ...removal, cut: [{ ...lane, ...over }] })]).toEqual([over, null])
    expect(parseAuthorityBody('seat.remove', { ...removal, cut: [{ ...lane, seq: 0 }] })).not.toBeNull()
  })

  it('3.14 what a town calls its values is kept, under a name and from a day', () => {
    for (const type of [...keyed, ...dated]) {
      const body = { id: 'x', ...(dated.includes(type) ? effective : {}), anything: { at: 'all' } }
      expect([type, parseAuthorityBody(type, body)]).toEqual([type, body])
      for (const one of noId) expect([type, one, parseAuthorityBody(type, { ...body, id: one })]).toEqual([type, one, null])
      if (dated.includes(type)) for (const field of ['from', 'to']) for (const one of odd[field] ?? []) expect([type, field, one, parseAuthorityBody(type, { ...body, [field]: one })]).toEqual([type, field, one, null])
    }
    for (const type of ['toString', 'constructor', 'poem.recite']) expect([type, isAuthorityType(type)]).toEqual([type, false])
  })
})
