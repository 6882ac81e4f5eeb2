// What a row of the bench is, and how one is measured: product and peer take turns in one run, so that whatever else the
// machine does meets both. It knows no row.

import { partMedians, ratio, spread, type Part, type Spread } from './statistics.ts'

/** One timed run; `parts` say where the time went and need not add up to `ms`. */
export interface Run {
  readonly ms: number
  readonly parts: readonly Part[]
}

/** Two contestants that are ready to run; `close` leaves nothing behind. */
export interface Race {
  /** What was prepared, in figures: documents, octets. */
  readonly facts: Readonly<Record<string, number>>
  product(): Promise<Run>
  peer(): Promise<Run>
  close(): Promise<void>
}

export interface Setting {
  /** Folder of the packaged application. */
  readonly app: string
  /** Root of the repository. */
  readonly root: string
  /** Few documents: only to see that the row runs. */
  readonly short: boolean
}

export interface Row {
  readonly name: string
  /** What one run of the product does, and of the peer, in a line. */
  readonly product: string
  readonly peer: string
  /** A run takes so long that one of each is counted, after what `prepare` did to get ready. */
  readonly once?: boolean
  prepare(setting: Setting): Promise<Race>
}

export interface RowResult {
  readonly name: string
  readonly facts: Race['facts']
  readonly product: Spread & { readonly what: string; readonly parts: readonly Part[] }
  readonly peer: Spread & { readonly what: string; readonly parts: readonly Part[] }
  readonly ratio: number
}

/** `warmUps` runs of each come first and are not counted. */
export async function measureRow(row: Row, setting: Setting, repetitions: number, warmUps: number): Promise<RowResult> {
  const [counted, before] = row.once ? [1, 0] : [repetitions, warmUps]
  const race = await row.prepare(setting)
  try {
    const product: Run[] = []
    const peer: Run[] = []
    for (let i = -before; i < counted; i++) {
      const [ours, theirs] = [await race.product(), await race.peer()]
      if (i < 0) continue
      product.push(ours)
      peer.push(theirs)
    }
    const [ours, theirs] = [summary(product), summary(peer)]
    return { name: row.name, facts: race.facts, product: { what: row.product, ...ours }, peer: { what: row.peer, ...theirs }, ratio: ratio(ours, theirs) }
  } finally {
    await race.close()
  }
}

function summary(runs: readonly Run[]): Spread & { readonly parts: readonly Part[] } {
  return { ...spread(runs.map(({ ms }) => ms)), parts: partMedians(runs.map(({ parts }) => parts)) }
}
