// The one table of everything that crosses a process wall. To add a method: one entry in its domain's file (and the
// domain here when it is new); its handler is then asked for by the compiler. Nothing else names a channel.
import { app, appEvents } from './contract/app.ts'
import { carry, carryEvents } from './contract/carry.ts'
import { consent } from './contract/consent.ts'
import { content, contentEvents } from './contract/content.ts'
import { enrolment, join } from './contract/enrol.ts'
import { exporting } from './contract/export.ts'
import { network } from './contract/network.ts'
import { posture, postureEvents } from './contract/posture.ts'
import { print } from './contract/print.ts'
import { session, sessionEvents, setup } from './contract/session.ts'
import { settings } from './contract/settings.ts'
import { signIn, signInEvents } from './contract/sign-in.ts'
import { snapshotEvents, snapshots } from './contract/snapshots.ts'
import { sync, syncEvents } from './contract/sync.ts'
import { journal, objects, seats, vault } from './contract/vault.ts'

export const contract = { app, session, setup, join, enrolment, settings, sync, carry, network, signIn, posture, vault, objects, content, snapshots, journal, seats, print, consent, export: exporting } as const

export const events = { app: appEvents, session: sessionEvents, sync: syncEvents, carry: carryEvents, signIn: signInEvents, posture: postureEvents, content: contentEvents, snapshots: snapshotEvents } as const

export type Contract = typeof contract
export type Events = typeof events
