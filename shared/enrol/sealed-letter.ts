// EN-10 to EN-12: how a request and an answer lie in the storage: a letter sealed to a few people, always of one size, that opens at
// its own name only. The storage learns that somebody asked, not who, nor whom.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { importContentKey, open, seal } from '../crypto/envelope.ts'
import { sha256 } from '../crypto/hash.ts'
import { createKeyPair } from '../crypto/keys.ts'
import type { CryptoHost, PublicKey } from '../crypto/ports.ts'
import { unwrapKey, wrapKey, type WrapInfo, type Wrapped } from '../crypto/wrap.ts'

export type LetterKind = 'enrol-request' | 'enrol-answer'

/** Where a letter lies; it opens nowhere else. */
export interface LetterPlace {
  readonly kind: LetterKind
  readonly workspace: string
  /** Object name. */
  readonly name: string
}

/** Bytes of every letter's content, before sealing. */
export const letterLength = { 'enrol-request': 2_048, 'enrol-answer': 16_384 } as const

export const largestLetterBytes = 32 * 1024

const bytes = v.instance(Uint8Array)
const wrapped = v.strictObject({ enc: v.pipe(bytes, v.length(65)), ct: v.pipe(bytes, v.length(48)) })
const letterSchema = v.strictObject({ s: v.literal(1), v: v.literal(1), kind: v.picklist(['enrol-request', 'enrol-answer']), to: v.pipe(v.array(wrapped), v.minLength(1), v.maxLength(8)), x: bytes })

function wrapInfo(place: LetterPlace): WrapInfo {
  return { purpose: place.kind, workspace: place.workspace, subject: place.name, epoch: 0, recipient: '' }
}

function bound(place: LetterPlace, to: readonly Wrapped[]): Uint8Array {
  return encodeCbor([place.kind, place.workspace, place.name, sha256(encodeCbor(to))])
}

/** Sealed to `recipients`, filled up to `places` with wraps that nobody can open. Throws on content that is too long: a defect of the caller. */
export async function sealLetter(host: CryptoHost, place: LetterPlace, recipients: readonly PublicKey[], places: number, content: Uint8Array): Promise<Uint8Array> {
  const length = letterLength[place.kind]
  if (content.length + 4 > length || recipients.length > places) throw new Error('defect: a letter is longer than its form')
  const key = host.random.bytes(32)
  const keys = [...recipients, ...Array.from({ length: places - recipients.length }, () => createKeyPair(host).publicKey)]
  const to = await Promise.all(keys.map((recipient) => wrapKey(recipient, wrapInfo(place), key)))
  const form = new Uint8Array(length)
  new DataView(form.buffer).setUint32(0, content.length)
  form.set(content, 4)
  const x = await seal(host, await importContentKey(host, key), place.kind, bound(place, to), form)
  return encodeCbor({ s: 1, v: 1, kind: place.kind, to, x })
}

/** Null for bytes that are no such letter, are not for this key, lie at another name or were changed. */
export async function openLetter(host: CryptoHost, place: LetterPlace, privateKey: Uint8Array, object: Uint8Array): Promise<Uint8Array | null> {
  if (object.length > largestLetterBytes) return null
  const parsed = v.safeParse(letterSchema, decodeCbor(object))
  if (!parsed.success || parsed.output.kind !== place.kind) return null
  const { to, x } = parsed.output
  for (const one of to) {
    const key = await unwrapKey(privateKey, wrapInfo(place), one)
    if (!key || key.length !== 32) continue
    const form = await open(host, await importContentKey(host, key), place.kind, bound(place, to), x)
    return form && readForm(form, letterLength[place.kind])
  }
  return null
}

function readForm(form: Uint8Array, length: number): Uint8Array | null {
  if (form.length !== length) return null
  const end = 4 + new DataView(form.buffer, form.byteOffset).getUint32(0)
  return end > length || form.subarray(end).some((byte) => byte !== 0) ? null : form.slice(4, end)
}
