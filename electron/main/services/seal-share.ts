// A package for somebody outside, in one file that opens with a passphrase and a standard tool: a tar archive in CMS (SG-20). The passphrase
// is drawn here, is handed over once and kept nowhere.

import { createCipheriv, pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'
import { bytesToBase32, concatBytes, utf8ToBytes } from '@shared/base/bytes.ts'
import type { Random } from '@shared/base/ports.ts'
import { authEnvelopedData, paddedKey } from '@shared/signing/enveloped.ts'

export interface ShareFile {
  /** ASCII, as packages have it. */
  readonly path: string
  readonly bytes: Uint8Array
}

/** 100 bits in four groups, in letters and digits that are not taken for others. */
export function drawPassphrase(random: Random): string {
  const drawn = bytesToBase32(random.bytes(13)).slice(0, 20)
  return (drawn.match(/.{5}/g) ?? []).join('-')
}

const iterations = 600_000

/** `modified`: seconds since 1970 UTC, of every file. */
export async function sealShare(random: Random, files: readonly ShareFile[], passphrase: string, modified: number): Promise<Uint8Array> {
  const archive = tarOf(files, modified)
  const [salt, wrapIv, key, nonce] = [random.bytes(16), random.bytes(16), random.bytes(32), random.bytes(12)]
  const wrapping = await promisify(pbkdf2)(passphrase, salt, iterations, 32, 'sha256')
  const wrap = createCipheriv('aes-256-cbc', wrapping, wrapIv).setAutoPadding(false)
  const once = wrap.update(paddedKey(key, random.bytes(16)))
  // Not begun anew: the second pass goes on from the last block of the first.
  const wrappedKey = wrap.update(once)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const ciphertext = concatBytes(cipher.update(archive), cipher.final())
  key.fill(0)
  wrapping.fill(0)
  return authEnvelopedData({ salt, iterations, wrapIv, wrappedKey: Uint8Array.from(wrappedKey), nonce, ciphertext, tag: Uint8Array.from(cipher.getAuthTag()) })
}

const block = 512

/** A tar archive (POSIX.1-1988 ustar): names of packages are short and ASCII. */
function tarOf(files: readonly ShareFile[], modified: number): Uint8Array {
  const parts = files.flatMap(({ path, bytes }) => [headerOf(path, bytes.length, modified), bytes, new Uint8Array((block - (bytes.length % block)) % block)])
  return concatBytes(...parts, new Uint8Array(2 * block))
}

function headerOf(path: string, size: number, modified: number): Uint8Array {
  const header = new Uint8Array(block)
  const put = (at: number, text: string): void => header.set(utf8ToBytes(text), at)
  const octal = (at: number, length: number, value: number): void => put(at, `${value.toString(8).padStart(length - 1, '0')}\0`)
  const [name, prefix] = splitName(path)
  put(0, name)
  octal(100, 8, 0o644)
  octal(108, 8, 0)
  octal(116, 8, 0)
  octal(124, 12, size)
  octal(136, 12, modified)
  put(148, ' '.repeat(8))
  put(156, '0')
  put(257, 'ustar\x0000')
  put(345, prefix)
  put(148, `${header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `)
  return header
}

/** A name of up to 100 characters, and what lies before it up to 155. */
function splitName(path: string): readonly [name: string, prefix: string] {
  if (path.length <= 100) return [path, '']
  const at = path.indexOf('/', path.length - 101)
  if (at < 0 || at > 155) throw new Error('defect: a package’s path is too long for an archive')
  return [path.slice(at + 1), path.slice(0, at)]
}
