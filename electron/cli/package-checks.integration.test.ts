import { beforeAll, describe, expect, it } from 'vitest'
import { memoryTree } from '@shared/archive/testing/memory-tree.ts'
import type { FileTree } from '@shared/archive/ports.ts'
import { buildTrail } from '@shared/archive/trail.ts'
import { verifyFolder, verifySinglePdf, type VerifyDeps } from '@shared/archive/verify-package.ts'
import type { Report } from '@shared/archive/report.ts'
import { bytesToUtf8, utf8ToBytes } from '@shared/base/bytes.ts'
import { createSigner } from '@shared/crypto/keys.ts'
import { eventId, eventToBytes } from '@shared/log/segment.ts'
import { parseCertificate } from '@shared/signing/parse-certificate.ts'
import { issueRevocationList } from '@shared/signing/revocation-list.ts'
import { nodeDigests } from '../main/services/node-digests.ts'
import { nodeHost } from '../main/services/node-host.ts'
import { keysOf, noon, sitDownAs, trailWith } from './testing/insider.ts'
import { openTestTownHall, packageOf } from './testing/package.ts'
import { rebag, withFile } from './testing/rebag.ts'
import { chief, drafter, manager, type Deed, type TownHall } from './testing/town-hall.ts'

let hall: TownHall
let count = 0
const photo = { name: '現場.jpg', bytes: Uint8Array.of(1) }

beforeAll(async () => {
  hall = await openTestTownHall()
})

interface Judged extends Report {
  readonly outcome: string
  readonly codes: readonly string[]
}

const depsOf = (roots: VerifyDeps['roots'] = [hall.founded.rootCertificate], signal?: AbortSignal): VerifyDeps => ({ host: nodeHost, digests: nodeDigests, roots, subtle: crypto.subtle, at: '2026-10-02T00:00:00Z', ...(signal === undefined ? {} : { signal }) })

async function judge(nodes: ReadonlyMap<string, Uint8Array>): Promise<Judged> {
  return judged(await verifyFolder(memoryTree(nodes), depsOf()))
}

function judged(report: Report): Judged {
  // That no authority attests the time is said of every signature here.
  return { ...report, outcome: report.verdict.outcome, codes: report.verdict.reasons.map(({ code }) => code).filter((code) => code !== 'time-not-attested') }
}

/** A document on which these things were done, as it is packed; `more` are other things done on it. */
async function packed(deeds?: readonly Deed[], more: (doc: string) => Promise<unknown> = async () => undefined): Promise<Map<string, Uint8Array>> {
  const doc = `doc-${(count += 1)}`
  await hall.decide(doc, `起案 ${count}`, { attachments: [photo], ...(deeds === undefined ? {} : { deeds }) })
  await more(doc)
  return packageOf(hall, [doc])
}

/** What was decided of a document, by hash. */
async function frozenOf(doc: string): Promise<string> {
  const nodes = await packageOf(hall, [doc])
  const { frozen } = JSON.parse(new TextDecoder().decode(nodes.get('data/documents/1/document.json'))) as { frozen: { sha256: string } }
  return frozen.sha256
}

