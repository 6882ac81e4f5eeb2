// The state of this device as a page shows it: what each check says, what it was read from, and the statement that others receive. What
// was read itself does not cross.
import * as v from 'valibot'
import { checkIds, type System } from '../../posture/model.ts'
import type { CheckReading, PostureStatement } from '../../posture/statement.ts'
import type { Failure } from '../../base/result.ts'
import { event, method, nothing } from '../define.ts'

export interface ShownCheck extends CheckReading {
  /** Files and programs it was read from. */
  readonly sources: readonly string[]
  /** The system has a place where this is set, and it can be opened. */
  readonly opens: boolean
  /** Days until it is asked for; null while no rule names any. */
  readonly graceDays: number | null
}

export interface PostureView {
  readonly system: System
  /** When it was looked, milliseconds since 1970 UTC. */
  readonly at: number
  readonly checks: readonly ShownCheck[]
  /** As it goes out, sealed, with what is written here; null while this machine belongs to no workspace. */
  readonly statement: PostureStatement | null
}

export type SettingsUnreachable = Failure<'SettingsUnreachable'>

export const posture = {
  state: method('page', nothing).gives<PostureView>(),
  /** Looks anew. */
  check: method('page', nothing).gives<PostureView>(),
  /** Opens the system's own settings for a check: which ones is main's to know. */
  openSettings: method('page', v.strictObject({ check: v.picklist(checkIds) })).gives<null, SettingsUnreachable>(),
} as const

export const postureEvents = {
  changed: event('page').carries<PostureView>(),
} as const
