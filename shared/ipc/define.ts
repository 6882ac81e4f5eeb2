// How one IPC method or event is declared, and the types that follow from the one table of them.
// It never carries a message itself and never names a channel by hand: `domain.method` is derived from the table.
import * as v from 'valibot'
import type { Failure, Result } from '../base/result.ts'

/** Who may call a method or hears an event: the main page, the vault worker on its own port, the consent page. */
export type Audience = 'page' | 'vault' | 'consent'

export type Schema = v.GenericSchema

/** One method. `gives` exists in types only: the value and the failures of its answer. */
export interface Method<A extends Audience = Audience, S extends Schema = Schema, V = unknown, E extends Failure = Failure> {
  readonly audience: A
  readonly input: S
  readonly gives?: { readonly value: V; readonly error: E }
}

/** One event from main. `carries` exists in types only: its payload. */
export interface EventSpec<A extends Audience = Audience, P = unknown> {
  readonly audience: A
  readonly carries?: { readonly payload: P }
}

export interface Table {
  readonly [domain: string]: { readonly [method: string]: Method }
}

export interface EventTable {
  readonly [domain: string]: { readonly [event: string]: EventSpec }
}

/** The input had not the shape the table asks for. Only the channel is told; the input is never echoed or logged. */
export interface BadRequest extends Failure<'BadRequest'> {
  readonly channel: string
}

/** The host met a defect. Details are in the host's log under `id` and nowhere else. */
export interface HostDefect extends Failure<'HostDefect'> {
  readonly id: string
}

/** The app is quitting: what was begun is finished, nothing new is begun. */
export type HostClosing = Failure<'HostClosing'>

export type HostFailure = BadRequest | HostDefect | HostClosing

/** Declares a method: `method('page', schema).gives<Value, Failures>()`. Every method takes one object. */
export function method<A extends Audience, S extends Schema>(audience: A, input: S) {
  return {
    gives<V, E extends Failure = never>(): Method<A, S, V, E> {
      return Object.freeze({ audience, input })
    },
  }
}

/** Declares an event: `event('page').carries<Payload>()`. */
export function event<A extends Audience>(audience: A) {
  return {
    carries<P>(): EventSpec<A, P> {
      return Object.freeze({ audience })
    },
  }
}

/** The input of a method that asks nothing. */
export const nothing = v.strictObject({})

export type InputOf<M> = M extends Method<Audience, infer S, unknown, Failure> ? v.InferOutput<S> : never
export type ValueOf<M> = M extends { readonly gives?: { readonly value: infer V } } ? V : never
export type ErrorOf<M> = M extends { readonly gives?: { readonly error: infer E extends Failure } } ? E : never

type MethodsFor<D, A extends Audience> = {
  readonly [M in keyof D as D[M] extends { readonly audience: A } ? M : never]: D[M]
}

/** The part of the table that one audience may call; domains without a method for it are left out. */
export type TableFor<T extends Table, A extends Audience> = {
  readonly [D in keyof T as keyof MethodsFor<T[D], A> extends never ? never : D]: MethodsFor<T[D], A>
}

/** What the caller's side holds: one async function per method, never throwing for an expected failure. */
export type Client<T extends Table, A extends Audience> = {
  readonly [D in keyof TableFor<T, A>]: {
    readonly [M in keyof TableFor<T, A>[D]]: (
      input: InputOf<TableFor<T, A>[D][M]>,
    ) => Promise<Result<ValueOf<TableFor<T, A>[D][M]>, ErrorOf<TableFor<T, A>[D][M]> | HostFailure>>
  }
}

/** What the host must hand in: a handler for every method of the audience, or it does not compile. */
export type Handlers<T extends Table, A extends Audience> = {
  readonly [D in keyof TableFor<T, A>]: {
    readonly [M in keyof TableFor<T, A>[D]]: (
      input: InputOf<TableFor<T, A>[D][M]>,
    ) => Promise<Result<ValueOf<TableFor<T, A>[D][M]>, ErrorOf<TableFor<T, A>[D][M]>>>
  }
}

export type EventName<T extends EventTable, A extends Audience> = {
  [D in keyof T & string]: {
    [N in keyof T[D] & string]: T[D][N] extends { readonly audience: A } ? `${D}.${N}` : never
  }[keyof T[D] & string]
}[keyof T & string]

export type PayloadOf<T extends EventTable, Name extends string> = Name extends `${infer D}.${infer N}`
  ? T[D] extends { readonly [K in N]: { readonly carries?: { readonly payload: infer P } } }
    ? P
    : never
  : never

/** Sends one event to its audience. Nothing is queued: whoever listens now hears it. */
export type Emit<T extends EventTable, A extends Audience> = <Name extends EventName<T, A>>(
  name: Name,
  payload: PayloadOf<T, Name>,
) => void

/** Hears one event. The returned function ends it for good. */
export type Listen<T extends EventTable, A extends Audience> = <Name extends EventName<T, A>>(
  name: Name,
  hear: (payload: PayloadOf<T, Name>) => void,
) => () => void

/** The names, `domain.name`, that an audience may use, in the table's order. */
export function namesFor(table: Table | EventTable, audience: Audience): readonly string[] {
  return Object.entries(table).flatMap(([domain, entries]) =>
    Object.entries(entries as Readonly<Record<string, { readonly audience: Audience }>>)
      .filter(([, entry]) => entry.audience === audience)
      .map(([name]) => `${domain}.${name}`),
  )
}

/** Bytes as they cross the wall. */
export const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array)
