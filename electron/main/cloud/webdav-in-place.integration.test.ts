import { afterAll, beforeAll } from 'vitest'
import { freePorts } from '../../../e2e/servers/loopback.ts'
import { startRcloneDav, type RcloneDav } from '../../../e2e/servers/rclone-dav.ts'
import { storageContract } from './testing/storage-contract.ts'
import { loopbackWire } from './testing/loopback-wire.ts'
import { countingFetch, syncScenes } from './testing/sync-scenes.ts'
import { createWebDavStorage, type WebDavPlace, type WebDavWorld } from './webdav-storage.ts'

const world: WebDavWorld = { fetch: loopbackWire, clock: { now: () => Date.now() }, patience: { silence: 20_000, slowest: 20_000 } }
let rclone: RcloneDav
beforeAll(async () => {
  rclone = await startRcloneDav()
})
afterAll(() => rclone.stop())

const place = (workspace: string): WebDavPlace => ({ folder: new URL(rclone.address), user: rclone.user, password: rclone.password, workspace })

storageContract('rclone, which writes in place', async () => {
  const [nobody] = await freePorts(1)
  return {
    storage: createWebDavStorage(place('contract'), world),
    stranger: createWebDavStorage({ ...place('contract'), password: 'wrong' }, world),
    unreachable: createWebDavStorage({ ...place('contract'), folder: new URL(`http://127.0.0.1:${nobody}/`) }, world),
    names: 300,
  }
})

// A MOVE for the beacon, and a MKCOL while the parcel's folder is new.
syncScenes(
  'rclone, which writes in place',
  () => {
    const wire = countingFetch()
    return { storage: createWebDavStorage(place('synced'), { ...world, fetch: wire.fetch }), requests: wire.count }
  },
  5,
)
