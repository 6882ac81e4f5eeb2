import { describe, expect, it } from 'vitest'
import { accountsOf, orphansOf, type ListedAccount } from './reconcile.ts'
import { reduceAuthority } from './reduce.ts'
import { createCouncil } from './testing/council.ts'

const issuer = 'https://idp.example'
const date = '2026-10-01'

/** Four people with a seat; three of them with an account. */
function town() {
  const council = createCouncil(['a', 'b', 'c', 'd'])
  const bind = (person: string) => council.act('a', 'identity.bind', { id: `account of ${person}`, person, issuer, subject: `sub-${person}` })
  const provider = council.act('a', 'idp.put', { id: 'i', issuer, clientId: 'app', from: '2026-01-01', to: null })
  return { council, state: reduceAuthority([...council.founding, provider, council.vote('b', provider), ...['a', 'b', 'c'].map(bind)]) }
}

const listed = (subject: string | null, isEnabled = true, label = `${subject ?? ''}@town.example`): ListedAccount => ({ subject, label, isEnabled })
const labelOf = ({ subject }: { readonly subject: string }): string => `${subject}@town.example`

describe('4.2 the provider’s list beside the people here', () => {
  it('4.2 AU-72 tells both ways: accounts of nobody, people without an account, and seats of whom the provider stopped or no more lists', () => {
    const { state } = town()
    const list = [listed('sub-a'), listed('sub-b', false), listed('sub-new'), listed('sub-old', false)]
    expect(orphansOf(state, date, list, labelOf)).toEqual({
      accounts: 4,
      ofNobody: [listed('sub-new')],
      without: ['d'],
      gone: [
        { person: 'b', label: 'sub-b@town.example', why: 'stopped', seats: 1 },
        { person: 'c', label: 'sub-c@town.example', why: 'not-listed', seats: 1 },
      ],
    })
  })

  it('4.2 AU-72 goes by the name where the list tells no subject, and names nobody whose seat was taken away', () => {
    const { state } = town()
    const list = [listed(null, true, 'SUB-A@town.example'), listed(null, false, 'sub-b@town.example')]
    expect(orphansOf(state, date, list, labelOf)).toMatchObject({ ofNobody: [], gone: [{ person: 'b', why: 'stopped' }, { person: 'c', why: 'not-listed' }] })
    const removed = { ...state, removedSeats: new Set(['seat-b', 'seat-d']) }
    expect(orphansOf(removed, date, list, labelOf)).toMatchObject({ without: [], gone: [{ person: 'c' }] })
  })

  it('4.2 AU-72 of an account at another provider nothing is said, and one of two accounts in use is enough', () => {
    const { council, state } = town()
    const second = council.act('a', 'identity.bind', { id: 'second', person: 'b', issuer, subject: 'sub-b2' })
    const more = { ...state, bindings: new Map([...state.bindings, ['second', second.event.body as never], ['elsewhere', { id: 'elsewhere', person: 'd', issuer: 'https://other.example', subject: 'sub-d' }]]) }
    const told = orphansOf(more, date, [listed('sub-a'), listed('sub-b', false), listed('sub-b2'), listed('sub-c')], labelOf)
    expect([told.gone, told.without]).toEqual([[], ['d']])
  })

  it('4.2 reads lists as providers and offices write them', () => {
    expect(accountsOf('objectId,userPrincipalName,accountEnabled\r\n1,a@t,true\r\n2,b@t,False\r\n,,\r\n')).toEqual([listed('1', true, 'a@t'), listed('2', false, 'b@t')])
    expect(accountsOf('\uFEFFユーザー名;状態\nyamada;有効\nsato;無効\n')).toEqual([listed(null, true, 'yamada'), listed(null, false, 'sato')])
    expect(accountsOf('Email Address [Required],Status [READ ONLY]\na@t,Active\nb@t,Suspended')).toEqual([listed(null, true, 'a@t'), listed(null, false, 'b@t')])
    expect(accountsOf('sub\nx')).toEqual([listed('x', true, 'x')])
    expect([accountsOf(''), accountsOf('a,"b'), accountsOf('氏名,所属\n山田,総務課'), accountsOf(`sub\n${'x\n'.repeat(20_001)}`)]).toEqual(['no-table', 'no-table', 'no-account', 'too-long'])
  })
})
