// Every visible string in Japanese, the first language; areas in their own files.

import { app } from './ja/app.ts'
import { carry } from './ja/carry.ts'
import { codes } from './ja/codes.ts'
import { council } from './ja/council.ts'
import { endpoint } from './ja/endpoint.ts'
import { line } from './ja/line.ts'
import { network } from './ja/network.ts'
import { numbers } from './ja/numbers.ts'
import { posture } from './ja/posture.ts'
import { reach } from './ja/reach.ts'
import { signIn } from './ja/sign-in.ts'
import { twofold } from './ja/twofold.ts'
import { work } from './ja/work.ts'

export const ja = { ...app, ...work, ...council, ...numbers, ...carry, ...line, ...network, ...twofold, ...reach, ...posture, ...signIn, ...codes, ...endpoint } as const
