// Storage in a folder of a WebDAV server (RFC 4918). Whole objects by PUT, listings by PROPFIND one folder deep, folders made when a PUT
// needs them. No locks, no conditions. A parcel is put under its name: nobody asks for it before it is whole. What is replaced (beacons)
// goes beside and is moved over, because some servers (rclone) write a PUT in place.

import { randomBytes } from 'node:crypto'
import type { Clock } from '@shared/base/ports.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import { parcelPrefix } from '@shared/log/names.ts'
import type { Storage, StoredEntry } from '@shared/sync/storage.ts'
import { halfFile } from '../services/durable-file.ts'
import { answering, folderOf, largestObject, partsOf, rangeOf, stop, workspaceFolder } from './answers.ts'
import { exchange, isPageType, plainTag, refusal, type Answer, type Fetch, type Patience } from './exchange.ts'
import { multistatus } from './multistatus.ts'
import { rangedBody, rangeHeader } from './range.ts'

export interface WebDavPlace {
  /** Of the folder that was chosen, with a closing `/`, without name and password. */
  readonly folder: URL
  readonly user: string
  readonly password: string
  readonly workspace: string
}

export interface WebDavWorld {
  readonly fetch: Fetch
  readonly clock: Clock
  readonly patience: Patience
}

const listingBytes = 64 * 1024 * 1024
const otherBytes = 1024 * 1024
const mostEntries = 1_000_000
const propfind = (tag: 'getetag' | 'getlastmodified'): Uint8Array<ArrayBuffer> =>
  utf8ToBytes(`<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><getcontentlength/><${tag}/><resourcetype/></prop></propfind>`).slice()

