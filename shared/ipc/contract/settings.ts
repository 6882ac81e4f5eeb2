// What a person may set on this machine. Nothing here is about a town's rules: those are data of the workspace.
import * as v from 'valibot'
import { method, nothing } from '../define.ts'

export const settingsShape = v.strictObject({
  language: v.picklist(['ja', 'en']),
  theme: v.picklist(['system', 'light', 'dark']),
  /** Magnification of the pages, 1 = 100 %. */
  zoom: v.pipe(v.number(), v.minValue(0.5), v.maxValue(3)),
})
export type Settings = Readonly<v.InferOutput<typeof settingsShape>>

export const defaultSettings: Settings = { language: 'ja', theme: 'system', zoom: 1 }

export const settings = {
  get: method('page', nothing).gives<Settings>(),
  set: method('page', settingsShape).gives<Settings>(),
} as const
