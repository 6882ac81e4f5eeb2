// The servers of the bench on loopback and the counting proxies before them: Apache (WebDAV), Ceph (S3), rclone as a restic server.
// Every contender meets the same server; each gets a place of its own there.

import { chownSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TargetChoice } from '@shared/ipc/contract/sync.ts'
import { holdProcess } from '../../../e2e/hosts/child-process.ts'
import { startApacheDav } from '../../../e2e/servers/apache-dav.ts'
import { startCephRgw } from '../../../e2e/servers/ceph-rgw.ts'
import { endsWithUs, freePorts, serverFolder, until } from '../../../e2e/servers/loopback.ts'
import { startProxy, type CountingProxy } from './proxy.ts'

export type ServerName = 'webdav' | 's3' | 'restic'

export interface DavPlace {
  readonly address: string
  readonly user: string
  readonly password: string
}
export interface S3Bucket {
  readonly address: string
  readonly bucket: string
  readonly region: string
  readonly accessKey: string
  readonly secretKey: string
}

/** A server behind one proxy. */
export interface Lane {
  readonly proxy: CountingProxy
  close(): Promise<void>
}
export interface DavLane extends Lane {
  place(): DavPlace
}
export interface S3Lane extends Lane {
  place(): Promise<S3Bucket>
}
export interface ResticLane extends Lane {
  /** Address of a repository that is not there yet. */
  place(): string
}

export interface Servers {
  webdav(delay: number): Promise<DavLane>
  s3(delay: number): Promise<S3Lane>
  restic(delay: number): Promise<ResticLane>
  close(): Promise<void>
}

const nobody = 65_534

/** A server starts when it is asked for first. */
export function createServers(): Servers {
  const ends: (() => Promise<void>)[] = []
  let count = 0
  const once = <T extends { stop(): Promise<void> }>(start: () => Promise<T>): (() => Promise<T>) => {
    let started: Promise<T> | null = null
    return () =>
      (started ??= start().then((server) => {
        ends.push(server.stop)
        return server
      }))
  }
  const [apache, ceph, restic] = [once(startApacheDav), once(startCephRgw), once(startResticServer)]
  return {
    async webdav(delay) {
      const { address, folder, user, password } = await apache()
      const proxy = await startProxy(Number(new URL(address).port), delay)
      return {
        proxy,
        close: proxy.close,
        place() {
          const name = `place${++count}`
          mkdirSync(join(folder, name))
          if (process.getuid?.() === 0) chownSync(join(folder, name), nobody, nobody)
          return { address: `http://127.0.0.1:${proxy.port}/dav/${name}/`, user, password }
        },
      }
    },
    async s3(delay) {
      const { port, region, accessKey, secretKey, makeBucket } = await ceph()
      const proxy = await startProxy(port, delay)
      return {
        proxy,
        close: proxy.close,
        async place() {
          const bucket = `place${++count}`
          await makeBucket(bucket)
          return { address: `http://127.0.0.1:${proxy.port}`, bucket, region, accessKey, secretKey }
        },
      }
    },
    async restic(delay) {
      const proxy = await startProxy((await restic()).port, delay)
      return { proxy, close: proxy.close, place: () => `rest:http://127.0.0.1:${proxy.port}/place${++count}/` }
    },
    async close() {
      for (const end of ends.splice(0).toReversed()) await end()
    },
  }
}

export function davTarget(place: DavPlace): TargetChoice {
  return { kind: 'webdav', ...place }
}

export function s3Target(place: S3Bucket): TargetChoice {
  return { kind: 's3', style: 'path', ...place }
}

async function startResticServer(): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const { path, remove } = serverFolder('restic')
  const [port = 0] = await freePorts(1)
  mkdirSync(join(path, 'root'))
  const server = holdProcess([...endsWithUs, 'rclone', 'serve', 'restic', join(path, 'root'), '--addr', `127.0.0.1:${port}`], { PATH: '/usr/bin:/bin', HOME: path, RCLONE_CONFIG: join(path, 'none.conf') })
  const stop = async (): Promise<void> => {
    await server.kill()
    remove()
  }
  try {
    await until(async () => (await fetch(`http://127.0.0.1:${port}/`)).status > 0, 15_000, 'rclone')
    return { port, stop }
  } catch (error) {
    await stop()
    throw new Error(`${String(error)}\n${server.logs()}`, { cause: error })
  }
}