export function createWebDavStorage(place: WebDavPlace, world: WebDavWorld): Storage {
  const above = workspaceFolder(place.workspace)
  const authorization = `Basic ${Buffer.from(`${place.user}:${place.password}`).toString('base64')}`
  const made = new Set<string>()
  const making = new Map<string, Promise<void>>()
  let tag: 'getetag' | 'getlastmodified' = 'getetag'
  const urlOf = (parts: readonly string[], folder: boolean): string => new URL(parts.join('/') + (folder ? '/' : ''), place.folder).href
  const ask = (method: string, url: string, signal: AbortSignal, most: number, headers: Readonly<Record<string, string>> = {}, body?: Uint8Array<ArrayBuffer>): Promise<Answer> =>
    exchange(world.fetch, { method, url, headers: { Authorization: authorization, ...headers }, most, ...(body ? { body } : {}) }, signal, world.patience)
  const refused = (answer: Answer): never => {
    throw refusal(answer, world.clock.now())
  }

  /** From the folder up until one is there, and down again: a new folder in a place that is in use takes one request. */
  const askForFolder = async (parts: readonly string[], signal: AbortSignal): Promise<void> => {
    // The folder that was chosen is not there, and is not ours to make.
    if (parts.length === 0) stop('StorageRefused')
    const url = urlOf(parts, true)
    let answer = await ask('MKCOL', url, signal, otherBytes)
    if (isMissingParent(answer)) {
      await makeFolder(parts.slice(0, -1), signal)
      answer = await ask('MKCOL', url, signal, otherBytes)
    }
    // 405: it is there already. Where another machine makes it at this moment, Apache says 403 and rclone 423: then it is looked for.
    if (answer.status !== 201 && answer.status !== 405 && !(await isThere(url, signal))) refused(answer)
    made.add(url)
  }
  /** Objects that wait for the same new folder wait for one request. */
  const makeFolder = (parts: readonly string[], signal: AbortSignal): Promise<void> => {
    const url = urlOf(parts, true)
    const under = making.get(url) ?? askForFolder(parts, signal).finally(() => making.delete(url))
    making.set(url, under)
    return under
  }
  const isThere = async (url: string, signal: AbortSignal): Promise<boolean> =>
    (await ask('PROPFIND', url, signal, otherBytes, { Depth: '0', 'Content-Type': 'application/xml; charset=utf-8' }, propfind(tag))).status === 207

  /** Null: the server says there is no such folder. */
  const entriesOf = async (folder: string, signal: AbortSignal): Promise<ReturnType<typeof multistatus> | null> => {
    const url = urlOf([...above, ...folder.split('/').slice(0, -1)], true)
    const answer = await ask('PROPFIND', url, signal, listingBytes, { Depth: '1', 'Content-Type': 'application/xml; charset=utf-8' }, propfind(tag))
    if (answer.status === 404) return null
    if (answer.status !== 207) return refused(answer)
    made.add(url)
    const listing = multistatus(answer, new URL(url))
    // Without entity tags the time stands in, from the next listing on.
    if (tag === 'getetag' && listing.files.length > 0 && listing.files.every((file) => file.tag === null)) tag = 'getlastmodified'
    return listing
  }

  const walk = async (folder: string, prefix: string, signal: AbortSignal): Promise<StoredEntry[]> => {
    const found = await entriesOf(folder, signal)
    const entries = (found?.files ?? []).map((file) => ({ name: folder + file.name, size: file.size, tag: plainTag(file.tag) })).filter((entry) => entry.name.startsWith(prefix))
    for (const inner of found?.folders ?? []) {
      const name = `${folder}${inner}/`
      if (partsDeep(name) && (name.startsWith(prefix) || prefix.startsWith(name))) entries.push(...(await walk(name, prefix, signal)))
      if (entries.length > mostEntries) stop('StorageNonsense')
    }
    return entries
  }

  return {
    resumes: false,
    list(prefix, signal) {
      const folder = folderOf(prefix)
      return answering(signal, () => null, () => walk(folder, prefix, signal))
    },
    get(name, signal, range) {
      const url = urlOf([...above, ...partsOf(name)], false)
      const wanted = range && rangeOf(range)
      return answering(signal, () => null, async () => {
        const answer = await ask('GET', url, signal, largestObject, rangeHeader(wanted))
        return answer.status === 404 ? null : (rangedBody(answer, wanted) ?? refused(answer))
      })
    },
    put(name, bytes, signal) {
      const parts = [...above, ...partsOf(name)]
      const folder = parts.slice(0, -1)
      const url = urlOf(parts, false)
      return answering(signal, () => null, async () => {
        const body = bytes.slice()
        const isParcel = name.startsWith(parcelPrefix)
        const target = isParcel ? url : `${url}.${randomBytes(6).toString('hex')}${halfFile}`
        const send = (): Promise<Answer> => ask('PUT', target, signal, otherBytes, { 'Content-Type': 'application/octet-stream' }, body)
        // Asking for the folder costs less than sending an object twice.
        const isKnown = made.has(urlOf(folder, true))
        if (!isKnown) await makeFolder(folder, signal)
        let answer = await send()
        if (isKnown && (isMissingParent(answer) || answer.status === 500)) {
          await makeFolder(folder, signal)
          answer = await send()
        }
        if (!isDone(answer)) refused(answer)
        if (isParcel) return { tag: plainTag(answer.headers.get('etag')) }
        const moved = await ask('MOVE', target, signal, otherBytes, { Destination: url, Overwrite: 'T' })
        // It is not there any more: a MOVE whose answer was lost has taken it, and this one was its repetition.
        if (moved.status === 404) stop('StorageUnreachable')
        return isDone(moved) ? { tag: null } : refused(moved)
      })
    },
    remove(name, signal) {
      const url = urlOf([...above, ...partsOf(name)], false)
      return answering(signal, () => null, async () => {
        const answer = await ask('DELETE', url, signal, otherBytes)
        return isDone(answer) || answer.status === 404 ? null : refused(answer)
      })
    },
  }
}

/** RFC 4918 9.3.1 and 9.7.1 say 409; some servers say that there is nothing, and nginx says 500 to a PUT. */
function isMissingParent({ status }: Answer): boolean {
  return status === 409 || status === 404
}

/** A page with 200 in answer to PUT, MOVE or DELETE is a login, not a success. */
function isDone({ status, headers }: Answer): boolean {
  return status === 201 || status === 204 || (status === 200 && !isPageType(headers))
}

/** A folder that can hold objects of ours: no deeper than names are. */
function partsDeep(folder: string): boolean {
  return folder.split('/').length <= 5
}
