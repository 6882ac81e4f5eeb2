// The first shape of the view. Every value is a sealed row; the only indexes are blinded names and coarse groups.

export const first = {
  /** The one row `state`: schema, state hash, clock. */
  meta: 'pk',
  heads: 'pk',
  /** `g` groups the events of one document. */
  events: 'pk, g',
  /** `g` groups the rows of one collection. */
  rows: 'pk, g',
  texts: 'pk',
  quarantine: 'pk',
  /** `used` counts uses, so that the longest unused goes first; the second index tells sizes without reading files. */
  blobs: 'pk, used, [used+size]',
} as const
