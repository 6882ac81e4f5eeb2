// Every visible string in Japanese, the first language; areas in their own files.

import { app } from './ja/app.ts'
import { codes } from './ja/codes.ts'
import { work } from './ja/work.ts'

export const ja = { ...app, ...work, ...codes } as const
