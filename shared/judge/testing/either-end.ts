// What a replica ends with that takes in everything of a world, from whichever end it begins.

import { expect } from 'vitest'
import type { AuthorityState } from '../../authority/reduce.ts'
import { admitUntilStill, type World } from './world.ts'

export interface Ended {
  readonly authority: AuthorityState
  /** Why what was set aside was, sorted. */
  readonly reasons: readonly string[]
}

export async function fromEitherEnd(world: World): Promise<Ended> {
  const read = async (reversed: boolean) => {
    const { door, view } = await world.replica('sakita')
    const names = [...world.objects.keys()].filter((name) => name.startsWith('j/'))
    await admitUntilStill(world, door, reversed ? names.toReversed() : names)
    const reasons = (await view.quarantined()).flatMap((one) => one.reasons.map(({ code }) => code)).sort()
    return { authority: await door.authority(), reasons, hash: await view.stateHash() }
  }
  const told = await read(false)
  expect(await read(true)).toEqual(told)
  return told
}
