// What an event is, before it is sealed: one act of one person, acting as one position, with its causal past.
// It never says whether the act was allowed (the judge does) nor what it changes (the reducers do).

/** Hybrid logical clock: milliseconds since 1970 UTC and a counter for acts in the same millisecond. Orders display, never validity. */
export interface Hlc {
  readonly ms: number
  readonly n: number
}

/** The plaintext of one event. Its id is the SHA-256 of its deterministic CBOR; `salt` (16 bytes) keeps the id from betraying the content. */
export interface LogEvent<B = unknown> {
  /** Schema of the event. One of a later schema is kept and shown; nothing is read from it but these fields. */
  readonly v: number
  /** `noun.verb`, e.g. `document.submit`. Types this version does not know are kept and shown. */
  readonly type: string
  /** The document (or volume) the event belongs to; null for events of collection zero. */
  readonly doc: string | null
  /** Ids (hex) of the events that this one was made in knowledge of: the causal heads of the document. */
  readonly deps: readonly string[]
  readonly hlc: Hlc
  /** The time the device claimed, ISO 8601 UTC with milliseconds. */
  readonly at: string
  readonly person: string
  /** The position acted as, or null where the act needs none. */
  readonly position: string | null
  readonly body: B
  readonly salt: Uint8Array
}

/** May its body be understood as its type says? False for an event of a later schema than this version knows. */
export function isOfThisSchema(event: LogEvent): boolean {
  return event.v === 1
}

/** An event that passed the door: its id (hex SHA-256) and where it stands. `lane` is `<seat>.<incarnation>/<collection>`. */
export interface KnownEvent<B = unknown> {
  readonly id: string
  readonly event: LogEvent<B>
  readonly lane: string
  readonly seq: number
}

export function compareHlc(a: Hlc, b: Hlc): number {
  return a.ms - b.ms || a.n - b.n
}

/** The order in which events are shown: by clock, then by id. A total order, the same on every replica. */
export function compareForDisplay(a: KnownEvent, b: KnownEvent): number {
  return compareHlc(a.event.hlc, b.event.hlc) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