describe('2.14 a document of a package', () => {
  it('2.14 AR-52 is whole', async () => {
    const good = await packed()
    expect(await judge(good)).toMatchObject({ outcome: 'pass', codes: [] })
    for (const path of ['frozen.pdf', 'signed.pdf', 'attachments/1.jpg']) expect([path, await judge(withFile(good, `data/documents/1/${path}`, null))]).toMatchObject([path, { outcome: 'fail', codes: ['document-file-missing'] }])
  })

  it('2.14 AR-55 is told as undecided while a step is, and a mark that is missing is told', async () => {
    expect(await judge(await packed([{ who: chief, step: 's1' }]))).toMatchObject({ outcome: 'pass', codes: ['document-undecided'] })
    expect(await judge(await packed([{ who: chief, step: 's1' }, { who: manager, step: 's2', mark: null }]))).toMatchObject({ outcome: 'pass', codes: ['marks-missing'] })
    // What was not allowed lacks no mark.
    const tried = await packed([{ who: chief, step: 's1' }], (doc) => hall.commit(drafter.person, drafter.position, [{ type: 'decision.approve', doc, body: { revision: 'ab'.repeat(32), step: 's2', comment: '' } }]))
    expect((await judge(tried)).codes).toEqual(['document-undecided'])
    const other = await packed([{ who: chief, step: 's1' }, { who: chief, step: 's2', mark: null }])
    expect((await judge(other)).codes).toEqual(['position-not-on-step', 'document-undecided'])
  })

  it('2.14 AR-54 every signature in the file has its act, by the same person, who approved that step', async () => {
    const codesOf = async (...deeds: readonly Deed[]): Promise<readonly string[]> => [...new Set((await judge(await packed(deeds))).codes)]
    expect(await codesOf({ who: chief, step: 's1', mark: 'silently' }, { who: manager, step: 's2' })).toEqual(['signatures-and-acts-differ', 'signer-is-not-the-actor', 'marks-missing'])
    expect(await codesOf({ who: chief, step: 's1', act: null })).toEqual(['mark-without-approval', 'document-undecided'])
    expect(await codesOf({ who: chief, step: 's1', act: 'decision.return' })).toEqual(['mark-without-approval', 'document-undecided'])
    expect(await codesOf({ who: chief, step: 's2' })).toEqual(['mark-without-approval', 'position-not-on-step', 'document-undecided'])
    expect(await codesOf({ who: chief, step: 's1', mark: null }, { who: manager, step: 's1', act: null })).toEqual(['mark-without-approval', 'document-undecided'])
  })

  it('3.9 AR-56 an approval that is held is neither forged nor in doubt: it is told and does not count', async () => {
    const doc = `doc-${(count += 1)}`
    await hall.decide(doc, '待つもの', { deeds: [{ who: chief, step: 's1' }] })
    const [late, reader] = [await sitDownAs(hall, keysOf(hall, manager.person)), await sitDownAs(hall, keysOf(hall, drafter.person), { at: noon + 30 * 3_600_000 })]
    const approval = late.event('decision.approve', doc, { revision: await frozenOf(doc), step: 's2', comment: '' }, { position: manager.position })
    await late.sign([approval])
    await reader.sign([reader.event('document.open', doc, { revision: null }, { deps: [eventId(eventToBytes(approval))] })])
    expect(await judge(await packageOf(hall, [doc], trailWith(hall, [doc], late.forged())))).toMatchObject({ outcome: 'pass', codes: ['marks-missing'] })
    const held = await judge(await packageOf(hall, [doc], trailWith(hall, [doc], late.forged(), reader.forged())))
    expect(held).toMatchObject({ outcome: 'pass', codes: ['approval-held', 'document-undecided'] })
    expect(held.decisions.map(({ act, verdict }) => [act, verdict.outcome])).toEqual([['submit', 'pass'], ['approve', 'pass'], ['approve', 'unknown']])
  })

  it('2.14 AR-33 AR-54 a signature whose certificate a later list takes back does not pass', async () => {
    const good = await packed()
    const { root, rootCertificate, seats } = hall.founded
    const seat = seats.find(({ person }) => person === chief.person) ?? expect.fail('a seat')
    const revoked = [{ serial: parseCertificate(seat.certificate).serial, at: '2026-09-30T00:00:00Z' }]
    const crl = await issueRevocationList({ root: rootCertificate, number: 2, thisUpdate: '2026-10-01T12:00:00Z', nextUpdate: '2028-10-01T00:00:00Z', revoked, sign: (await createSigner(nodeHost, root)).sign })
    const { outcome, signatures } = await judge(withFile(good, 'data/trust/root.crl', crl))
    expect([outcome, signatures.map(({ verdict }) => verdict.outcome)]).toEqual(['fail', ['fail', 'pass']])
  })
})

