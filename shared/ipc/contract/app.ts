// What the page may ask about the app itself, and how quitting waits for what is not saved yet.
import * as v from 'valibot'
import { event, method, nothing } from '../define.ts'

export interface AppInfo {
  readonly version: string
  readonly electron: string
  readonly chrome: string
  /** True when this build runs on the test runtime; it says so on screen and is never a release. */
  readonly testRuntime: boolean
  readonly platform: string
  /** When this device was erased because somebody called it lost (milliseconds since 1970 UTC), or null. */
  readonly erasedAt: number | null
}

export const app = {
  info: method('page', nothing).gives<AppInfo>(),
  /** How many edits the page holds that the vault has not acknowledged. Quitting and locking wait for zero, at most a few seconds. */
  unsaved: method('page', v.strictObject({ count: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) })).gives<null>(),
} as const

export const appEvents = {
  /** The app is about to lock or quit: store what is typed now, then report `app.unsaved {count: 0}`. */
  saveNow: event('page').carries<null>(),
  /** A file of ours was opened from outside (second start or file association); its path is shown, never read by the page. */
  fileOpened: event('page').carries<{ readonly path: string }>(),
} as const
