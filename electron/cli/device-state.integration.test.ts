import { beforeAll, describe, expect, it } from 'vitest'
import type { TrailPiece } from '@shared/archive/device-state.ts'
import type { Report } from '@shared/archive/report.ts'
import { memoryTree } from '@shared/archive/testing/memory-tree.ts'
import { buildTrail, trailToBytes, type Trail } from '@shared/archive/trail.ts'
import { verifyFolder, verifySinglePdf, type VerifyDeps } from '@shared/archive/verify-package.ts'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { standardRules } from '@shared/authority/standard-rules.ts'
import { bytesToUtf8 } from '@shared/base/bytes.ts'
import { decodeCbor } from '@shared/base/cbor.ts'
import { checkIds, type ActRule, type CheckId } from '@shared/posture/model.ts'
import { statementToBytes, type PostureStatement } from '@shared/posture/statement.ts'
import { nodeDigests } from '../main/services/node-digests.ts'
import { nodeHost } from '../main/services/node-host.ts'
import { toJson, toLines } from './show.ts'
import { openTestTownHall, packageOf } from './testing/package.ts'
import { trailOf, withFile, withTrail } from './testing/rebag.ts'
import type { TownHall } from './testing/town-hall.ts'

const doc = 'doc-1'
let calm: TownHall
let good: Map<string, Uint8Array>

const says = (failing: readonly CheckId[], over: Partial<PostureStatement> = {}) => (device: string, at: number): PostureStatement => ({
  schema: 1,
  kind: 'posture',
  device,
  system: 'linux',
  version: '0.1.0',
  level: 'L1',
  at,
  checks: checkIds.map((id) => ({ id, verdict: failing.includes(id) ? 'fail' : 'pass', reason: failing.includes(id) ? 'fw-off' : null, trust: 'self', at, since: at, evidence: null })),
  ...over,
})

function townWith(rules: readonly ActRule[]): typeof sampleTown {
  return { ...sampleTown, policies: sampleTown.policies.map((policy) => ({ ...policy, kind: 'enforced' as const, rules })) }
}

async function decidedIn(rules: readonly ActRule[], said?: Parameters<typeof openTestTownHall>[2]): Promise<TownHall> {
  const hall = await openTestTownHall('real', townWith(rules), said)
  await hall.decide(doc, '厳しい町')
  return hall
}

const depsOf = (hall: TownHall): VerifyDeps => ({ host: nodeHost, digests: nodeDigests, roots: [hall.founded.rootCertificate], subtle: crypto.subtle, at: '2026-10-02T00:00:00Z' })
const judge = (hall: TownHall, nodes: ReadonlyMap<string, Uint8Array>): Promise<Report> => verifyFolder(memoryTree(nodes), depsOf(hall))
const codes = ({ verdict }: Report): readonly string[] => [...new Set(verdict.reasons.map(({ code }) => code))].filter((code) => code !== 'time-not-attested')
const noticed = ({ notices }: Report): readonly string[] => notices.map(({ code }) => code)

/** A trail as the first version wrote it. */
function firstVersion({ workspace, genesis, subjects, sessions, segments }: Trail): Trail {
  return { workspace, genesis, subjects, sessions, segments }
}

beforeAll(async () => {
  calm = await decidedIn([standardRules.decide], says(['boot.secure']))
  good = await packageOf(calm, [doc])
}, 60_000)

