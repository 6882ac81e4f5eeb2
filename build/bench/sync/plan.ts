// Who is measured with how many documents of which kind over which server, and how often. Data only. Where a contender needs a
// request for each document it gets fewer of them over a slow line, and the product is measured with as many beside it.

import type { Corpus } from './corpus.ts'
import type { ServerName } from './servers.ts'

export type ContenderName = 'product' | 'rclone' | 'restic' | 'joplin'

export interface Cell {
  readonly contender: ContenderName
  readonly server: ServerName
  readonly corpus: Corpus
  readonly documents: number
  readonly delayMs: number
  /** The second machine takes part in the first only. */
  readonly runs: number
  /** Without a second machine. */
  readonly alone: boolean
}

export interface Sizes {
  readonly documents: number
  readonly joplin: number
  /** Documents of rclone as text, and as PDF. */
  readonly rclone: number
  readonly rclonePdf: number
  /** Documents of rclone and joplin where each request waits. */
  readonly slow: number
  readonly delayMs: number
  /** Runs of the product and of restic over text; everything else runs once. */
  readonly runs: number
  /** Objects of one machine whose poll is measured; `machines` that share a storage in another. */
  readonly flat: readonly number[]
  readonly machines: number
}

export const wholeSizes: Sizes = { documents: 10_000, joplin: 2_000, rclone: 10_000, rclonePdf: 1_000, slow: 100, delayMs: 50, runs: 3, flat: [1_000, 10_000, 100_000, 250_000], machines: 50 }
export const quickSizes: Sizes = { documents: 500, joplin: 500, rclone: 500, rclonePdf: 500, slow: 20, delayMs: 50, runs: 1, flat: [1_000, 5_000], machines: 5 }

export function planOf({ documents, joplin, rclone, rclonePdf, slow, delayMs, runs }: Sizes, without: readonly string[]): readonly Cell[] {
  const cell = (contender: ContenderName, server: ServerName, corpus: Corpus, count: number, times = 1, delay = 0, alone = false): Cell => ({ contender, server, corpus, documents: count, delayMs: delay, runs: times, alone })
  const cells = [
    cell('product', 'webdav', 'text', documents, runs),
    cell('product', 's3', 'text', documents, runs),
    cell('restic', 's3', 'text', documents, runs),
    cell('restic', 'restic', 'text', documents, runs),
    cell('product', 'webdav', 'text', joplin, runs),
    cell('joplin', 'webdav', 'text', joplin),
    cell('product', 's3', 'pdf', documents),
    cell('restic', 's3', 'pdf', documents),
    cell('product', 'webdav', 'pdf', rclonePdf),
    cell('rclone', 'webdav', 'pdf', rclonePdf),
    cell('product', 'webdav', 'text', documents, 1, delayMs, true),
    cell('product', 's3', 'text', documents, 1, delayMs, true),
    cell('restic', 's3', 'text', documents, 1, delayMs, true),
    cell('product', 'webdav', 'text', slow, 1, delayMs),
    cell('rclone', 'webdav', 'text', slow, 1, delayMs),
    cell('joplin', 'webdav', 'text', slow, 1, delayMs),
    // The longest by far.
    cell('product', 'webdav', 'text', rclone, runs),
    cell('rclone', 'webdav', 'text', rclone, 1, 0, rclone > joplin),
  ]
  const known = new Set<string>()
  return cells.filter(({ contender, server, corpus, documents: count, delayMs: delay }) => {
    const key = [contender, server, corpus, count, delay].join()
    if (count === 0 || without.includes(contender) || without.includes(corpus) || known.has(key)) return false
    known.add(key)
    return true
  })
}
