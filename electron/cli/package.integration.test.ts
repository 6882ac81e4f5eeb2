import { beforeAll, describe, expect, it } from 'vitest'
import { memoryTree, type MemoryNode } from '@shared/archive/testing/memory-tree.ts'
import { digestOf } from '@shared/archive/testing/handmade-bag.ts'
import { buildTrail, type TrailSegment } from '@shared/archive/trail.ts'
import { verifyFolder } from '@shared/archive/verify-package.ts'
import { verifyTrail } from '@shared/archive/verify-trail.ts'
import type { Report } from '@shared/archive/report.ts'
import { bytesToUtf8, concatBytes, utf8ToBytes } from '@shared/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import { createKeyPair, createSigner } from '@shared/crypto/keys.ts'
import { signFor } from '@shared/crypto/sign.ts'
import { headerToBytes } from '@shared/log/header.ts'
import { eventId, eventToBytes } from '@shared/log/segment.ts'
import { issueRoot } from '@shared/signing/certificate.ts'
import { issueRevocationList } from '@shared/signing/revocation-list.ts'
import { createSession, sessionToBytes } from '@shared/log/session.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { nodeDigests } from '../main/services/node-digests.ts'
import { nodeHost } from '../main/services/node-host.ts'
import { anchorOf, openTestTownHall, packageOf } from './testing/package.ts'
import { headerOf, rebag, trailOf, withFile, withSegment, withTrail } from './testing/rebag.ts'
import { chief, drafter, manager, type TownHall } from './testing/town-hall.ts'

let hall: TownHall
let good: Map<string, Uint8Array>
let other: TownHall
const title = '町道の\uFA11繕について（伺い）<script>'
const photo = { name: '現場 \u{20BB7}\u{E0100} が"&.JPG', bytes: utf8ToBytes('jpeg') }

beforeAll(async () => {
  hall = await openTestTownHall()
  await hall.commit(chief.person, null, [{ type: 'session.unlock', doc: null, body: { session: 'secret-unlock' } }])
  await hall.decide('doc-0', '秘密の起案')
  await hall.decide('doc-1', title, { attachments: [photo] })
  await hall.decide('doc-2', '別の秘密')
  await hall.decide('doc-3', '三つ目')
  good = await packageOf(hall, ['doc-1', 'doc-3'])
  other = await openTestTownHall('real')
  await other.decide('doc-1', '他の町')
}, 60_000)

function judge(nodes: ReadonlyMap<string, MemoryNode>, roots: readonly Uint8Array[] | null = [hall.founded.rootCertificate]): Promise<Report> {
  return verifyFolder(memoryTree(nodes), { host: nodeHost, digests: nodeDigests, roots, subtle: crypto.subtle, at: '2026-10-02T00:00:00Z' })
}

async function codesOf(nodes: ReadonlyMap<string, MemoryNode>, roots?: readonly Uint8Array[] | null): Promise<{ outcome: string; codes: readonly string[] }> {
  const { verdict } = await judge(nodes, roots)
  return { outcome: verdict.outcome, codes: verdict.reasons.map((r) => r.code) }
}

const text = (path: string): string => bytesToUtf8(good.get(path) as Uint8Array)

