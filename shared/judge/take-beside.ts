// What lies beside lanes goes through the door after the lanes themselves, together with what bears the name: a proof needs both.

import type { DoorAnswer } from './door.ts'
import type { Fork } from './forks.ts'

/** A segment beside its lane. */
export interface BesideLane {
  readonly lane: string
  readonly seq: number
  readonly name: string
}

export interface BesideDeps {
  readonly admit: (name: string, object: Uint8Array) => Promise<DoorAnswer>
  readonly read: (name: string) => Promise<Uint8Array | null>
  readonly named: (lane: string, seq: number) => string
}

export interface TakenBeside {
  /** Segments that were taken in. */
  readonly taken: number
  readonly forks: readonly Fork[]
}

export async function takeBeside({ admit, read, named }: BesideDeps, beside: readonly BesideLane[]): Promise<TakenBeside> {
  const forks: Fork[] = []
  let taken = 0
  const names = [...beside].sort((a, b) => a.seq - b.seq).flatMap(({ lane, seq, name }) => [named(lane, seq), name])
  for (const name of new Set(names)) {
    const bytes = await read(name)
    const answer = bytes && (await admit(name, bytes))
    if (answer?.outcome === 'forked') forks.push(answer.fork)
    else if (answer && 'change' in answer) taken += 1
  }
  return { taken, forks }
}