describe('4.9 a package says on which device and in which state each act was done', () => {
  it('4.9 AR-60 AR-62 of each act: the device, what it said of itself, and what the rules of the day made of it', async () => {
    const report = await judge(calm, good)
    expect([report.verdict.outcome, codes(report)]).toEqual(['pass', []])
    expect(report.decisions.map(({ act, device }) => [act, device?.id === calm.founded.device.id, device?.state, device?.statement?.level, device?.statement?.checks.filter(({ verdict }) => verdict !== 'pass').map(({ id, reason }) => [id, reason]), device?.asked])).toEqual([
      ['submit', true, 'told', 'L1', [['boot.secure', 'fw-off']], null],
      ['approve', true, 'told', 'L1', [['boot.secure', 'fw-off']], { decision: 'allow', reasons: [] }],
      ['approve', true, 'told', 'L1', [['boot.secure', 'fw-off']], { decision: 'allow', reasons: [] }],
    ])
    const short = calm.founded.device.id.slice(0, 6)
    const japanese = toLines({ outcome: 'pass', report }, 'ja')
    expect(japanese).toContain(`端末 ${short}（Linux・鍵は OS の保管庫：L1）。端末の申告：よい 12、直すところ 1（起動の守り（セキュアブート））、わからない 0。町の決まりを満たしている（令和8年10月1日 09:03）`)
    expect(toLines({ outcome: 'pass', report }, 'en')).toContain(`Device ${short} (Linux, keys in the system’s store: L1). The device says: 12 in order, 1 not (Protected start (Secure Boot)), 0 not known. The town’s rules are met (2026-10-01 09:03 (Japan))`)
    expect(JSON.parse(toJson({ outcome: 'pass', report }, 'ja'))).toMatchObject({ decisions: [{}, { device: { state: 'told', asked: { decision: 'allow' } } }, {}] })
    expect(JSON.parse(bytesToUtf8(good.get('data/documents/1/document.json') as Uint8Array))).toMatchObject({ acts: [{}, { device: { id: calm.founded.device.id, statement: { system: 'linux' } } }, {}] })
    expect(bytesToUtf8(good.get('data/index.html') as Uint8Array)).toContain(`端末 ${short}（Linux・鍵は OS の保管庫：L1）。端末の申告：よい 12`)
  })

  it('4.9 AR-60 opens the statements alone, of the sessions alone that wrote what is shown', async () => {
    const raw = decodeCbor(good.get('data/trail.cbor') as Uint8Array) as { readonly v: number; readonly p: readonly Readonly<Record<string, unknown>>[] }
    expect([raw.v, raw.p.map((piece) => Object.keys(piece).sort().join())]).toEqual([2, ['b,c,s', 'b,c,s', 'b,c,s']])
    const other = await decidedIn([standardRules.decide], says([]))
    const empty = await packageOf(other, [doc], { ...buildTrail(other.trailInput([doc])), pieces: [] })
    expect((await judge(other, empty)).decisions.map(({ device }) => device?.state)).toEqual(['sealed', 'sealed', 'sealed'])
  })

  it('4.9 AR-61 fails where a state that is shown is not the one that was named, is of no session here, or comes twice', async () => {
    const trail = trailOf(good)
    const [first, ...rest] = trail.pieces as readonly [TrailPiece, ...TrailPiece[]]
    const better = statementToBytes(says([])(calm.founded.device.id, Date.parse('2026-10-01T00:00:00Z')))
    const with_ = (...pieces: readonly TrailPiece[]): Map<string, Uint8Array> => withTrail(good, { ...trail, pieces })
    for (const pieces of [[{ ...first, bytes: better }], [{ ...first, salt: new Uint8Array(16) }], [{ ...first, session: rest[0]?.session ?? '' }], [{ ...first, session: '00'.repeat(32) }], [first, first]]) {
      const report = await judge(calm, with_(...pieces, ...rest))
      expect([report.verdict.outcome, codes(report).includes('evidence-differs')]).toEqual(['fail', true])
    }
  })

  it('4.9 AR-63 what the town’s rules did not let through does not count for a stranger either, with the reason', async () => {
    const open = await decidedIn([standardRules.decide], says(['fw.on']))
    const report = await judge(open, await packageOf(open, [doc]))
    expect(report.decisions.map(({ act, verdict }) => [act, verdict.outcome, verdict.reasons.map(({ code }) => code)])).toEqual([
      ['submit', 'pass', []],
      ['approve', 'fail', ['policy-denies', 'check-failed']],
      ['approve', 'fail', ['policy-denies', 'check-failed']],
    ])
    expect(toLines({ outcome: 'fail', report }, 'ja')).toContain('町の決まりを満たしていない（ファイアウォールは満たしていない）')
  })

  it('4.9 AR-62 JU-51 a device that said nothing, or spoke for another one, is not known, and rules that ask for it are not met', async () => {
    for (const said of [undefined, says([], { device: 'another1' })]) {
      const hall = await decidedIn([standardRules.decide], said)
      const report = await judge(hall, await packageOf(hall, [doc]))
      expect(report.decisions.map(({ device, verdict }) => [device?.state, device?.statement, verdict.outcome])).toEqual([['untold', null, 'pass'], ['untold', null, 'fail'], ['untold', null, 'fail']])
      expect(toLines({ outcome: 'fail', report }, 'ja')).toContain('端末の状態はわからない')
    }
  })

  it('4.9 AR-63 says what rules asked and is not shown: a state that is sealed, and every sign-in', async () => {
    const hall = await decidedIn([standardRules.decide, standardRules.signedIn], says([]))
    const shown = await judge(hall, await packageOf(hall, [doc]))
    expect([shown.verdict.outcome, noticed(shown).filter((code) => code.endsWith('-sealed'))]).toEqual(['pass', ['sign-in-sealed']])
    const sealed = await judge(hall, await packageOf(hall, [doc], { ...buildTrail(hall.trailInput([doc])), pieces: [] }))
    expect([sealed.verdict.outcome, noticed(sealed).filter((code) => code.endsWith('-sealed'))]).toEqual(['pass', ['device-state-sealed', 'sign-in-sealed']])
    expect(toLines({ outcome: 'pass', report: sealed }, 'ja')).toContain('状態は示されていません')
    expect(noticed(await judge(calm, good)).filter((code) => code.endsWith('-sealed'))).toEqual([])
  })

  it('4.9 AR-30 a package of the first version holds, and tells no device', async () => {
    const old = await packageOf(calm, [doc], firstVersion(buildTrail(calm.trailInput([doc]))))
    const first = withFile(old, 'bag-info.txt', bytesToUtf8(old.get('bag-info.txt') as Uint8Array).replace('Package-Format: 2', 'Package-Format: 1'))
    expect((decodeCbor(trailToBytes(trailOf(first))) as { readonly v: number }).v).toBe(1)
    const report = await judge(calm, first)
    expect([report.verdict.outcome, codes(report), report.decisions.map(({ device }) => device), noticed(report).includes('device-state-sealed')]).toEqual(['pass', [], [null, null, null], true])
    expect(bytesToUtf8(first.get('data/documents/1/document.json') as Uint8Array)).not.toContain('"device"')
  })

  it('4.9 PF-4 a signed PDF alone tells what its signatures say of it', async () => {
    const report = await verifySinglePdf(good.get('data/documents/1/signed.pdf') as Uint8Array, depsOf(calm))
    expect(report.signatures.map(({ reason, location }) => [reason, location])).toEqual([['承認', null], ['承認', null]])
    expect(toLines({ outcome: 'pass', report }, 'ja')).toContain('    承認\n')
  })
})
