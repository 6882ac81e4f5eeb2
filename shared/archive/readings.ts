// The readable copies beside the proof: trail.json and document.json. Each is a pure function of the trail, so that the
// verifier writes it again and compares: a reading can say nothing that the proof does not say.

import { bytesToHex } from '../base/bytes.ts'
import { decodeCbor } from '../base/cbor.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { parseHeader } from '../log/header.ts'
import { parseSession } from '../log/session.ts'
import type { DocumentRecord } from './record.ts'
import { trailChainHash, type Trail } from './trail.ts'

const longestShownBytes = 256

/** Plain data as JSON text: bytes as hex, long ones as hash and size. Ends with a newline. */
function toJson(value: unknown): string {
  return `${JSON.stringify(value, (_, item: unknown) => (item instanceof Uint8Array ? bytesReading(item) : item), 2)}\n`
}

function bytesReading(bytes: Uint8Array): unknown {
  return bytes.length <= longestShownBytes ? { hex: bytesToHex(bytes) } : { sha256: sha256Hex(bytes), size: bytes.length }
}

/** trail.json: everything in the trail, for people. */
export function trailReading(trail: Trail): string {
  return toJson({
    format: 'fumibako-trail-reading',
    version: 1,
    workspace: trail.workspace,
    genesis: trail.genesis,
    subjects: trail.subjects,
    sessions: trail.sessions.map((object) => {
      const session = parseSession(object)
      if (session === null) return null
      const { seat, device, person, notBefore, notAfter } = session.body
      return { hash: session.hash, seat, device, person, from: iso(notBefore), to: iso(notAfter) }
    }),
    ...(trail.listed ? { listed: trail.listed } : {}),
    ...(trail.pieces ? { states: trail.pieces.map(({ session, bytes }) => ({ session, statement: shownOf(bytes) })) } : {}),
    segments: trail.segments.map((segment) => {
      const header = parseHeader(segment.header)
      if (header === null) return null
      const { collection, lane, seq, prev, session, authority, hlc, acts } = header
      const shown = acts.map((act, i) => ({ type: act.type, document: act.doc, hash: act.event, event: shownOf(segment.shown[i] ?? null) }))
      return { collection, lane, seq, hash: trailChainHash(segment, header), prev, session, authority, clock: iso(hlc.ms), signature: segment.signature, acts: shown }
    }),
  })
}

function shownOf(plain: Uint8Array | null): unknown {
  return plain === null ? null : decodeCbor(plain)
}

function iso(ms: number): string {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString()
}

export interface PlacedFile {
  /** Relative to `data/`. */
  readonly path: string
  readonly kind: 'frozen' | 'signed' | 'attachment'
  /** Exactly as it was called. */
  readonly name: string
  readonly mediaType: string
  readonly size: number
  readonly sha256: string
}

/** document.json of document `n`. */
export function documentReading(n: number, record: DocumentRecord): string {
  const { id, title, form, cover, decisionClass, frozen, signed, route, acts, filed, number, status } = record
  return toJson({ format: 'fumibako-document', version: 1, n, id, title, ...(number === null ? {} : { number }), form, status, decisionClass, cover, frozen, signed, route, acts, filed, files: placedFiles(n, record) })
}

/** AR-31: where the files of document `n` lie. */
export function placedFiles(n: number, record: DocumentRecord): readonly PlacedFile[] {
  const folder = `documents/${n}`
  const pdf = { mediaType: 'application/pdf' } as const
  const files: PlacedFile[] = [{ path: `${folder}/frozen.pdf`, kind: 'frozen', name: 'frozen.pdf', ...pdf, size: record.frozen.size, sha256: record.frozen.sha256 }]
  if (record.signed !== null) files.push({ path: `${folder}/signed.pdf`, kind: 'signed', name: 'signed.pdf', ...pdf, size: record.signed.size, sha256: record.signed.sha256 })
  for (const [i, { name, mediaType, size, sha256 }] of record.attachments.entries()) {
    files.push({ path: `${folder}/attachments/${i + 1}.${extensionOf(name)}`, kind: 'attachment', name, mediaType, size, sha256 })
  }
  return files
}

/** The part after the last dot when it is short ASCII, so that a double click opens the file. */
function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? 'bin'
}
