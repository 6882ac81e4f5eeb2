import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeTown, type TestTown } from '../signing/testing/town.ts'
import { reappend, relate, type ReappendRequest } from './branches.ts'
import { fiveSteps, type TestStep } from './testing/frozen.ts'
import { signStep } from './testing/sign-five.ts'
import { verifyPdf } from './verify-pdf.ts'

const frozen = new Uint8Array(readFileSync(new URL('./testing/corpus/frozen-table.pdf', import.meta.url)))
const [drafter, second, third] = fiveSteps as [TestStep, TestStep, TestStep]
let town: TestTown
let trunk: Uint8Array
let left: Uint8Array
let right: Uint8Array
let request: ReappendRequest

beforeAll(async () => {
  town = await makeTown()
  trunk = await signStep(frozen, drafter, town)
  left = await signStep(trunk, second, town)
  right = await signStep(trunk, third, town)
  request = { kept: left, lost: right, field: third.field, signer: await town.person(third.name), at: '2026-11-26T01:00:00Z' }
})

describe('branches that meet', () => {
  it('2.11 PF-15 says how two files stand to each other and which marks each awaits', () => {
    expect(relate(left, left)).toEqual({ kind: 'same', awaitedInA: [], awaitedInB: [] })
    expect(relate(left, trunk)).toEqual({ kind: 'a-continues-b', awaitedInA: [], awaitedInB: [second.field] })
    expect(relate(trunk, right)).toEqual({ kind: 'b-continues-a', awaitedInA: [third.field], awaitedInB: [] })
    expect(relate(left, right)).toEqual({ kind: 'branched', awaitedInA: [third.field], awaitedInB: [second.field] })
    expect(relate(frozen, trunk).kind).toBe('b-continues-a')
    expect(relate(left, frozen.subarray(0, 900)).kind).toBe('unrelated')
    const other = readFileSync(new URL('./testing/corpus/frozen-linearized.pdf', import.meta.url))
    expect(relate(left, new Uint8Array(other)).kind).toBe('unrelated')
  })

  it('2.11 PF-15 the lost signer appends again: all signatures valid, the kept file a prefix, the mark still of the decision’s date', async () => {
    const result = await reappend(request)
    if (!result.ok) throw new Error(result.error.type)
    expect(Buffer.from(result.value.subarray(0, left.length)).equals(Buffer.from(left))).toBe(true)
    const { verdict, signatures } = await verifyPdf(result.value, { roots: [town.root], subtle: crypto.subtle })
    expect(verdict.outcome).toBe('pass')
    expect(signatures.map((one) => [one.field, one.coverage])).toEqual([[drafter.field, 'revision'], [second.field, 'revision'], [third.field, 'whole']])
    expect(signatures[2]).toMatchObject({ position: third.mark.position, label: third.mark.label, reason: `承認（${third.mark.position}）`, claimedTime: '2026-11-26T01:00:00.000Z' })
    expect(relate(result.value, right).awaitedInA).toEqual([])
  })

  it('PF-15 refuses another person, a field not signed there, and files that are no branches', async () => {
    expect(await reappend({ ...request, signer: await town.person(second.name) })).toMatchObject({ ok: false, error: { type: 'OtherPerson' } })
    expect(await reappend({ ...request, field: 'spare-1' })).toMatchObject({ ok: false, error: { type: 'NotSignedThere' } })
    expect(await reappend({ ...request, field: drafter.field, signer: await town.person(drafter.name) })).toMatchObject({ ok: false, error: { type: 'FieldTaken' } })
    expect(await reappend({ ...request, lost: trunk })).toMatchObject({ ok: false, error: { type: 'NotBranches' } })
  })
})
