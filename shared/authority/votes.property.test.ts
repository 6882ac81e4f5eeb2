import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KnownEvent } from '../log/event.ts'
import { isTrial } from './ask.ts'
import { reduceAuthority } from './reduce.ts'
import { adminGrant, chosenOf, createCouncil, policyOf, seatFor, shuffled, type Council } from './testing/council.ts'

/** What an observer can tell: who holds the right, which seats are gone, what waits. */
function seen(events: readonly KnownEvent[]) {
  const state = reduceAuthority(events)
  return {
    admins: [...state.grants.values()].map((grant) => grant.person).sort(),
    removed: [...state.removedSeats].sort(),
    waiting: state.proposals.map(({ act, voices }) => [act.known.id, [...voices].sort()] as const).sort(),
    consentFor: chosenOf(state.policies.get('policy')?.consentFor),
  }
}

function permutations(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length < 2) return [items]
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]))
}

/** The same in every order of arrival and under every dealing of the clocks: all of them. */
function always(council: Council, acts: readonly KnownEvent[]) {
  const expected = seen([...council.founding, ...acts])
  for (const order of permutations(acts.map((_, i) => i))) expect(seen([...shuffled(acts, order), ...council.founding])).toEqual(expected)
  return expected
}

const removeAdmin = (council: Council, by: string, whom: string, last: KnownEvent | null): KnownEvent =>
  council.act(by, 'grant.remove', { id: `admin-${whom}`, reason: 'test', cut: council.cut(whom, last) })

