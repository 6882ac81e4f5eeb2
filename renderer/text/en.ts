// Every visible string in English; areas in their own files, each checked against its Japanese counterpart by the compiler.

import { app } from './en/app.ts'
import { codes } from './en/codes.ts'
import { work } from './en/work.ts'

export const en = { ...app, ...work, ...codes } as const
