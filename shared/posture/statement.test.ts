import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCbor } from '../base/cbor.ts'
import { checkIds } from './model.ts'
import { largestStatementBytes, parseStatement, statementToBytes, type CheckReading, type PostureStatement } from './statement.ts'

const passing: CheckReading = { id: 'disk.enc', verdict: 'pass', reason: null, trust: 'self', at: 900, since: 900, evidence: 'ab'.repeat(32) }
const failing: CheckReading = { id: 'fw.on', verdict: 'fail', reason: 'firewall-off', trust: 'owned', at: 800, since: 300, evidence: null }
const statement: PostureStatement = { schema: 1, kind: 'posture', device: 'dev1', system: 'linux', version: '1.2.3', level: 'L1', at: 1000, checks: [passing, failing] }
const readOf = (over: object) => parseStatement(encodeCbor({ ...statement, ...over }))

describe('the posture statement', () => {
  it('4.5 PO-10 PO-11 is read back as it was made', () => {
    expect(parseStatement(statementToBytes(statement))).toEqual(statement)
    for (const trust of ['self', 'owned', 'vouched', 'hardware']) expect(readOf({ checks: [{ ...passing, trust }] })?.checks[0]?.trust).toBe(trust)
    expect(readOf({ checks: checkIds.map((id) => ({ ...passing, id })) })?.checks).toHaveLength(checkIds.length)
    expect(readOf({ checks: [passing, { ...failing, id: passing.id }] })).toBeNull()
    expect([readOf({ checks: [{ ...passing, id: 'disk' }] }), readOf({ checks: [{ ...passing, trust: 'sure' }] }), readOf({ level: 'L4' }), readOf({ system: 'beos' }), readOf({ schema: 2 })]).toEqual([null, null, null, null, null])
  })

  it('4.5 PO-12 has no place for words, names or paths', () => {
    for (const reason of ['C:\\Users\\sato', 'disk of Sato', '/home/sato', 'x'.repeat(41), '']) expect(readOf({ checks: [{ ...failing, reason }] })).toBeNull()
    expect([readOf({ host: 'PC-12' }), readOf({ checks: [{ ...passing, raw: 'text' }] }), readOf({ device: 'Sato PC' }), readOf({ version: '1.2.3 beta' }), readOf({ checks: [{ ...passing, evidence: 'disk is on' }] })]).toEqual([null, null, null, null, null])
    expect(parseStatement(new Uint8Array(largestStatementBytes + 1))).toBeNull()
  })

  it('4.5 PO-13 passes without a reason, or does not pass and says why, and was measured before it was made', () => {
    expect([readOf({ checks: [{ ...passing, reason: 'firewall-off' }] }), readOf({ checks: [{ ...failing, reason: null }] }), readOf({ checks: [{ ...failing, verdict: 'unknown', reason: null }] })]).toEqual([null, null, null])
    expect([readOf({ checks: [{ ...passing, at: 1000 }] })?.at, readOf({ checks: [{ ...passing, at: 1001 }] })]).toEqual([1000, null])
    expect([readOf({ checks: [{ ...failing, since: 800 }] })?.at, readOf({ checks: [{ ...failing, since: 801 }] })]).toEqual([1000, null])
  })

  it('4.16 whatever bytes come are a statement or none', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => parseStatement(bytes) === null))
  })
})
