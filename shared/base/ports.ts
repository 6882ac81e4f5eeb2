// What pure code asks of the world: the time and randomness, handed in, never ambient.

/** Wall clock. `now` is milliseconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  now(): number
}

/** Cryptographically strong random bytes (deterministic only in tests and simulation). */
export interface Random {
  bytes(length: number): Uint8Array
}
