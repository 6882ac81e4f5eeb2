// What a contender is: four acts over one server, each measured alone, in this order. It knows no contender.

import type { Cost } from './measure.ts'

/**
 * `initial`: everything is new to the storage. `noop`: nothing changed. `second`: another machine that holds nothing gets it all.
 * `edit`: one small document changed and is sent. `follow`: the other machine gets that.
 */
export type Act = 'initial' | 'noop' | 'second' | 'edit' | 'follow'

export interface Run extends Cost {
  /** Milliseconds of the same work without starting the process, where it can be told. */
  readonly withinMs?: number
}

export interface Contender {
  readonly acts: readonly Act[]
  run(act: Act): Promise<Run>
  close(): Promise<void>
}
