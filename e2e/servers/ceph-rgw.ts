// Ceph's S3 service on loopback, the real one: a monitor, one object store in memory and the gateway, for one test run.
import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AwsClient } from 'aws4fetch'
import { holdProcess, type HeldProcess } from '../hosts/child-process.ts'
import { endsWithUs, freePorts, serverFolder, until } from './loopback.ts'

/** Bytes by key. */
export type Bucket = ReadonlyMap<string, Uint8Array>

export interface CephRgw {
  /** `http://localhost:…`; a bucket's name may stand before `localhost`. */
  readonly endpoint: string
  readonly port: number
  readonly region: string
  readonly accessKey: string
  readonly secretKey: string
  makeBucket(name: string): Promise<void>
  /** Lends to whoever has a token of this provider for this client: the role's name (ARN). `fingerprint`: SHA-1 (hex) of the certificate of its key. */
  lendTo(provider: { readonly issuer: string; readonly clientId: string; readonly fingerprint: string }): Promise<string>
  /** Keys of a bucket's objects. */
  listBucket(name: string): Promise<readonly string[]>
  /** Every object of a bucket as it is now; those that were put with lent keys are not whoever runs the service's to read. */
  readBucket(name: string): Promise<Bucket>
  /** As whoever runs the service can: the bucket holds exactly these objects again. */
  putBack(name: string, state: Bucket): Promise<void>
  stop(): Promise<void>
}

const execute = promisify(execFile)
const run = (...command: readonly [string, readonly string[]]): Promise<{ readonly stdout: string }> => {
  const [first = '', ...words] = [...endsWithUs, command[0], ...command[1]]
  return execute(first, words)
}
const patience = 60_000