describe('a package', () => {
  it('2.13 2.14 AR-43 AR-52 passes under its root, with every act, every signature and the notice of practice', async () => {
    const report = await judge(good)
    expect(report.verdict).toEqual({ outcome: 'pass', reasons: [{ code: 'time-not-attested' }] })
    expect(report.kind).toBe('package')
    expect(report.decisions.map((d) => [d.n, d.act, d.position, d.person, d.verdict.outcome])).toEqual(
      [1, 2].flatMap((n) => [
        [n, 'submit', '総務課主査', '\uFA19尾 翔太', 'pass'],
        [n, 'approve', '総務係長', '\u{20BB7}田 恵子', 'pass'],
        [n, 'approve', '総務課長', '\uFA11田 健', 'pass'],
      ]),
    )
    expect(report.signatures.map((s) => [s.path, s.signer, s.position, s.verdict.outcome])).toEqual(
      [1, 2].flatMap((n) => [
        [`data/documents/${n}/signed.pdf`, '\u{20BB7}田 恵子', '総務係長', 'pass'],
        [`data/documents/${n}/signed.pdf`, '\uFA11田 健', '総務課長', 'pass'],
      ]),
    )
    expect(report.notices).toContainEqual({ code: 'practice' })
    expect(report.notices).toContainEqual({ code: 'package-proven', facts: { documents: 2, decisions: 6, signatures: 4 } })
  })

  it('2.14 AR-48 without trust the answer is unknown and says why; under another root too', async () => {
    expect(await codesOf(good, null)).toEqual({ outcome: 'unknown', codes: ['no-trust-given', 'time-not-attested'] })
    expect(await codesOf(good, [other.founded.rootCertificate])).toEqual({ outcome: 'unknown', codes: ['root-not-trusted', 'time-not-attested'] })
    const { decisions, signatures } = await judge(good, null)
    for (const { verdict } of [...decisions, ...signatures]) expect([verdict.outcome, verdict.reasons.at(-1)]).toEqual(['unknown', { code: 'no-trust-given' }])
  })

  it('2.13 AR-31 every path is short ASCII and every original is there byte for byte', () => {
    const payload = [...good.keys()].filter((path) => path.startsWith('data/'))
    expect(payload.filter((path) => !/^[a-z0-9/._-]{1,120}$/.test(path))).toEqual([])
    expect(good.get('data/documents/1/attachments/1.jpg')).toEqual(photo.bytes)
    const record = JSON.parse(text('data/documents/1/document.json')) as { title: string; files: { name: string; sha256: string; path: string }[] }
    expect(record.title).toBe(title)
    expect(record.files.map((f) => f.name)).toEqual(['frozen.pdf', 'signed.pdf', photo.name])
    for (const file of record.files) expect(digestOf('sha256', good.get(`data/${file.path}`) as Uint8Array)).toBe(file.sha256)
  })

  it('2.13 AR-41 AR-42 shows nothing of other documents, of drafts, or of who unlocked when', () => {
    const everything = [...good.values()].map((bytes) => Buffer.from(bytes).toString('latin1')).join('\n')
    for (const word of ['秘密の起案', '別の秘密', 'doc-0', 'doc-2', 'secret-unlock']) expect(everything.includes(Buffer.from(word).toString('latin1'))).toBe(false)
    const types = trailOf(good).segments.flatMap((s) => headerOf(s).acts.filter((_, i) => s.shown[i] !== null).map((act) => act.type))
    expect(types).not.toContain('draft.cover')
    expect(types.filter((type) => type === 'decision.approve')).toHaveLength(4)
  })

  it('2.13 AR-40 keeps each lane as one run from the first to the last segment that matters', () => {
    const lanes = new Map<string, number[]>()
    for (const segment of trailOf(good).segments) {
      const header = headerOf(segment)
      lanes.set(`${header.collection} ${header.lane}`, [...(lanes.get(`${header.collection} ${header.lane}`) ?? []), header.seq])
    }
    for (const seqs of lanes.values()) expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, i) => (seqs[0] as number) + i))
    const drafts = [...lanes].find(([, seqs]) => seqs.length > 4)?.[1]
    expect(drafts?.[0]).toBeGreaterThan(1)
  })

  it('2.13 the finding aid names everything exactly, runs nothing and loads nothing', () => {
    const page = text('data/index.html')
    expect(page).toContain('町道の\uFA11繕について（伺い）&lt;script&gt;')
    expect(page).toContain('現場 \u{20BB7}\u{E0100} が&quot;&amp;.JPG')
    expect(page).toContain('予算額</th><td class="long">1,234,567円')
    expect(page).toContain('合議先</th><td class="long">財政担当課長')
    expect(page).toContain('起案年月日</th><td class="long">令和8年10月1日')
    expect(page).toContain('練習用の文書です')
    expect(page).not.toMatch(/<script|https?:|\son[a-z]+=|javascript:/i)
    for (const [, href] of page.matchAll(/href="([^#"]+)"/g)) expect(good.has(`data/${href}`)).toBe(true)
  })

  it('AR-6 the same trail gives the same package', async () => {
    const again = await packageOf(hall, ['doc-1', 'doc-3'], trailOf(good))
    expect([...again].map(([path, bytes]) => `${digestOf('sha256', bytes)} ${path}`)).toEqual([...good].map(([path, bytes]) => `${digestOf('sha256', bytes)} ${path}`))
  })
})