describe('2.14 a package as a whole', () => {
  const info = (nodes: ReadonlyMap<string, Uint8Array>): string => bytesToUtf8(nodes.get('bag-info.txt') ?? expect.fail('bag-info.txt'))

  it('2.14 AR-30 is one when it holds a trail, whether it says so or not', async () => {
    const good = await packed()
    const unsaid = withFile(good, 'bag-info.txt', info(good).replace(/Fumibako-.*\n/g, ''))
    expect(await judge(unsaid)).toMatchObject({ kind: 'package', outcome: 'pass' })
  })

  it('2.14 AR-14 AR-32 is a bag that holds, and so is one of anybody', async () => {
    const good = await packed()
    for (const nodes of [good, withFile(withFile(good, 'data/trail.cbor', null), 'bag-info.txt', info(good).replace(/Fumibako-.*\n/g, ''))]) {
      const { outcome, codes } = await judge(new Map(nodes).set('data/register.csv', utf8ToBytes('x')))
      expect([outcome, codes.includes('checksum-differs')]).toEqual(['fail', true])
    }
  })

  it('2.14 AR-30 is declared as ours are, and a path that is none of ours is told even without a trail', async () => {
    const good = await packed()
    for (const declared of ['BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: utf-8\n', 'BagIt-Version: 1.1\nTag-File-Character-Encoding: UTF-8\n']) expect((await judge(rebag(new Map(good).set('bagit.txt', utf8ToBytes(declared))))).codes).toContain('package-declaration')
    const odd = withFile(withFile(good, 'data/trail.cbor', null), 'data/Odd.txt', 'x')
    expect((await judge(odd)).verdict.reasons).toContainEqual({ code: 'package-file-unexpected', facts: { path: 'data/Odd.txt' } })
  })

  it('2.14 AR-53 may prove what was only drafted without its being there', async () => {
    await packed()
    const doc = `doc-${count}`
    await hall.commit(drafter.person, drafter.position, [{ type: 'draft.create', doc: 'only-drafted', body: { form: 't1', collection: hall.collection } }])
    expect(await judge(await packageOf(hall, [doc], buildTrail(hall.trailInput([doc, 'only-drafted']))))).toMatchObject({ outcome: 'pass', codes: [] })
  })

  it('2.14 AR-48 is called proven only when all of it passes', async () => {
    const good = await packed()
    const isProven = ({ notices }: Report): boolean => notices.some(({ code }) => code === 'package-proven')
    expect([isProven(await judge(good)), isProven(await verifyFolder(memoryTree(good), depsOf(null))), isProven(await judge(withFile(good, 'data/documents/1/more.pdf', 'x')))]).toEqual([true, false, false])
  })

  it('2.14 AR-23 leaves the answer open where a file is beyond reading or can be read no more', async () => {
    const good = await packed()
    const tree = memoryTree(good)
    const large: FileTree = {
      ...tree,
      async *entries() {
        for await (const entry of tree.entries()) yield entry.path === 'data/trail.json' ? { ...entry, size: 2 ** 40 } : entry
      },
    }
    expect(judged(await verifyFolder(large, depsOf())).codes).toContain('file-too-large')
    const read: string[] = []
    const fading: FileTree = {
      ...tree,
      read: async (path, take) => {
        read.push(path)
        return path === 'data/trail.json' && read.filter((one) => one === path).length > 1 ? { ok: false, error: { type: 'FileUnreadable', path, retry: 'later' } } : tree.read(path, take)
      },
    }
    expect(judged(await verifyFolder(fading, depsOf()))).toMatchObject({ outcome: 'unknown', codes: ['file-unreadable'] })
  })

  it('2.14 stops between two documents when told to', async () => {
    const good = await packed()
    const [tree, stop] = [memoryTree(good), new AbortController()]
    const read: string[] = []
    const stopping: FileTree = {
      ...tree,
      read: (path, take) => {
        read.push(path)
        if (path === 'data/trail.json' && read.filter((one) => one === path).length > 1) stop.abort()
        return tree.read(path, take)
      },
    }
    await expect(verifyFolder(stopping, depsOf(undefined, stop.signal))).rejects.toThrow('abort')
    expect(read.filter((path) => path === 'data/documents/1/signed.pdf')).toHaveLength(1)
  })

  it('2.14 AR-48 a signed file alone passes under its root only', async () => {
    const signed = (await packed()).get('data/documents/1/signed.pdf') ?? expect.fail('a signed file')
    const codesOf = async (bytes: Uint8Array, roots?: VerifyDeps['roots']) => [await verifySinglePdf(bytes, depsOf(roots))].map(({ verdict }) => [verdict.outcome, ...verdict.reasons.map(({ code }) => code)])[0]
    expect(await codesOf(signed)).toEqual(['pass', 'time-not-attested', 'revocation-not-checked'])
    expect(await codesOf(signed, null)).toContain('no-trust-given')
    expect((await codesOf(signed, null))?.[0]).toBe('unknown')
    expect((await codesOf(signed.map((byte, i) => (i === 2000 ? byte ^ 1 : byte))))?.[0]).toBe('fail')
  })
})