export async function startCephRgw(): Promise<CephRgw> {
  const { path, remove } = serverFolder('ceph')
  const [port = 0, v2 = 0, v1 = 0] = await freePorts(3)
  for (const part of ['mon', 'osd', 'run', 'log']) mkdirSync(join(path, part))
  const monitors = `[v2:127.0.0.1:${v2},v1:127.0.0.1:${v1}]`
  const cluster = randomUUID()
  writeFileSync(join(path, 'ceph.conf'), configuration(path, cluster, monitors, port))
  const config = ['-c', join(path, 'ceph.conf')]
  const keyring = join(path, 'keyring')
  const held: HeldProcess[] = []
  const hold = (program: string, ...args: readonly string[]): void => {
    held.unshift(holdProcess([...endsWithUs, program, ...config, ...args, '-f'], { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }))
  }
  const key = (name: string, ...powers: readonly string[]): Promise<unknown> => run('ceph-authtool', [keyring, '--gen-key', '-n', name, ...powers.flatMap((power) => ['--cap', power.split(' ')[0] ?? '', power.slice(power.indexOf(' ') + 1)])])
  const stop = async (): Promise<void> => {
    for (const one of held) await one.kill()
    remove()
  }
  try {
    await run('ceph-authtool', ['--create-keyring', keyring])
    await key('mon.', 'mon allow *')
    await key('client.admin', 'mon allow *', 'osd allow *')
    await key('osd.0', 'mon allow profile osd', 'osd allow *')
    await run('monmaptool', ['--create', '--fsid', cluster, '--addv', 'a', monitors, join(path, 'monmap')])
    await run('ceph-mon', [...config, '-i', 'a', '--mkfs', '--monmap', join(path, 'monmap'), '--keyring', keyring])
    hold('ceph-mon', '-i', 'a')
    const store = randomUUID()
    await until(async () => (await run('ceph', [...config, '--connect-timeout', '5', 'osd', 'new', store])).stdout.trim() === '0', patience, 'the monitor')
    await run('ceph-osd', [...config, '-i', '0', '--mkfs', '--osd-uuid', store])
    hold('ceph-osd', '-i', '0')
    hold('radosgw', '-n', 'client.admin')
    const [accessKey, secretKey] = [randomBytes(10).toString('hex').toUpperCase(), randomBytes(20).toString('hex')]
    await run('radosgw-admin', [...config, 'user', 'create', '--uid=town', '--display-name=Town', `--access-key=${accessKey}`, `--secret-key=${secretKey}`])
    for (const power of ['roles=*', 'oidc-provider=*']) await run('radosgw-admin', [...config, 'caps', 'add', '--uid=town', `--caps=${power}`])
    const endpoint = `http://localhost:${port}`
    await until(async () => (await fetch(`http://127.0.0.1:${port}/`)).status === 200, patience, 'the gateway')
    const client = new AwsClient({ accessKeyId: accessKey, secretAccessKey: secretKey, service: 's3', region: 'default', retries: 0 })
    const ask = async (path: string, init: RequestInit, status: number): Promise<Response> => {
      const answer = await client.fetch(`${endpoint}/${path}`, init)
      if (answer.status !== status) throw new Error(`${init.method ?? 'GET'} ${path}: ${answer.status} ${await answer.text()}`)
      return answer
    }
    const keysOf = async (name: string): Promise<readonly string[]> => {
      const listing = await (await ask(`${name}?list-type=2`, {}, 200)).text()
      if (listing.includes('<IsTruncated>true</IsTruncated>')) throw new Error('more than one page')
      return [...listing.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = '']) => key)
    }
    const readBucket = async (name: string): Promise<Bucket> => {
      const state = new Map<string, Uint8Array>()
      for (const key of await keysOf(name)) state.set(key, new Uint8Array(await (await ask(`${name}/${key}`, {}, 200)).arrayBuffer()))
      return state
    }
    const putBack = async (name: string, state: Bucket): Promise<void> => {
      for (const key of await keysOf(name)) if (!state.has(key)) await ask(`${name}/${key}`, { method: 'DELETE' }, 204)
      for (const [key, bytes] of state) await ask(`${name}/${key}`, { method: 'PUT', body: bytes.slice() }, 200)
    }
    const makeBucket = async (name: string): Promise<void> => {
      await ask(name, { method: 'PUT' }, 200)
    }
    const lendTo: CephRgw['lendTo'] = async ({ issuer, clientId, fingerprint }) => {
      const administrator = new AwsClient({ accessKeyId: accessKey, secretAccessKey: secretKey, service: 'iam', region: 'default', retries: 0 })
      const order = async (action: string, words: Readonly<Record<string, string>>): Promise<void> => {
        const answer = await administrator.fetch(`${endpoint}/`, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ Action: action, Version: '2010-05-08', ...words }).toString() })
        if (answer.status !== 200) throw new Error(`${action}: ${answer.status} ${await answer.text()}`)
      }
      const host = issuer.replace(/^https?:\/\//, '')
      const policy = (...statements: readonly unknown[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements })
      await order('CreateOpenIDConnectProvider', { Url: issuer, 'ThumbprintList.member.1': fingerprint, 'ClientIDList.member.1': clientId })
      await order('CreateRole', { RoleName: 'fumibako', Path: '/', AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal: { Federated: [`arn:aws:iam:::oidc-provider/${host}`] }, Action: ['sts:AssumeRoleWithWebIdentity'], Condition: { StringEquals: { [`${host}:app_id`]: clientId } } }) })
      await order('PutRolePolicy', { RoleName: 'fumibako', PolicyName: 'all', PolicyDocument: policy({ Effect: 'Allow', Action: ['s3:*'], Resource: ['arn:aws:s3:::*'] }) })
      return 'arn:aws:iam:::role/fumibako'
    }
    return { lendTo, listBucket: keysOf, endpoint, port, region: 'default', accessKey, secretKey, makeBucket, readBucket, putBack, stop }
  } catch (error) {
    await stop()
    throw new Error(`${String(error)}\n${held.map((one) => one.logs()).join('\n')}`, { cause: error })
  }
}

function configuration(path: string, cluster: string, monitors: string, port: number): string {
  return `[global]
fsid = ${cluster}
mon host = ${monitors}
mon initial members = a
public network = 127.0.0.0/8
auth allow insecure global id reclaim = true
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon warn on pool no redundancy = false
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 2147483648
run dir = ${path}/run
admin socket = ${path}/run/$name.asok
pid file = ${path}/run/$name.pid
log file = ${path}/log/$name.log
keyring = ${path}/keyring
mon data = ${path}/mon
osd data = ${path}/osd
mon data avail warn = 1
mon data avail crit = 0
rgw frontends = beast endpoint=127.0.0.1:${port}
rgw dns name = localhost
rgw s3 auth use sts = true
rgw sts key = 0123456789abcdef
`
}