describe('a package forged with every checksum right', () => {
  const flip = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((b, i) => (i === at ? b ^ 1 : b))
  const cases: readonly (readonly [string, () => Map<string, Uint8Array>, string])[] = [
    ['AR-51 a title changed in document.json', () => withFile(good, 'data/documents/1/document.json', text('data/documents/1/document.json').replace('町道', '林道')), 'reading-differs'],
    ['AR-51 a name changed in trail.json', () => withFile(good, 'data/trail.json', text('data/trail.json').replace('kamio', 'sakita')), 'reading-differs'],
    ['AR-30 a file more', () => withFile(good, 'data/documents/1/more.pdf', 'x'), 'package-file-unexpected'],
    ['AR-30 a tag file more', () => rebag(new Map(good).set('note.txt', utf8ToBytes('x'))), 'package-file-unexpected'],
    ['AR-30 a document without proof', () => withFile(good, 'data/documents/3/signed.pdf', good.get('data/documents/1/signed.pdf') as Uint8Array), 'document-not-proven'],
    ['AR-30 no tag manifest', () => {
      const nodes = new Map(good)
      nodes.delete('tagmanifest-sha512.txt')
      return nodes
    }, 'package-tag-missing'],
    ['AR-30 no register', () => withFile(good, 'data/register.csv', null), 'package-file-missing'],
    ['AR-30 no trail', () => withFile(good, 'data/trail.cbor', null), 'trail-malformed'],
    ['AR-30 a trail that is not one', () => withFile(good, 'data/trail.cbor', 'x'), 'trail-malformed'],
    ['AR-30 no root', () => withFile(good, 'data/trust/root.pem', 'x'), 'root-malformed'],
    ['AR-53 a document left out', () => withoutFolder('data/documents/2/'), 'document-left-out'],
    ['AR-53 a document twice', () => withFile(good, 'data/documents/2/document.json', text('data/documents/1/document.json').replace('"n": 1', '"n": 2').replaceAll('documents/1/', 'documents/2/')), 'document-twice'],
    ['AR-52 another frozen PDF', () => withFile(good, 'data/documents/1/frozen.pdf', good.get('data/documents/2/frozen.pdf') as Uint8Array), 'document-file-differs'],
    ['AR-52 another signed PDF', () => withFile(good, 'data/documents/1/signed.pdf', good.get('data/documents/2/signed.pdf') as Uint8Array), 'frozen-not-prefix'],
    ['AR-52 the signed PDF of one signature', () => withFile(good, 'data/documents/1/signed.pdf', firstSigned()), 'document-file-differs'],
    ['AR-52 the signed PDF with something appended', () => withFile(good, 'data/documents/1/signed.pdf', concatBytes(good.get('data/documents/1/signed.pdf') as Uint8Array, utf8ToBytes('\n%'))), 'document-file-differs'],
    ['AR-52 another attachment', () => withFile(good, 'data/documents/1/attachments/1.jpg', 'JPEG'), 'document-file-differs'],
    ['AR-44 a decision withheld', () => withTrail(good, withSegment(trailOf(good), 'decision.approve', (s) => ({ ...s, shown: s.shown.map(() => null) }))), 'act-withheld'],
    ['AR-44 an appointment withheld', () => withTrail(good, withSegment(trailOf(good), 'appointment.put', (s) => ({ ...s, shown: s.shown.map((plain, i) => (headerOf(s).acts[i]?.type === 'appointment.put' ? null : plain)) }))), 'act-withheld'],
    ['AR-44 acts cut off', () => withTrail(good, withSegment(trailOf(good), 'decision.approve', (s) => ({ ...s, shown: s.shown.slice(1) }))), 'acts-count'],
    ['AR-45 a comment changed', () => withTrail(good, withSegment(trailOf(good), 'decision.approve', (s) => ({ ...s, shown: s.shown.map((plain, i) => (i === 0 && plain !== null ? changed(plain, (e) => ({ ...e, body: { ...(e.body as object), comment: '否' } })) : plain)) }))), 'event-differs'],
    ['AR-43 a header changed', () => withTrail(good, withSegment(trailOf(good), 'record.file', (s) => ({ ...s, header: headerToBytes({ ...headerOf(s), hlc: { ms: 1, n: 1 } }) }))), 'header-signature'],
    ['AR-43 a signature changed', () => withTrail(good, withSegment(trailOf(good), 'record.file', (s) => ({ ...s, signature: flip(s.signature, 40) }))), 'header-signature'],
    ['AR-43 a session left out', () => withTrail(good, { ...trailOf(good), sessions: trailOf(good).sessions.slice(1) }), 'session-missing'],
    ['AR-43 a session that is none', () => withTrail(good, { ...trailOf(good), sessions: [...trailOf(good).sessions, utf8ToBytes('x')] }), 'session-malformed'],
    ['AR-46 a segment cut out', () => withTrail(good, withSegment(trailOf(good), 'document.submit', () => null)), 'run-broken'],
    ['AR-46 a segment given twice', () => withTrail(good, { ...trailOf(good), segments: [...trailOf(good).segments, trailOf(good).segments.at(-1) as TrailSegment] }), 'run-broken'],
    ['AR-46 a link of the chain changed', () => withTrail(good, withSegment(trailOf(good), 'document.submit', (s) => ({ ...s, epoch: 7 }))), 'run-broken'],
    ['AR-48 another genesis', () => withTrail(good, { ...trailOf(good), genesis: other.founded.genesis }), 'genesis-missing'],
    ['AR-48 the root of another town', () => withFile(good, 'data/trust/root.pem', rootPemOf(other.founded.rootCertificate)), 'genesis-missing'],
  ]
  it.each(cases)('2.14 %s fails', async (_, forge, code) => {
    const { outcome, codes } = await codesOf(forge(), null)
    expect(outcome).toBe('fail')
    expect(codes).toContain(code)
  })

  it('2.14 AR-48 a root of the same key that names another genesis fails, even when it is trusted', async () => {
    const { root } = hall.founded
    const signer = await createSigner(nodeHost, root)
    const renewed = await issueRoot({ town: '雪守町', genesis: other.founded.genesis, publicKey: root.publicKey, serial: Uint8Array.of(1, 2, 3), notBefore: '2026-10-01T00:00:00Z', sign: signer.sign })
    const { outcome, codes } = await codesOf(withFile(good, 'data/trust/root.pem', rootPemOf(renewed)), [renewed])
    expect([outcome, codes.slice(0, 2)]).toEqual(['fail', ['genesis-differs', 'root-differs']])
  })

  it('2.14 AR-33 a later list of the root is noticed, another one fails', async () => {
    const { root, rootCertificate } = hall.founded
    const signer = await createSigner(nodeHost, root)
    const list = (thisUpdate: string) => issueRevocationList({ root: rootCertificate, number: 2, thisUpdate, nextUpdate: '2028-10-01T00:00:00Z', revoked: [], sign: signer.sign })
    const later = await judge(withFile(good, 'data/trust/root.crl', await list('2026-10-01T12:00:00Z')))
    expect([later.verdict.outcome, later.notices.map((n) => n.code).includes('revocation-list-renewed')]).toEqual(['pass', true])
    expect((await codesOf(withFile(good, 'data/trust/root.crl', await list('2026-09-01T00:00:00Z')))).codes).toContain('revocation-list-wrong')
    const foreign = await codesOf(withFile(good, 'data/trust/root.crl', (await packageOf(other, ['doc-1'])).get('data/trust/root.crl') as Uint8Array))
    expect([foreign.outcome, foreign.codes.includes('revocation-list-wrong')]).toEqual(['fail', true])
  })

  it('2.14 AR-32 stripped of its proof it is a bag of anybody, and asked for trust there is nothing to trust', async () => {
    const nodes = withFile(withFile(good, 'data/trail.cbor', null), 'bag-info.txt', text('bag-info.txt').replace(/Fumibako-.*\n/g, ''))
    expect(await codesOf(nodes, null)).toEqual({ outcome: 'pass', codes: [] })
    expect(await codesOf(nodes)).toEqual({ outcome: 'unknown', codes: ['nothing-signed'] })
    expect((await judge(nodes)).kind).toBe('bag')
  })

  it('2.14 AR-30 a package of a format that is not known here is not guessed at', async () => {
    const nodes = withFile(good, 'bag-info.txt', text('bag-info.txt').replace('Package-Format: 2', 'Package-Format: 3'))
    expect((await codesOf(nodes)).codes).toContain('package-format-unknown')
    expect((await codesOf(nodes)).outcome).toBe('unknown')
  })
})

