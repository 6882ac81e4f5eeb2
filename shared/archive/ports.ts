// What the archive room asks of the world: running digests and a folder to look at. Both are handed in,
// so that the same code judges a package in Node, in a browser and over a folder that exists only in a test.

import type { Result } from '../base/result.ts'

/** Checksum algorithms by their BagIt names (RFC 8493 2.4). */
export type DigestName = 'sha512' | 'sha384' | 'sha256' | 'sha224' | 'sha1' | 'md5'

export const digestLengths: Readonly<Record<DigestName, number>> = { sha512: 64, sha384: 48, sha256: 32, sha224: 28, sha1: 20, md5: 16 }

export function isDigestName(name: string): name is DigestName {
  return Object.hasOwn(digestLengths, name)
}

/** A digest being computed. `hex` ends it (lower case); nothing may be called afterwards. */
export interface RunningDigest {
  update(bytes: Uint8Array): void
  hex(): string
}

export interface Digests {
  start(name: DigestName): RunningDigest
}

/** One thing under the root. `path` is relative, with `/`; `undecodable` is anything whose name is not Unicode (shown with its bad parts replaced). */
export interface TreeEntry {
  readonly path: string
  readonly kind: 'file' | 'directory' | 'symlink' | 'special' | 'unreadable' | 'undecodable'
  /** Bytes, for files; 0 otherwise. */
  readonly size: number
}

export interface FileUnreadable {
  readonly type: 'FileUnreadable'
  readonly path: string
  readonly retry: 'later'
}

/** A folder, read only. Symbolic links are reported and never followed, neither when listing nor when reading. */
export interface FileTree {
  /** Everything below the root, in any order, each once. */
  entries(): AsyncIterable<TreeEntry>
  /** Hands the bytes of a listed file to `take`, in order; the value is their number. Reads nothing outside the root. */
  read(path: string, take: (chunk: Uint8Array) => void): Promise<Result<number, FileUnreadable>>
}

/** A file on its way into a bag or onto a disk: a path and its bytes in order. */
export interface PackageFile {
  readonly path: string
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}
