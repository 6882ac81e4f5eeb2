// Lays out a BagIt 1.0 bag (RFC 8493) as a stream of files: payload first, then the tag files that vouch for it.
// It never opens a file, holds one at a time and never guesses a digest: what is written is what was hashed.

import { bytesToHex, concatBytes, utf8ToBytes } from '../base/bytes.ts'
import { assert } from '../base/result.ts'
import { isPackagePath, pathToCollisionKey, pathToManifest } from './bag-path.ts'
import type { Subtle } from '../crypto/ports.ts'
import type { PackageFile } from './ports.ts'

/** Elements of bag-info.txt in the order given; Payload-Oxum is added. Values are one line each. */
export interface BagInfo {
  /** YYYY-MM-DD, the day in Japan. */
  readonly baggingDate: string
  readonly sourceOrganization: string
  readonly externalIdentifier: string
  readonly externalDescription: string
  readonly softwareAgent: string
  /** e.g. the workspace and the kind of the export. */
  readonly more: readonly (readonly [label: string, value: string])[]
}

interface Hashed {
  readonly path: string
  readonly digest: string
}

/**
 * The whole bag, in writing order. `payload` paths are relative to `data/`. Each file's chunks must be read to the
 * end before the next file is asked for: the manifest is made of what passed by (AR-2).
 */
export async function* buildBag(
  payload: AsyncIterable<PackageFile> | Iterable<PackageFile>,
  info: BagInfo,
  subtle: Pick<Subtle, 'digest'>,
): AsyncGenerator<PackageFile, void, undefined> {
  const listed: Hashed[] = []
  const keys = new Set<string>()
  let octets = 0
  for await (const file of payload) {
    const path = `data/${file.path}`
    assert(isPackagePath(path), 'AR-4: payload paths are short lower-case ASCII')
    assert(!keys.has(pathToCollisionKey(path)), 'AR-4: no two payload files share a path')
    keys.add(pathToCollisionKey(path))
    const passed = passBy(file.chunks)
    yield { path, chunks: passed.chunks }
    const bytes = passed.whole()
    listed.push({ path, digest: await sha512Hex(subtle, bytes) })
    octets += bytes.length
  }
  const tags: Hashed[] = []
  for (const [path, text] of [
    ['bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'],
    ['bag-info.txt', infoToText(info, `${octets}.${listed.length}`)],
    ['manifest-sha512.txt', manifestToText(listed)],
  ] as const) {
    const bytes = utf8ToBytes(text)
    tags.push({ path, digest: await sha512Hex(subtle, bytes) })
    yield { path, chunks: [bytes] }
  }
  yield { path: 'tagmanifest-sha512.txt', chunks: [utf8ToBytes(manifestToText(tags))] }
}

/** Sorted by code unit, so that the same content always gives the same manifest. */
function manifestToText(files: readonly Hashed[]): string {
  return files
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map((f) => `${f.digest}  ${pathToManifest(f.path)}\n`)
    .join('')
}

function infoToText(info: BagInfo, oxum: string): string {
  const elements: readonly (readonly [string, string])[] = [
    ['Source-Organization', info.sourceOrganization],
    ['External-Identifier', info.externalIdentifier],
    ['External-Description', info.externalDescription],
    ['Bagging-Date', info.baggingDate],
    ['Payload-Oxum', oxum],
    ['Bag-Software-Agent', info.softwareAgent],
    ...info.more,
  ]
  return elements.map(([label, value]) => `${label}: ${value.replace(/\s*[\r\n\u0085\u2028\u2029]+\s*/g, ' ')}\n`).join('')
}

async function sha512Hex(subtle: Pick<Subtle, 'digest'>, bytes: Uint8Array): Promise<string> {
  return bytesToHex(new Uint8Array(await subtle.digest('SHA-512', bytes)))
}

function passBy(chunks: PackageFile['chunks']): { readonly chunks: AsyncIterable<Uint8Array>; readonly whole: () => Uint8Array } {
  const parts: Uint8Array[] = []
  let ended = false
  async function* tap(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of chunks) {
      parts.push(chunk)
      yield chunk
    }
    ended = true
  }
  return {
    chunks: tap(),
    whole() {
      assert(ended, 'AR-2: a file of the bag is read to its end before the next')
      const [first, ...more] = parts
      return first && more.length === 0 ? first : concatBytes(...parts)
    },
  }
}