function withoutFolder(folder: string): Map<string, Uint8Array> {
  return rebag(new Map([...good].filter(([path]) => !path.startsWith(folder))))
}

function firstSigned(): Uint8Array {
  const signed = good.get('data/documents/1/signed.pdf') as Uint8Array
  const end = Buffer.from(signed).indexOf('%%EOF', (good.get('data/documents/1/frozen.pdf') as Uint8Array).length)
  return signed.slice(0, end + 6)
}

function changed(plain: Uint8Array, change: (event: LogEvent) => LogEvent): Uint8Array {
  return encodeCbor(change(decodeCbor(plain) as LogEvent))
}

function rootPemOf(root: Uint8Array): string {
  return `-----BEGIN CERTIFICATE-----\n${Buffer.from(root).toString('base64')}\n-----END CERTIFICATE-----\n`
}

function submittedRevision(doc: string): string {
  const shown = buildTrail(hall.trailInput([doc])).segments.flatMap((s) => s.shown)
  const submit = shown.map((plain) => (plain === null ? null : (decodeCbor(plain) as LogEvent))).find((event) => event?.type === 'document.submit')
  if (!submit) throw new Error('the document was submitted')
  return (submit.body as { revision: { pdf: { sha256: string } } }).revision.pdf.sha256
}

