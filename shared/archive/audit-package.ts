// Lays out an exported audit: signed pages, the table, the trail that proves each line, and what it hangs on, in one bag.

import type { Subtle } from '../crypto/ports.ts'
import { utf8ToBytes } from '../base/bytes.ts'
import { assert } from '../base/result.ts'
import { derToPem } from '../signing/pem.ts'
import { buildBag } from './bag.ts'
import { auditFormat } from './package-format.ts'
import type { PackageFile } from './ports.ts'
import { trailReading } from './readings.ts'
import { trailToBytes, type Trail } from './trail.ts'
import type { TrailReport } from './verify-trail.ts'

export interface AuditPackageInput {
  readonly trail: Trail
  readonly proof: TrailReport
  /** Signed. */
  readonly pages: Uint8Array
  readonly table: Uint8Array
  readonly title: string
  readonly identifier: string
  /** YYYY-MM-DD in Japan. */
  readonly date: string
  readonly software: string
}

export function auditBag({ trail, proof: { authority }, pages, table, title, identifier, date, software }: AuditPackageInput, subtle: Pick<Subtle, 'digest'>): AsyncGenerator<PackageFile, void, undefined> {
  const { root } = authority
  assert(root !== null, 'collection zero holds the root certificate')
  const info = {
    baggingDate: date,
    sourceOrganization: authority.town?.name ?? '',
    externalIdentifier: identifier,
    externalDescription: title,
    softwareAgent: software,
    more: [
      ['Fumibako-Audit-Format', auditFormat],
      ['Fumibako-Workspace', trail.workspace],
      ['Fumibako-Workspace-Kind', authority.genesis?.kind ?? ''],
      ['Fumibako-Genesis', trail.genesis],
    ],
  } as const
  const files: readonly (readonly [path: string, bytes: Uint8Array])[] = [
    ['audit.pdf', pages],
    ['audit.csv', table],
    ['trail.cbor', trailToBytes(trail)],
    ['trail.json', utf8ToBytes(trailReading(trail))],
    ['trust/root.pem', utf8ToBytes(derToPem('CERTIFICATE', root.certificate))],
    ['trust/root.crl', root.crl],
  ]
  return buildBag(each(files), info, subtle)
}

async function* each(files: readonly (readonly [path: string, bytes: Uint8Array])[]): AsyncGenerator<PackageFile, void, undefined> {
  for (const [path, bytes] of files) yield { path, chunks: [bytes] }
}