describe('voices in collection zero', () => {
  it('3.1 AU-1 AU-4 an administrator is added by two voices, and by one only where nobody else could have spoken', () => {
    const council = createCouncil(['a', 'b'])
    const put = council.act('a', 'grant.put', adminGrant('x'))
    expect(always(council, [put])).toMatchObject({ admins: ['a', 'b'], waiting: [[put.id, ['a']]] })
    expect(always(council, [put, council.vote('a', put)])).toMatchObject({ admins: ['a', 'b'], waiting: [[put.id, ['a']]] })
    expect(always(council, [put, council.vote('b', put)])).toMatchObject({ admins: ['a', 'b', 'x'], waiting: [] })
    const trial = createCouncil(['a'])
    const alone = trial.act('a', 'grant.put', adminGrant('x'))
    expect(always(trial, [alone, trial.vote('a', alone, true)]).admins).toEqual(['a', 'x'])
  })

  it('3.1 AU-2 one voice removes the seat of somebody who is no administrator, two an administrator’s right and an administrator’s seat', () => {
    const council = createCouncil(['a', 'b', 'c'])
    const clerk = council.act('a', 'seat.add', seatFor('clerk'))
    const gone = council.act('b', 'seat.remove', { id: 'seat-clerk', reason: 'lost', cut: [] })
    expect(always(council, [clerk, gone]).removed).toEqual(['seat-clerk'])
    const seat = council.act('a', 'seat.remove', { id: 'seat-b', reason: 'lost', cut: [] })
    const right = removeAdmin(council, 'a', 'b', null)
    expect(always(council, [seat, right])).toMatchObject({ admins: ['a', 'b', 'c'], removed: [] })
    expect(always(council, [seat, right, council.vote('c', seat), council.vote('c', right)])).toMatchObject({ admins: ['a', 'c'], removed: ['seat-b'] })
  })

  it('3.1 AU-9 one voice takes away the seat that an administrator got with the recovery sheets', () => {
    const council = createCouncil(['a', 'b'])
    const back = council.act('b', 'seat.recover', { seat: seatFor('b', 'seat-again'), device: { id: 'device', signingKey: new Uint8Array(65), level: 'L0' }, signature: new Uint8Array(64) })
    const veto = council.act('a', 'seat.remove', { id: 'seat-again', reason: 'nobody knows of it', cut: [] })
    const other = council.act('a', 'seat.remove', { id: 'seat-b', reason: 'lost', cut: council.cut('b', back) })
    expect(always(council, [back, veto, other])).toMatchObject({ removed: ['seat-again'], waiting: [[other.id, ['a']]] })
  })

  it('3.1 AU-2 nobody gets a second voice by making the seat of another administrator', () => {
    const council = createCouncil(['a', 'b'])
    const second = council.act('a', 'seat.add', seatFor('b', 'seat-b2'))
    expect(reduceAuthority([...council.founding, second]).seats.has('seat-b2')).toBe(false)
    expect(reduceAuthority([...council.founding, second, council.vote('b', second)]).seats.has('seat-b2')).toBe(true)
    expect(reduceAuthority([...council.founding, council.act('b', 'seat.add', seatFor('b', 'seat-b2'))]).seats.has('seat-b2')).toBe(true)
  })

  it('3.1 AU-2 AU-3 the policy is changed by two voices and made stricter by one, whatever else is put', () => {
    const council = createCouncil(['a', 'b'])
    const loose = council.act('a', 'policy.put', policyOf([]))
    const stricter = council.act('b', 'policy.tighten', { id: 't', consentFor: ['draft.attach'], sessionHours: 4, idleLockMinutes: null, recoveryHours: null })
    expect(always(council, [loose]).consentFor).toEqual(['document.submit'])
    expect(always(council, [loose, stricter]).consentFor).toEqual(['document.submit', 'draft.attach'])
    expect(always(council, [loose, stricter, council.vote('b', loose)]).consentFor).toEqual(['draft.attach'])
  })

  it('3.1 AU-8 F17 two pairs of administrators that remove each other are both out', () => {
    const council = createCouncil(['a', 'b', 'c', 'd'])
    const [ab, ba] = [removeAdmin(council, 'a', 'b', null), removeAdmin(council, 'b', 'a', null)]
    expect(always(council, [ab, ba, council.vote('c', ab), council.vote('d', ba)])).toMatchObject({ admins: ['c', 'd'], waiting: [] })
  })

  it('3.1 AU-5 F17 adding and removing at the same time ends with the removal, and the id is never used again', () => {
    const council = createCouncil(['a', 'b'])
    const put = council.act('a', 'grant.put', adminGrant('x'))
    const out = council.act('b', 'grant.remove', { id: 'admin-x', reason: 'test', cut: [] })
    expect(always(council, [put, council.vote('b', put), out, council.vote('a', out)])).toMatchObject({ admins: ['a', 'b'], waiting: [] })
  })

  it('3.1 AU-6 F17 the voice of somebody who is removed counts up to the cut and not behind it', () => {
    const council = createCouncil(['a', 'b', 'c'])
    const put = council.act('a', 'grant.put', adminGrant('x'))
    const voice = council.vote('b', put)
    const before = removeAdmin(council, 'a', 'b', null)
    const after = removeAdmin(council, 'a', 'b', voice)
    expect(always(council, [put, voice, before, council.vote('c', before)])).toMatchObject({ admins: ['a', 'c'], waiting: [[put.id, ['a']]] })
    expect(always(council, [put, voice, after, council.vote('c', after)])).toMatchObject({ admins: ['a', 'c', 'x'], waiting: [] })
  })

  it('3.1 AU-6 F14 what a removed administrator sends later removes nobody and grants nothing, whatever time it claims', () => {
    const council = createCouncil(['a', 'b', 'c'])
    const out = removeAdmin(council, 'a', 'c', null)
    const rogue = [council.act('c', 'seat.remove', { id: 'seat-clerk', reason: '', cut: [] }), council.act('c', 'grant.put', adminGrant('puppet'))]
    const acts = [council.act('a', 'seat.add', seatFor('clerk')), out, council.vote('b', out), ...rogue, council.vote('c', rogue[1] as KnownEvent, true)]
    expect(always(council, acts)).toEqual({ admins: ['a', 'b'], removed: [], waiting: [], consentFor: ['document.submit'] })
  })

  it('3.3 AU-20 F18 an epoch that a removed administrator made is none to write under, and stays known to whoever must read what was written under it', () => {
    const council = createCouncil(['a', 'b', 'c'])
    const renewed = council.act('c', 'epoch.new', { collection: 'c1', epoch: 65_540, commitment: 'k' })
    const out = removeAdmin(council, 'a', 'c', null)
    const before = reduceAuthority([...council.founding, renewed])
    const after = reduceAuthority([...council.founding, renewed, out, council.vote('b', out)])
    expect([before, after].map(({ epochs }) => epochs.has('c1/65540'))).toEqual([true, false])
    expect(after.everyEpoch.map(({ collection, epoch }) => `${collection}/${epoch}`).toSorted()).toEqual(['c1/65540', 'zero/0'])
  })

  it('3.1 AU-7 who is made an administrator anew after a removal is not cut off', () => {
    const council = createCouncil(['a', 'b', 'c'])
    const out = removeAdmin(council, 'a', 'c', null)
    const again = council.act('a', 'grant.put', { ...adminGrant('c'), id: 'admin-c-again' })
    const put = council.act('c', 'grant.put', adminGrant('x'))
    expect(always(council, [out, council.vote('b', out), again, council.vote('b', again), put, council.vote('a', put)])).toMatchObject({ admins: ['a', 'b', 'c', 'x'], waiting: [] })
  })

  it('3.1 AU-1 a voice that comes more than thirty days later does not count', () => {
    const council = createCouncil(['a', 'b'])
    const put = council.act('a', 'grant.put', adminGrant('x'))
    const voice = council.vote('b', put)
    const after = (days: number): KnownEvent => ({ ...voice, event: { ...voice.event, hlc: { ms: put.event.hlc.ms + days * 24 * 60 * 60 * 1000, n: 0 } } })
    expect(seen([...council.founding, put, after(30)]).admins).toEqual(['a', 'b', 'x'])
    expect(seen([...council.founding, put, after(31)])).toMatchObject({ admins: ['a', 'b'], waiting: [[put.id, ['a']]] })
  })

  it('3.1 AU-11 a proposal that its author took back waits no more; another’s taking back is nothing, and what two agreed to before they knew stands, in any order', () => {
    const council = createCouncil(['a', 'b', 'c'])
    const put = council.act('a', 'grant.put', adminGrant('x'))
    const back = council.act('a', 'vote.withdraw', { act: put.id })
    expect(always(council, [put, back])).toMatchObject({ admins: ['a', 'b', 'c'], waiting: [] })
    expect(always(council, [put, council.act('c', 'vote.withdraw', { act: put.id })]).waiting).toEqual([[put.id, ['a']]])
    expect(always(council, [put, back, council.vote('b', put)])).toMatchObject({ admins: ['a', 'b', 'c', 'x'], waiting: [] })
    const out = removeAdmin(council, 'b', 'a', put)
    expect(always(council, [put, back, out, council.vote('c', out)])).toMatchObject({ admins: ['b', 'c'], waiting: [[put.id, ['a']]] })
  })

  it('3.1 AU-12 a founded administrator who has not signed the founding leaves it a trial, whatever order the signatures come in', () => {
    const council = createCouncil(['a', 'b', 'c'])
    const genesis = council.founding[0] as KnownEvent
    const trial = (acts: readonly KnownEvent[]): boolean => isTrial(reduceAuthority([...acts, ...council.founding]), Date.parse('2026-10-01'))
    const [mine, other] = [council.act('b', 'genesis.confirm', { genesis: genesis.id }), council.act('c', 'genesis.confirm', { genesis: 'f'.repeat(64) })]
    expect(trial([])).toBe(true)
    expect(trial([other])).toBe(true)
    for (const acts of [[mine], [mine, other], [other, mine]]) expect(trial(acts)).toBe(false)
    expect([...reduceAuthority([...council.founding, mine]).unconfirmed]).toEqual(['c'])
    const alone = createCouncil(['a'])
    const [grant, seat] = [alone.act('a', 'grant.put', adminGrant('x')), alone.act('a', 'seat.add', seatFor('x'))]
    expect(isTrial(reduceAuthority([...alone.founding, grant, alone.vote('a', grant, true), seat, alone.vote('a', seat, true)]), Date.parse('2026-10-01'))).toBe(false)
  })

  it('3.1 F17 two proposals at the same time are decided each by its own voices', () => {
    const council = createCouncil(['a', 'b', 'c'])
    const [x, y] = [council.act('a', 'grant.put', adminGrant('x')), council.act('b', 'grant.put', adminGrant('y'))]
    expect(always(council, [x, y, council.vote('c', y)])).toMatchObject({ admins: ['a', 'b', 'c', 'y'], waiting: [[x.id, ['a']]] })
  })

  it('3.1 F17 whatever four administrators do to each other, every replica ends with the same rights', () => {
    const names = ['a', 'b', 'c', 'd'] as const
    const who = fc.constantFrom(...names)
    const move = fc.record({ by: who, what: fc.constantFrom('remove', 'seat', 'add', 'vote'), whom: who, at: fc.nat(9), sees: fc.boolean() })
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 10 }), fc.array(fc.nat(1000), { minLength: 10, maxLength: 10 }), (moves, order) => {
        const council = createCouncil(names)
        const acts: KnownEvent[] = []
        for (const { by, what, whom, at, sees } of moves) {
          const last = sees ? (acts.findLast((known) => known.event.person === whom) ?? null) : null
          const target = acts[at]
          if (what === 'remove') acts.push(removeAdmin(council, by, whom, last))
          else if (what === 'seat') acts.push(council.act(by, 'seat.remove', { id: `seat-${whom}`, reason: '', cut: council.cut(whom, last) }))
          else if (what === 'add') acts.push(council.act(by, 'grant.put', { ...adminGrant(`${whom}2`), id: `again-${whom}` }))
          else if (target) acts.push(council.vote(by, target))
        }
        expect(seen([...shuffled(acts, order), ...council.founding])).toEqual(seen([...council.founding, ...acts]))
        const left = seen([...council.founding, ...acts]).admins
        const voices = (act: KnownEvent): number => new Set([act.event.person, ...acts.filter(({ event }) => event.type === 'vote.cast' && (event.body as { act: string }).act === act.id).map(({ event }) => event.person)]).size
        const isRemovalOf = (name: string) => (act: KnownEvent): boolean => act.event.type === 'grant.remove' && (act.event.body as { id: string }).id === `admin-${name}`
        for (const name of names.filter((one) => !left.includes(one))) expect(acts.filter(isRemovalOf(name)).some((act) => voices(act) > 1)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
