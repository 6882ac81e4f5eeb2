// A bound on what is remembered to save work: the entries used last stay.

/** Puts the entry last and drops the oldest ones beyond `most`. */
export function keepLatest<K, V>(entries: Map<K, V>, key: K, value: V, most: number): void {
  entries.delete(key)
  entries.set(key, value)
  for (const oldest of entries.keys()) {
    if (entries.size <= most) return
    entries.delete(oldest)
  }
}
