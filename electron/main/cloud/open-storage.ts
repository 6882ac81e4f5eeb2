// From what a person entered to a storage, or what is wrong with it. The one way in to this room: nothing else makes an adapter.
// A name and password never go over a line that others can read.

import type { Clock } from '@shared/base/ports.ts'
import { err, ok, type Failure, type Result } from '@shared/base/result.ts'
import type { TargetChoice } from '@shared/ipc/contract/sync.ts'
import type { Storage } from '@shared/sync/storage.ts'
import { usualPatience, type Fetch } from './exchange.ts'
import { nodeFolderDisk } from './folder-disk.ts'
import { createFolderStorage } from './folder-storage.ts'
import type { UploadNote } from './s3-parts.ts'
import { borrow, ownKeys, type Role } from './s3-role.ts'
import { createS3Storage } from './s3-storage.ts'
import { isThisMachine } from './this-machine.ts'
import { createWebDavStorage } from './webdav-storage.ts'

/** `address`: of the service (S3), of the folder (WebDAV), or an absolute path. Credentials are handed over here and kept in memory only. */
export type StorageTarget =
  | { readonly kind: 'folder'; readonly address: string; readonly founding: boolean }
  | { readonly kind: 'webdav'; readonly address: string; readonly user: string; readonly password: string }
  | {
      readonly kind: 's3'
      readonly address: string
      readonly bucket: string
      readonly region: string
      readonly style: 'host' | 'path'
      readonly accessKey: string
      readonly secretKey: string
      readonly sessionToken?: string
      /** Instead of keys: the role that is borrowed by the person's sign-in. */
      readonly role?: string
    }

/** Unusable: no such address, bucket or region can be. Insecure: others could read what is sent. Credentials: none, or letters that cannot be sent. */
export type TargetFailure = Failure<'StorageAddressUnusable' | 'StorageAddressInsecure' | 'StorageCredentialsUnusable'>

/** From what a person chose. */
export function storageTargetOf(choice: TargetChoice, founding: boolean): StorageTarget {
  if (choice.kind === 'folder') return { kind: 'folder', address: choice.address, founding }
  if (choice.kind === 'webdav') return { kind: 'webdav', address: choice.address, user: choice.user, password: choice.password }
  const { address, bucket, region, style, accessKey, secretKey, role = '' } = choice
  return { kind: 's3', address, bucket, region, style, accessKey, secretKey, ...(role === '' ? {} : { role }) }
}

export interface StorageWorld {
  readonly fetch: Fetch
  readonly clock: Clock
  /** Where an upload in parts is noted; without it every object goes in one piece. */
  readonly uploads?: UploadNote | null
  /** An ID token of whoever sits here, for a storage that lends by it. */
  readonly token?: Role['token']
  /** A folder holds conflict copies. */
  readonly conflict?: () => void
}

export function openStorage(target: StorageTarget, workspace: string, { fetch, clock, uploads = null, token, conflict }: StorageWorld): Result<Storage, TargetFailure> {
  const world = { fetch, clock, patience: usualPatience, page: 1000, uploads }
  if (target.kind === 'folder') {
    const absolute = /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(target.address)
    return absolute ? ok(createFolderStorage({ folder: target.address, workspace, founding: target.founding }, nodeFolderDisk, conflict)) : unusable('Address')
  }
  const url = addressOf(target.address)
  if (!url) return unusable('Address')
  if (url.protocol !== 'https:' && !isThisMachine(url.hostname)) return err({ type: 'StorageAddressInsecure', retry: 'never' })
  if (target.kind === 'webdav') {
    const { user, password } = target
    if (user === '' || user.includes(':') || hasControls(user + password)) return unusable('Credentials')
    if (!url.pathname.endsWith('/')) url.pathname += '/'
    return ok(createWebDavStorage({ folder: url, user, password, workspace }, world))
  }
  const { address: _, kind: __, accessKey, secretKey, sessionToken, role, ...place } = target
  if (url.pathname !== '/' || !bucketName.test(place.bucket) || !/^[A-Za-z0-9-]{1,64}$/.test(place.region)) return unusable('Address')
  // A bucket's name cannot stand before a number, and one with dots has no certificate.
  if (place.style === 'host' && (/^[\d.]+$|^\[/.test(url.hostname) || (place.bucket.includes('.') && url.protocol === 'https:'))) return unusable('Address')
  if (role !== undefined) {
    if (!roleName.test(role) || !token) return unusable('Credentials')
    const borrowed = borrow(url, `fumibako-${workspace}`, { arn: role, token }, world)
    return ok(createS3Storage({ ...place, endpoint: url, workspace, credentials: borrowed.credentials, refused: borrowed.forget }, world))
  }
  if (![accessKey, secretKey].every((word) => /^[!-~]+$/.test(word)) || !/^[!-~]*$/.test(sessionToken ?? '')) return unusable('Credentials')
  return ok(createS3Storage({ ...place, endpoint: url, workspace, ...ownKeys({ accessKey, secretKey, ...(sessionToken === undefined ? {} : { sessionToken }) }) }, world))
}

const roleName = /^arn:[a-z-]{1,20}:iam:[!-~]{0,100}:role\/[!-~]{1,150}$/
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/** Null for what is no web address of a place: others, and such as carry a name, a question or a mark. */
function addressOf(address: string): URL | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  return plain && (url.protocol === 'https:' || url.protocol === 'http:') ? url : null
}

function hasControls(text: string): boolean {
  return /[\u0000-\u001f\u007f]/.test(text)
}

function unusable(what: 'Address' | 'Credentials'): { readonly ok: false; readonly error: TargetFailure } {
  return err({ type: `Storage${what}Unusable`, retry: 'never' })
}
