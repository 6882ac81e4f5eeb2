// LG-60 to LG-64: wraps are objects of their own, never inside segments, and replaceable: a document can be shown, re-keyed or
// erased without touching a chain. What an epoch key must be is committed in collection zero, so a swapped wrap is found.

import * as v from 'valibot'
import { bytesToBase32, bytesToHex, concatBytes, utf8ToBytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { importContentKey, open, seal } from '../crypto/envelope.ts'
import { sha256 } from '../crypto/hash.ts'
import type { ContentKey, CryptoHost, PublicKey } from '../crypto/ports.ts'
import type { Wrapped } from '../crypto/wrap.ts'
import { keyedHandle, plainHandle } from './names.ts'

/** The recipient's name in wraps to the recovery sheet. */
export const recoveryRecipient = 'recovery'

const bytes = v.instance(Uint8Array)
const wrappedSchema = v.strictObject({ enc: bytes, ct: bytes })
const epochSchema = v.strictObject({ s: v.literal(1), v: v.literal(1), kind: v.literal('epoch'), to: v.record(v.string(), wrappedSchema) })
const singleSchema = v.strictObject({ s: v.literal(1), v: v.literal(1), kind: v.literal('single'), wrapped: wrappedSchema })
const documentSchema = v.strictObject({ s: v.literal(1), v: v.literal(1), kind: v.literal('document'), epoch: v.number(), sealed: bytes })

/** Stands for one key of a person in epoch wraps: who was given a fresh key with a further seat has two, each with wraps of its own. */
export function personRecipient(person: string, key: PublicKey): string {
  return `${person}.${bytesToHex(sha256(key).subarray(0, 8))}`
}

/** Epoch key of a collection, wrapped to each person's keys (`personRecipient`) and to `recovery`. */
export type EpochWraps = Readonly<Record<string, Wrapped>>

export function epochWrapsToBytes(to: EpochWraps): Uint8Array {
  return encodeCbor({ s: 1, v: 1, kind: 'epoch', to })
}

export function parseEpochWraps(object: Uint8Array): EpochWraps | null {
  const parsed = v.safeParse(epochSchema, decodeCbor(object))
  return parsed.success ? parsed.output.to : null
}

/** One key to one recipient (a person's key to a seat, the root key to recovery). */
export function singleWrapToBytes(wrapped: Wrapped): Uint8Array {
  return encodeCbor({ s: 1, v: 1, kind: 'single', wrapped })
}

export function parseSingleWrap(object: Uint8Array): Wrapped | null {
  const parsed = v.safeParse(singleSchema, decodeCbor(object))
  return parsed.success ? parsed.output.wrapped : null
}

/** LG-62 what `epoch.new` commits to: tells nothing of the key, fits no other. */
export function epochCommitment(collection: string, epoch: number, key: Uint8Array): string {
  return bytesToHex(sha256(concatBytes(utf8ToBytes(`fumibako/1/epoch/${collection}/${epoch}/`), key)))
}

function documentAad(workspace: string, collection: string, epoch: number, docHandle: string): Uint8Array {
  return encodeCbor(['document-key', workspace, collection, epoch, docHandle])
}

export interface DocumentPlace {
  readonly workspace: string
  readonly collection: string
  readonly docHandle: string
}

export async function sealDocumentKey(host: CryptoHost, epochKey: ContentKey, epoch: number, place: DocumentPlace, documentKey: Uint8Array): Promise<Uint8Array> {
  const aad = documentAad(place.workspace, place.collection, epoch, place.docHandle)
  return documentWrapToBytes(epoch, await seal(host, epochKey, 'document-key', aad, documentKey))
}

export function documentWrapToBytes(epoch: number, sealed: Uint8Array): Uint8Array {
  return encodeCbor({ s: 1, v: 1, kind: 'document', epoch, sealed })
}

/** The epoch that a document's wrap stands under; null for bytes that are none. */
export function documentWrapEpoch(object: Uint8Array): number | null {
  const parsed = v.safeParse(documentSchema, decodeCbor(object))
  return parsed.success ? parsed.output.epoch : null
}

/** Null when the object is malformed, the epoch's key is not held, or the wrap belongs elsewhere. */
export async function openDocumentKey(host: CryptoHost, epochKeyOf: EpochKeyOf, place: DocumentPlace, object: Uint8Array): Promise<ContentKey | null> {
  const raw = await openWrap(host, epochKeyOf, place, object)
  return raw && importContentKey(host, raw)
}

/** The same key, sealed under another epoch key; null as above. */
export async function sealDocumentKeyAnew(host: CryptoHost, epochKeyOf: EpochKeyOf, place: DocumentPlace, object: Uint8Array, to: { readonly epoch: number; readonly key: ContentKey }): Promise<Uint8Array | null> {
  const raw = await openWrap(host, epochKeyOf, place, object)
  if (!raw) return null
  const aad = documentAad(place.workspace, place.collection, to.epoch, place.docHandle)
  const sealed = await seal(host, to.key, 'document-key', aad, raw)
  raw.fill(0)
  return sealed
}

/** LG-68 the name of a key that took the place of a document's first: it fits no other key. */
export function documentKeyId(docHandle: string, documentKey: Uint8Array): string {
  return bytesToBase32(sha256(concatBytes(utf8ToBytes(`fumibako/1/document-key/${docHandle}/`), documentKey)).subarray(0, 10))
}

function isKeyOf(handle: string, documentKey: Uint8Array): boolean {
  const docHandle = plainHandle(handle)
  return handle === docHandle || handle === keyedHandle(docHandle, documentKeyId(docHandle, documentKey))
}

type EpochKeyOf = (epoch: number) => ContentKey | null

/** The key itself, for as long as it takes to seal it to somebody else; null as for `openDocumentKey`. */
export async function openWrap(host: CryptoHost, epochKeyOf: EpochKeyOf, place: DocumentPlace, object: Uint8Array): Promise<Uint8Array | null> {
  const parsed = v.safeParse(documentSchema, decodeCbor(object))
  const epochKey = parsed.success ? epochKeyOf(parsed.output.epoch) : null
  if (!parsed.success || !epochKey) return null
  const aad = documentAad(place.workspace, place.collection, parsed.output.epoch, place.docHandle)
  const raw = await open(host, epochKey, 'document-key', aad, parsed.output.sealed)
  return raw && raw.length === 32 && isKeyOf(place.docHandle, raw) ? raw : null
}
