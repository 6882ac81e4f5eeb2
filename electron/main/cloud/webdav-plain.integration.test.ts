import { afterAll, beforeAll } from 'vitest'
import { freePorts } from '../../../e2e/servers/loopback.ts'
import { startNginxDav, type NginxDav } from '../../../e2e/servers/nginx-dav.ts'
import { storageContract } from './testing/storage-contract.ts'
import { loopbackWire } from './testing/loopback-wire.ts'
import { countingFetch, syncScenes } from './testing/sync-scenes.ts'
import { createWebDavStorage, type WebDavPlace, type WebDavWorld } from './webdav-storage.ts'

const world: WebDavWorld = { fetch: loopbackWire, clock: { now: () => Date.now() }, patience: { silence: 20_000, slowest: 20_000 } }
let nginx: NginxDav
beforeAll(async () => {
  nginx = await startNginxDav()
})
afterAll(() => nginx.stop())

const place = (workspace: string): WebDavPlace => ({ folder: new URL(nginx.address), user: nginx.user, password: nginx.password, workspace })

storageContract('nginx, without entity tags', async () => {
  const [nobody] = await freePorts(1)
  return {
    storage: createWebDavStorage(place('contract'), world),
    stranger: createWebDavStorage({ ...place('contract'), password: 'wrong' }, world),
    unreachable: createWebDavStorage({ ...place('contract'), folder: new URL(`http://127.0.0.1:${nobody}/dav/`) }, world),
    names: 300,
  }
})

// A MOVE for the beacon, a MKCOL while the parcel's folder is new, and both beacons again.
syncScenes(
  'nginx, without entity tags',
  () => {
    const wire = countingFetch()
    return { storage: createWebDavStorage(place('synced'), { ...world, fetch: wire.fetch }), requests: wire.count }
  },
  5,
  2,
)
