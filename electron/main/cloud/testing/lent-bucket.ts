// A bucket of a real Ceph RGW that lends by the tokens of a real provider, and whoever signs in there from a browser.
import { browse, startOidcProvider, type OidcServer } from '../../../../e2e/servers/oidc-provider.ts'
import { startCephRgw } from '../../../../e2e/servers/ceph-rgw.ts'
import type { Storage } from '@shared/sync/storage.ts'
import { nodeHost } from '../../services/node-host.ts'
import { attemptSignIn } from '../../sign-in/attempt.ts'
import type { Ask } from '../../sign-in/provider-client.ts'
import type { Fetch } from '../exchange.ts'
import { openStorage } from '../open-storage.ts'
import { loopbackWire } from './loopback-wire.ts'

export const plainAsk: Ask = async ({ method, url, headers, body }, asked) => {
  const answer = await fetch(url, { method, headers, redirect: 'manual', signal: asked, ...(body ? { body } : {}) })
  return { status: answer.status, headers: answer.headers, body: new Uint8Array(await answer.arrayBuffer()) }
}

export interface LentBucket {
  readonly town: OidcServer
  /** Who has the password of that account, at whatever machine. */
  signIn(account: string): Promise<{ readonly text: string; readonly refreshToken: string | null }>
  /** A machine at which somebody has this token; what it asked of the lender is counted. */
  machineWith(token: () => Promise<string | null>, more?: { readonly now?: () => number; readonly arn?: string; readonly workspace?: string }): { readonly storage: Storage; readonly lent: readonly string[] }
  stop(): Promise<void>
}

export async function startLentBucket(): Promise<LentBucket> {
  const town = await startOidcProvider()
  const ceph = await startCephRgw()
  await ceph.makeBucket('town')
  const role = await ceph.lendTo({ issuer: town.issuer, clientId: town.clientId, fingerprint: town.fingerprint() })
  return {
    town,
    async signIn(account) {
      town.account(account)
      let browser: Promise<unknown> = Promise.resolve()
      const deps = {
        ask: plainAsk,
        now: Date.now,
        host: nodeHost,
        pages: () => ({ done: 'done', notExpected: 'not expected' }),
        openExternal: async (address: string) => {
          browser = browse(address, { account, password: `password of ${account}` }, (at) => new URL(at).pathname === '/signed-in').then((at) => fetch(at))
          return true
        },
      }
      const done = await attemptSignIn(deps, town, { workspace: 'w', device: new Uint8Array(65).fill(1), seat: new Uint8Array(65).fill(2) }, AbortSignal.timeout(30_000))
      await browser
      if ('kind' in done) throw new Error(JSON.stringify(done))
      return done
    },
    machineWith(token, { now = Date.now, arn = role, workspace = 'w' } = {}) {
      const lent: string[] = []
      const counting: Fetch = (url, init) => {
        if (init.method === 'POST' && new URL(url).pathname === '/') lent.push(url)
        return loopbackWire(url, init)
      }
      const opened = openStorage({ kind: 's3', address: ceph.endpoint, bucket: 'town', region: ceph.region, style: 'path', accessKey: '', secretKey: '', role: arn }, workspace, { fetch: counting, clock: { now }, token })
      if (!opened.ok) throw new Error(opened.error.type)
      return { storage: opened.value, lent }
    },
    async stop() {
      await ceph.stop()
      await town.stop()
    },
  }
}
