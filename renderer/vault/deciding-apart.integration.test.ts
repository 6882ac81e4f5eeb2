import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { TownData } from '@shared/authority/model.ts'
import type { VaultCommands } from '../services/vault-api.ts'
import { apartOffice, submittedApart, type Apart } from './testing/apart.ts'
import { smallTown } from './testing/small-town.ts'
import type { TestSeat } from './testing/test-seat.ts'

const [manager0] = smallTown.people.filter(({ id }) => id === 'manager')
const [appointed] = smallTown.appointments.filter(({ person }) => person === 'manager')

/** The small town with a second holder of the manager's position. */
const twoManagers: TownData = {
  ...smallTown,
  people: [...smallTown.people, { ...(manager0 as (typeof smallTown.people)[number]), id: 'deputy', familyName: '課長乙' }],
  appointments: [...smallTown.appointments, { ...(appointed as (typeof smallTown.appointments)[number]), id: 'a-deputy', person: 'deputy' }],
  grants: [...smallTown.grants, ...smallTown.grants.filter(({ person }) => person === 'manager').map((grant) => ({ ...grant, id: `deputy-${grant.id}`, person: 'deputy' }))],
}

type Kind = VaultCommands['act']['arg']['act']

interface Scene {
  readonly here: Apart
  readonly id: string
  readonly one: { readonly person: string; readonly seat: TestSeat }
  readonly two: { readonly person: string; readonly seat: TestSeat }
}

/** Two people who both know the document sit at machines that do not reach each other. */
async function scene(first: string, second: string): Promise<Scene> {
  const here = await apartOffice(twoManagers, ['clerk', 'manager', 'deputy', 'mayor'], (path) => readFile(path))
  const id = await submittedApart(here)
  for (const person of [first, second]) if (person !== 'clerk') here.carry('clerk', person)
  return { here, id, one: { person: first, seat: await here.at(first) }, two: { person: second, seat: await here.at(second) } }
}

const act = (seat: TestSeat, id: string, kind: Kind, position: string) => seat.done('act', { id, act: kind, step: null, position, comment: kind === 'approve' ? '' : '理由' })

/** What both screens say once everything is at both machines; they say the same. */
async function said({ here, id, one, two }: Scene) {
  await here.meet(one, two)
  const told = await Promise.all(
    [one, two].map(async ({ seat }) => {
      const view = await seat.ask('document', { id })
      const trust = await seat.ask('trust', null)
      expect([trust.quarantined, seat.defects]).toEqual([[], []])
      return { hash: trust.stateHash, stage: view?.summary.stage, steps: view?.steps.map(({ status }) => status), conflicts: view?.conflicts.map(({ code, facts }) => [code, facts['act'] ?? '', facts['person'] ?? ''].join(' ').trim()) }
    }),
  )
  expect(told[1]).toEqual(told[0])
  const { hash: _hash, ...words } = told[0] as (typeof told)[number]
  return words
}

describe('decisions made apart at two machines', () => {
  it('3.9 D-09 approve and return of one step: the return wins at both, the approval is kept and shown', async () => {
    const apart = await scene('manager', 'deputy')
    await act(apart.one.seat, apart.id, 'approve', 'p-manager')
    await act(apart.two.seat, apart.id, 'return', 'p-manager')
    expect(await said(apart)).toEqual({ stage: 'returned', steps: ['returned', 'waiting'], conflicts: ['conflict.lost-to-return approve 課長 太郎'] })
    expect((await apart.one.seat.ask('document', { id: apart.id }))?.history.map(({ type }) => type)).toEqual(expect.arrayContaining(['decision.approve', 'decision.return']))
  })

  it('3.9 approve and withdraw: it is withdrawn at both, the approval is kept and shown', async () => {
    const apart = await scene('clerk', 'manager')
    await act(apart.two.seat, apart.id, 'approve', 'p-manager')
    await act(apart.one.seat, apart.id, 'withdraw', 'p-clerk')
    expect(await said(apart)).toEqual({ stage: 'withdrawn', steps: ['needs-review', 'waiting'], conflicts: ['conflict.lost-to-withdrawal approve 課長 太郎'] })
  })

  it('3.9 DC-15 one step approved twice: it is approved once, the mark in the file is that of the approval that counts, the other is shown', async () => {
    const apart = await scene('manager', 'deputy')
    await act(apart.one.seat, apart.id, 'approve', 'p-manager')
    await act(apart.two.seat, apart.id, 'approve', 'p-manager')
    const own = (await apart.one.seat.done('readPages', { id: apart.id })).pdf
    expect(await said(apart)).toEqual({ stage: 'in-route', steps: ['approved', 'open'], conflicts: ['conflict.same-step-twice approve 課長乙 太郎'] })
    for (const { seat } of [apart.one, apart.two]) {
      expect((await seat.ask('document', { id: apart.id }))?.steps[0]).toMatchObject({ actedByName: '課長 太郎', markPending: false })
      expect((await seat.done('readPages', { id: apart.id })).pdf).toEqual(own)
    }
  })

  it('3.9 what no rule ranks becomes a question at both, with both acts shown, and is answered by a person', async () => {
    const apart = await scene('manager', 'deputy')
    await act(apart.one.seat, apart.id, 'return', 'p-manager')
    await act(apart.two.seat, apart.id, 'refuse', 'p-manager')
    const words = await said(apart)
    expect(words.stage).toBe('needs-decision')
    expect(words.conflicts).toEqual(['question.mixed-closing', 'conflict.undecided return 課長 太郎', 'conflict.undecided refuse 課長乙 太郎'])
    expect((await apart.one.seat.ask('desk', null)).myTurn.map((line) => line.id)).toEqual([apart.id])
    await act(apart.one.seat, apart.id, 'return', 'p-manager')
    expect((await said(apart)).stage).toBe('returned')
  })
})
