// The closed list of what can happen to a volume (簿冊), with the shape of each body. An event's `doc` is the volume's id.
// It never says whether an act was allowed nor what it changes. Types it does not know pass through unread.

import * as v from 'valibot'
import { err, ok, type Failure, type Result } from '../base/result.ts'

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const text = v.pipe(v.string(), v.maxLength(10_000))

const bodies = {
  'volume.create': v.object({
    /** Code of a third-level node of the schedule. */
    classification: id,
    title: text,
    /** The title as it may be shown to the public. */
    publicTitle: text,
    retentionClass: id,
    /** The schedule under which it was made; later versions do not change it. */
    schedule: id,
    fiscalYear: v.pipe(v.number(), v.integer(), v.minValue(1868), v.maxValue(9998)),
    location: text,
    medium: v.picklist(['electronic', 'paper', 'mixed']),
    /** 文書管理者 now, and on the day it was made: position ids. */
    manager: id,
    originalManager: id,
  }),
  'volume.close': v.object({ date: v.pipe(v.string(), v.isoDate()) }),
} as const

export type VolumeEventType = keyof typeof bodies
export type VolumeBodyOf<T extends VolumeEventType> = Readonly<v.InferOutput<(typeof bodies)[T]>>
export type VolumeEvent = { readonly [T in VolumeEventType]: { readonly type: T; readonly body: VolumeBodyOf<T> } }[VolumeEventType]

export interface MalformedVolumeEvent extends Failure<'MalformedVolumeEvent'> {
  readonly eventType: string
  /** Where in the body the first mistake is, as a dotted path; never the value itself. */
  readonly path: string
}

export function isVolumeEventType(type: string): type is VolumeEventType {
  return Object.hasOwn(bodies, type)
}

/** The event with its body checked; `null` when it is no volume event this version knows. */
export function parseVolumeEvent(event: { readonly type: string; readonly body: unknown }): Result<VolumeEvent | null, MalformedVolumeEvent> {
  const { type } = event
  if (!isVolumeEventType(type)) return ok(null)
  const parsed = v.safeParse(bodies[type], event.body)
  if (parsed.success) return ok({ type, body: parsed.output } as VolumeEvent)
  return err({ type: 'MalformedVolumeEvent', retry: 'never', eventType: type, path: v.getDotPath(parsed.issues[0]) ?? '' })
}
