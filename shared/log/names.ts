// LG-1 to LG-6: names of objects under z1/<workspace>/. Lower case [a-z0-9-/.], at most 5 levels below the workspace, at most 120 characters.
// A name never shows a title, a person's name or a collection's name: handles are keyed or content hashes.

import { bytesToBase32, utf8ToBytes, concatBytes, hexToBytes } from '../base/bytes.ts'
import { hmacSha256, sha256 } from '../crypto/hash.ts'

/** Collection zero: people, positions, rules, devices, seats. */
export const collectionZero = 'zero'

/** Stands for a collection in object names (10 bytes of HMAC under the genesis hash). */
export function collectionHandle(genesis: string, collection: string): string {
  return bytesToBase32(hmacSha256(hexToBytes(genesis), utf8ToBytes(`collection/${collection}`)).subarray(0, 10))
}

/** Stands for a document in headers and names; document ids are unguessable, so the handle tells nothing without the id. */
export function documentHandle(workspace: string, doc: string): string {
  return bytesToBase32(sha256(concatBytes(utf8ToBytes(`fumibako/1/document/${workspace}/`), utf8ToBytes(doc))).subarray(0, 15))
}

/** LG-8 stands for a document under a key that took the place of its first; `key` null: under the first. */
export function keyedHandle(docHandle: string, key: string | null): string {
  return key === null ? docHandle : `${docHandle}.${key}`
}

/** The document's own handle, under whatever key it stands. */
export function plainHandle(handle: string): string {
  return handle.split('.', 1)[0] ?? handle
}

export function seqName(seq: number): string {
  return String(seq).padStart(8, '0')
}

/** LG-2 the next segment's name is computable from the sequence number alone; a folder holds at most 1,000. */
export function segmentName(handle: string, lane: string, seq: number): string {
  return `j/${handle}/${lane}/${String(Math.floor(seq / 1000)).padStart(5, '0')}/${seqName(seq)}`
}

export function segmentFolder(handle: string, lane: string): string {
  return `j/${handle}/${lane}`
}

/** A segment whose name was taken by other bytes lies beside it, under its lane, its number and its own hash. */
export function twinName(handle: string, lane: string, seq: number, sha256Hex: string): string {
  return `${twinFolder(handle)}/${lane}/${seqName(seq)}/${bytesToBase32(hexToBytes(sha256Hex))}`
}

export function twinFolder(handle: string): string {
  return `x/${handle}`
}

export function isTwinName(name: string): boolean {
  return name.startsWith('x/')
}

export function packName(sha256Hex: string): string {
  return `p/${sha256Hex.slice(0, 2)}/${sha256Hex}`
}

export function sessionName(sha256Hex: string): string {
  return `c/${sha256Hex.slice(0, 2)}/${sha256Hex}`
}

export function epochWrapsName(handle: string, epoch: number): string {
  return `k/${handle}/${epoch}`
}

export function documentWrapName(handle: string, docHandle: string): string {
  return `k/${handle}/d/${docHandle}`
}

/** LG-71 where a document's key lies wrapped to people who may not read its collection. */
export function handedKeysName(handle: string, docHandle: string): string {
  return `k/${handle}/p/${docHandle}`
}

/** Where the wraps of documents whose handles begin alike lie together (LG-65). */
export function wrapBookName(handle: string, docHandle: string): string {
  return `k/${handle}/w/${docHandle.slice(0, 1)}`
}

/** A snapshot of a collection: how many records it covers, and the SHA-256 (hex) of its bytes. */
export function snapshotName(handle: string, records: number, sha256Hex: string): string {
  return `s/${handle}/${seqName(records)}-${sha256Hex}`
}

export interface SnapshotPlace {
  /** Handle of the collection. */
  readonly of: string
  readonly records: number
  readonly sha256: string
}

const snapshots = /^s\/([0-9a-z]+)\/(\d{8})-([0-9a-f]{64})$/

/** Null for the name of anything else. */
export function snapshotPlace(name: string): SnapshotPlace | null {
  const [, of, records, sha256] = snapshots.exec(name) ?? []
  return of !== undefined && sha256 !== undefined ? { of, records: Number(records), sha256 } : null
}

/** A person's key, wrapped to one seat (or to `recovery`). */
export function personWrapName(person: string, recipient: string): string {
  return `u/${person}/${recipient}`
}

/** All beacons of a storage lie under this: one listing is a poll. */
export const beaconPrefix = 'b/0/'

export function beaconName(publisher: string): string {
  return `${beaconPrefix}${publisher}`
}

/** Parcels are on storages only; a disk of ours holds the objects that were in them. */
export const parcelPrefix = 'o/'

export function parcelName(sha256Hex: string): string {
  return `${parcelPrefix}${sha256Hex.slice(0, 2)}/${sha256Hex}`
}

/** Enrolment letters: a request, and beside it its answer. They are on storages only. */
export const enrolPrefix = 'e/'

export function enrolRequestName(id: string): string {
  return `${enrolPrefix}${id}`
}

export function enrolAnswerName(id: string): string {
  return `${enrolPrefix}${id}.a`
}

/** Plans of removal; they are on storages only. */
export const removalPrefix = 'd/'

/** What a publisher will take away, under the month (UTC) in which it was written down. */
export function removalName(at: number, sha256Hex: string): string {
  return `${removalPrefix}${new Date(at).toISOString().slice(0, 7).replace('-', '')}/${sha256Hex}`
}

export const formatName = 'f'
/** On a medium that is carried by hand: what it is known again by. */
export const mediumName = 'm'
export const rootWrapName = 'u/root/recovery'

const allowed = /^[a-z0-9][a-z0-9.-]*(\/[a-z0-9][a-z0-9.-]*){0,4}$/

/** True for a name that this layout can have; everything else is refused before it reaches a disk. */
export function isObjectName(name: string): boolean {
  return name.length <= 120 && allowed.test(name) && !name.includes('..')
}
