// Every visible string in English; areas in their own files, each checked against its Japanese counterpart by the compiler.

import { app } from './en/app.ts'
import { carry } from './en/carry.ts'
import { codes } from './en/codes.ts'
import { council } from './en/council.ts'
import { endpoint } from './en/endpoint.ts'
import { line } from './en/line.ts'
import { network } from './en/network.ts'
import { numbers } from './en/numbers.ts'
import { posture } from './en/posture.ts'
import { reach } from './en/reach.ts'
import { signIn } from './en/sign-in.ts'
import { twofold } from './en/twofold.ts'
import { work } from './en/work.ts'

export const en = { ...app, ...work, ...council, ...numbers, ...carry, ...line, ...network, ...twofold, ...reach, ...posture, ...signIn, ...codes, ...endpoint } as const
