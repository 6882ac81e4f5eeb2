// People at machines of their own, for tests: nothing goes from one to the other but what a test carries.

import type { TownData } from '@shared/authority/model.ts'
import { createOffice, type Objects, type Office } from './memory-office.ts'
import { createTestMachine, type ReadFile } from './test-machine.ts'
import { openTestSeat, type TestMachine, type TestSeat } from './test-seat.ts'
import { typedUpdate } from './typing.ts'

export interface Apart {
  readonly office: Office
  /** Sits down anew at the person's own machine. */
  readonly at: (person: string) => Promise<TestSeat>
  /** Everything that one machine holds, or what of it is chosen by name, comes to the other's folder. */
  readonly carry: (from: string, to: string, chosen?: (name: string) => boolean) => void
  /** Each of these gets what all of them hold, what they are still writing by themselves among it, and takes it in. */
  readonly meet: (...seats: readonly { readonly person: string; readonly seat: TestSeat }[]) => Promise<void>
}

export async function apartOffice(data: TownData, seats: readonly string[], read: ReadFile): Promise<Apart> {
  const office = await createOffice(data, seats)
  const held = new Map<string, { readonly objects: Objects; readonly machine: TestMachine }>()
  const machineOf = (person: string) => {
    const here = held.get(person) ?? { objects: office.folder(), machine: createTestMachine(read) }
    held.set(person, here)
    return here
  }
  const carry: Apart['carry'] = (from, to, chosen = () => true) => {
    for (const [name, bytes] of machineOf(from).objects) if (chosen(name) && !machineOf(to).objects.has(name)) machineOf(to).objects.set(name, bytes)
  }
  return {
    office,
    carry,
    async at(person) {
      const { objects, machine } = machineOf(person)
      return openTestSeat(office, person, objects, machine)
    },
    async meet(...all) {
      for (const { seat } of all) await seat.settled()
      for (const from of all) for (const to of all) if (from !== to) carry(from.person, to.person)
      for (const { seat } of all) await seat.service.takeIn()
    },
  }
}

/** The clerk's document of class 甲 on its way, known at the clerk's machine only. */
export async function submittedApart({ at }: Apart): Promise<string> {
  const clerk = await at('clerk')
  const { id } = await clerk.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
  await clerk.done('setCover', { id, field: 'title', value: '備品の購入について' })
  await clerk.done('updateBody', { id, update: typedUpdate('購入してよろしいか伺います。') })
  await clerk.done('submit', { id, position: 'p-clerk', decisionClass: 'ko', concurrence: [] })
  return id
}
