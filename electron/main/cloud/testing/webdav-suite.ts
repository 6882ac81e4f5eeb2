// What every WebDAV server is asked: the contract, and the engine over it with its requests counted.

import { afterAll, beforeAll } from 'vitest'
import type { DavServer } from '../../../../e2e/servers/dav-server.ts'
import { freePorts } from '../../../../e2e/servers/loopback.ts'
import { createWebDavStorage, type WebDavPlace, type WebDavWorld } from '../webdav-storage.ts'
import { loopbackWire } from './loopback-wire.ts'
import { storageContract } from './storage-contract.ts'
import { countingFetch, syncScenes } from './sync-scenes.ts'

export const webDavWorld: WebDavWorld = { fetch: loopbackWire, clock: { now: () => Date.now() }, patience: { silence: 20_000, slowest: 20_000 } }

export interface WebDavScene<S> {
  readonly start: () => Promise<S>
  /** Names in a long listing. */
  readonly names: number
  /** What is read during a replace may be cut. */
  readonly mayCut?: boolean
  /** For a moment while it is replaced there may be nothing. */
  readonly mayMiss?: boolean
  /** Most requests of a round with one edit, and of beacons that are read again. */
  readonly edit: number
  readonly again?: number
}

/** The server runs while the tests of the file do; answered is how it is reached then. */
export function webDavSuite<S extends Omit<DavServer, 'folder'>>(what: string, { start, names, mayCut = false, mayMiss = false, edit, again = 0 }: WebDavScene<S>): { readonly server: () => S; readonly place: (workspace: string) => WebDavPlace } {
  let running: S
  beforeAll(async () => {
    running = await start()
  })
  afterAll(() => running.stop())
  const place = (workspace: string): WebDavPlace => ({ folder: new URL(running.address), user: running.user, password: running.password, workspace })
  storageContract(what, async () => {
    const [nobody] = await freePorts(1)
    return {
      storage: createWebDavStorage(place('contract'), webDavWorld),
      stranger: createWebDavStorage({ ...place('contract'), password: 'wrong' }, webDavWorld),
      unreachable: createWebDavStorage({ ...place('contract'), folder: new URL(`http://127.0.0.1:${nobody}/dav/`) }, webDavWorld),
      names,
      mayCut,
      mayMiss,
    }
  })
  syncScenes(
    what,
    () => {
      const wire = countingFetch()
      return { storage: createWebDavStorage(place('synced'), { ...webDavWorld, fetch: wire.fetch }), requests: wire.count }
    },
    edit,
    again,
  )
  return { server: () => running, place }
}