describe('insiders with a certified seat', () => {
  /** A founding segment over the true genesis, signed by the drafter's own seat, and its session. */
  async function refounded(change: (event: LogEvent) => LogEvent): Promise<{ segment: TrailSegment; session: Uint8Array; segments: readonly TrailSegment[] }> {
    const { founded } = hall
    const seat = founded.seats.find((s) => s.person === drafter.person)
    if (seat === undefined) throw new Error('the drafter has a seat')
    const key = createKeyPair(nodeHost)
    const [first, ...rest] = trailOf(good).segments.filter((s) => headerOf(s).collection === 'zero')
    const header = headerOf(first as TrailSegment)
    const session = await createSession(
      { suite: 1, schema: 1, kind: 'session', workspace: founded.workspace, seat: seat.seat, device: founded.device.id, person: 'sakita', incarnation: seat.incarnation, n: 9, sessionKey: key.publicKey, notBefore: header.hlc.ms - 60_000, notAfter: header.hlc.ms + 60_000, policy: 'trial', authority: {}, token: null, posture: null },
      seat.signing.signer,
      founded.device.signing.signer,
    )
    const events = (first as TrailSegment).shown.map((plain, i) => (i === 0 ? (plain as Uint8Array) : eventToBytes(change(decodeCbor(plain as Uint8Array) as LogEvent))))
    const acts = header.acts.map((act, i) => ({ ...act, event: eventId(events[i] as Uint8Array) }))
    const bytes = headerToBytes({ ...header, lane: `${seat.seat}.${seat.incarnation}`, session: session.hash, acts })
    const segment = { ...(first as TrailSegment), header: bytes, signature: await signFor(await createSigner(nodeHost, key), 'segment', bytes), shown: events }
    return { segment, session: sessionToBytes(session), segments: rest }
  }

  it('2.14 AR-49 cannot found the town again with themselves as another person', async () => {
    const seat = hall.founded.seats.find((s) => s.person === drafter.person)
    const { segment, session } = await refounded((event) => {
      const body = event.body as { id?: string; person?: string }
      return event.type === 'seat.add' && body.id === seat?.seat ? { ...event, body: { ...body, person: 'sakita' } } : event
    })
    const trail = { ...trailOf(good), sessions: [session], segments: [segment] }
    const report = await verifyTrail(nodeHost, trail, anchorOf(hall))
    expect(report.verdict.outcome).toBe('fail')
    expect(report.verdict.reasons.find((r) => r.code === 'authority-not-counted')?.facts?.['why']).toBe('seat-not-certified')
    expect(report.kind).toBe(null)
  })

  it('2.14 AR-47 cannot found it as themselves either: genesis names its author', async () => {
    const { segment, session } = await refounded((event) => event)
    const report = await verifyTrail(nodeHost, { ...trailOf(good), sessions: [session], segments: [segment] }, anchorOf(hall))
    expect(report.verdict.outcome).toBe('fail')
    expect(report.verdict.reasons[0]?.facts?.['why']).toContain('seat-unknown')
  })

  it('2.14 AR-50 who has not the right to approve has not approved', async () => {
    await hall.decide('doc-4', '四つ目')
    const revision = submittedRevision('doc-4')
    await hall.commit(drafter.person, drafter.position, [{ type: 'decision.approve', doc: 'doc-4', body: { revision, step: 's2', comment: '' } }])
    await hall.commit(drafter.person, 'mayor', [{ type: 'document.withdraw', doc: 'doc-4', body: { revision, reason: 'x' } }])
    const report = await judge(await packageOf(hall, ['doc-4']))
    expect(report.verdict.outcome).toBe('fail')
    expect(report.decisions.map((d) => [d.act, d.verdict.outcome])).toEqual([['submit', 'pass'], ['approve', 'pass'], ['approve', 'pass'], ['approve', 'fail'], ['withdraw', 'fail']])
    expect(report.decisions[3]?.verdict.reasons.map((r) => r.code)).toEqual(['role-missing', 'position-not-on-step'])
    expect(report.decisions[4]?.verdict.reasons.map((r) => r.code)).toEqual(['position-not-held'])
  })

  it('2.14 AR-54 a mark made with another seat than the one that acted fails', async () => {
    await hall.decide('doc-6', '六つ目', { deeds: [{ who: chief, step: 's1' }, { who: manager, step: 's2', seal: chief }] })
    const { outcome, codes } = await codesOf(await packageOf(hall, ['doc-6']))
    expect([outcome, codes]).toEqual(['fail', ['time-not-attested', 'signer-is-not-the-actor']])
  })

  it('2.14 AR-55 a return beside the approvals leaves the answer to a person', async () => {
    await hall.decide('doc-5', '五つ目')
    const revision = submittedRevision('doc-5')
    await hall.commit(chief.person, chief.position, [{ type: 'decision.return', doc: 'doc-5', body: { revision, step: 's1', reason: '差戻し' } }])
    expect(await codesOf(await packageOf(hall, ['doc-5']))).toEqual({ outcome: 'unknown', codes: ['time-not-attested', 'document-contested'] })
  })

  it('3.1 AR-47 JU-17 what a seat decided behind its cut has not been decided, and what it decided before has', async () => {
    const seat = hall.founded.seats.find((s) => s.person === chief.person)
    const lane = `${seat?.seat}.${seat?.incarnation}`
    await hall.decide('doc-7', '切る前')
    const last = buildTrail(hall.trailInput(['doc-7'])).segments.map(headerOf).filter((header) => header.lane === lane).at(-1)
    await hall.decide('doc-8', '切った後')
    await hall.commit(manager.person, null, [{ type: 'seat.remove', doc: null, body: { id: seat?.seat, reason: '紛失', cut: [{ collection: hall.collection, lane, seq: last?.seq ?? 0, hash: '' }] } }])
    for (const doc of ['doc-7', 'doc-8']) await hall.commit(drafter.person, drafter.position, [{ type: 'document.open', doc, body: { revision: null } }])
    const [before, after] = [await judge(await packageOf(hall, ['doc-7'])), await judge(await packageOf(hall, ['doc-8']))]
    expect(before.decisions.map((d) => d.verdict.outcome)).toEqual(['pass', 'pass', 'pass'])
    expect(after.decisions.map((d) => [d.act, d.verdict.outcome])).toEqual([['submit', 'pass'], ['approve', 'fail'], ['approve', 'pass']])
    expect(after.decisions[1]?.verdict.reasons.map((r) => r.code)).toEqual(['behind-cut'])
  })
})
