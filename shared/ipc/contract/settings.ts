// What a person may set on this machine. Nothing here is about a town's rules: those are data of the workspace.
import * as v from 'valibot'
import { method, nothing } from '../define.ts'

export const settingsShape = v.strictObject({
  language: v.picklist(['ja', 'en']),
  theme: v.picklist(['system', 'light', 'dark']),
  /** Minutes without input after which the session locks; policy may only shorten it. */
  idleLockMinutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)),
})
export type Settings = Readonly<v.InferOutput<typeof settingsShape>>

export const defaultSettings: Settings = { language: 'ja', theme: 'system', idleLockMinutes: 10 }

export const settings = {
  get: method('page', nothing).gives<Settings>(),
  set: method('page', settingsShape).gives<Settings>(),
} as const
