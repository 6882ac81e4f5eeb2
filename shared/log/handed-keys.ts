// LG-71, LG-72: the key of one document, wrapped to the keys of people who may not read its collection. An object of its own beside the
// document's wrap, which only grows; what a first key must be is committed in the act that gives the right, a later one names itself (LG-68).

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import type { ContentKey, CryptoHost, PublicKey } from '../crypto/ports.ts'
import { unwrapKey, wrapKey, type WrapInfo, type Wrapped } from '../crypto/wrap.ts'
import { plainHandle } from './names.ts'
import { documentKeyId, openWrap, type DocumentPlace } from './wraps.ts'

/** By recipient (`personRecipient`). */
export type HandedKeys = Readonly<Record<string, Wrapped>>

const bytes = v.instance(Uint8Array)
const schema = v.strictObject({ s: v.literal(1), v: v.literal(1), kind: v.literal('handed'), to: v.record(v.string(), v.strictObject({ enc: bytes, ct: bytes })) })

export function handedKeysToBytes(to: HandedKeys): Uint8Array {
  return encodeCbor({ s: 1, v: 1, kind: 'handed', to })
}

export function parseHandedKeys(object: Uint8Array): HandedKeys | null {
  const parsed = v.safeParse(schema, decodeCbor(object))
  return parsed.success ? parsed.output.to : null
}

/** A recipient that is there keeps its wrap (SY-12); null where either is none. */
export function uniteHandedKeys(before: Uint8Array, come: Uint8Array): Uint8Array | null {
  const [held, more] = [parseHandedKeys(before), parseHandedKeys(come)]
  return held && more ? handedKeysToBytes({ ...more, ...held }) : null
}

function infoOf({ workspace, collection, docHandle }: DocumentPlace, recipient: string): WrapInfo {
  return { purpose: 'document', workspace, subject: `${collection}/${docHandle}`, epoch: 0, recipient }
}

export interface HandedKey {
  readonly wraps: HandedKeys
  /** What a right on the document commits to, where it is its first key. */
  readonly id: string
}

/** The key in a document's wrap, wrapped to these; null where the wrap does not open here. */
export async function handKey(host: CryptoHost, epochKeyOf: (epoch: number) => ContentKey | null, place: DocumentPlace, wrap: Uint8Array, to: readonly (readonly [recipient: string, key: PublicKey])[]): Promise<HandedKey | null> {
  const raw = await openWrap(host, epochKeyOf, place, wrap)
  if (!raw) return null
  const wraps: Record<string, Wrapped> = {}
  for (const [recipient, key] of to) wraps[recipient] = await wrapKey(key, infoOf(place, recipient), raw)
  const id = documentKeyId(plainHandle(place.docHandle), raw)
  raw.fill(0)
  return { wraps, id }
}

/** Null where it is not wrapped to this recipient, or does not open. The caller holds the key against what it must be. */
export async function openHandedKey(privateKey: Uint8Array, place: DocumentPlace, recipient: string, object: Uint8Array): Promise<Uint8Array | null> {
  const wrapped = parseHandedKeys(object)?.[recipient]
  const raw = wrapped ? await unwrapKey(privateKey, infoOf(place, recipient), wrapped) : null
  return raw?.length === 32 ? raw : null
}
