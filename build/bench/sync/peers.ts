// rclone and restic as contenders, as a person would run them: documents are files in a folder, each act one command.

import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Act, Contender } from './contender.ts'
import { writeCorpus, type Corpus } from './corpus.ts'
import { measure, runToEnd, type Env } from './measure.ts'
import type { CountingProxy } from './proxy.ts'
import type { DavPlace, S3Bucket } from './servers.ts'

const path = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }

/** `rclone sync` of a folder, in the clear. */
export async function rcloneContender(proxy: CountingProxy, place: DavPlace, corpus: Corpus, documents: number): Promise<Contender> {
  const { folder, first, close } = files(corpus, documents)
  const hidden = (await runToEnd(['rclone', 'obscure', place.password], { ...path, HOME: folder, RCLONE_CONFIG: '/dev/null' })).trim()
  const env: Env = { ...path, HOME: folder, RCLONE_CONFIG: '/dev/null', RCLONE_WEBDAV_URL: place.address, RCLONE_WEBDAV_VENDOR: 'other', RCLONE_WEBDAV_USER: place.user, RCLONE_WEBDAV_PASS: hidden }
  const sync = async (from: string, to: string): Promise<Awaited<ReturnType<typeof measure>>['cost']> => (await measure(proxy, ['rclone', 'sync', from, to], env)).cost
  const up = () => sync(join(folder, 'documents'), ':webdav:documents')
  const acts: Readonly<Record<Exclude<Act, 'follow'>, Contender['run']>> = {
    initial: up,
    noop: up,
    second: () => sync(':webdav:documents', join(folder, 'second')),
    async edit() {
      appendFileSync(first, '一行\n')
      return up()
    },
  }
  return { acts: ['initial', 'noop', 'second', 'edit'], run: (act) => acts[act as keyof typeof acts](act), close }
}

/** `restic backup` of a folder, encrypted and packed; one writer only. */
export async function resticContender(proxy: CountingProxy, repository: string, keys: Env, corpus: Corpus, documents: number): Promise<Contender> {
  const { folder, first, close } = files(corpus, documents)
  const env: Env = { ...path, ...keys, HOME: folder, RESTIC_REPOSITORY: repository, RESTIC_PASSWORD: 'bench', RESTIC_CACHE_DIR: join(folder, 'cache') }
  await runToEnd(['restic', 'init'], env)
  const backup = async () => (await measure(proxy, ['restic', 'backup', join(folder, 'documents')], env)).cost
  const acts: Readonly<Record<Exclude<Act, 'follow'>, Contender['run']>> = {
    initial: backup,
    noop: backup,
    second: async () => (await measure(proxy, ['restic', 'restore', 'latest', '--target', join(folder, 'second')], { ...env, RESTIC_CACHE_DIR: join(folder, 'second-cache') })).cost,
    async edit() {
      appendFileSync(first, '一行\n')
      return backup()
    },
  }
  return { acts: ['initial', 'noop', 'second', 'edit'], run: (act) => acts[act as keyof typeof acts](act), close }
}

export function resticOnS3({ address, bucket, region, accessKey, secretKey }: S3Bucket): { readonly repository: string; readonly keys: Env } {
  return { repository: `s3:${address}/${bucket}`, keys: { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey, AWS_DEFAULT_REGION: region } }
}

function files(corpus: Corpus, documents: number): { readonly folder: string; readonly first: string; close(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'fumibako-peer-'))
  mkdirSync(join(folder, 'second'))
  const first = writeCorpus(join(folder, 'documents'), corpus, documents, corpus === 'pdf' ? 'pdf' : 'txt')
  return { folder, first, close: async () => rmSync(folder, { recursive: true, force: true }) }
}
