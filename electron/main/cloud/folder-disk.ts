// What the folder storage asks of a disk, and the real one. Everything throws the system's errors; nothing here decides what they mean.

import type { Dirent } from 'node:fs'
import { lstat, open, readdir, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeFolder, writeDurably } from '../services/durable-file.ts'

export interface DiskFile {
  readonly size: number
  /** Differs when the file may have been replaced. */
  readonly tag: string
}

export interface FolderDisk {
  /** Folders and plain files right under a folder; links, pipes and devices are not told. */
  entries(folder: string): Promise<{ readonly folders: readonly string[]; readonly files: readonly string[] }>
  /** A plain file, a folder, or neither. */
  kind(path: string): Promise<'file' | 'folder' | 'other'>
  stat(path: string): Promise<DiskFile>
  /** At most `length` bytes from `at`; fewer where the file ends. */
  read(path: string, at: number, length: number, signal: AbortSignal): Promise<Uint8Array>
  /** Whole and durable, or not at all. */
  write(path: string, bytes: Uint8Array, signal: AbortSignal): Promise<void>
  makeFolderOf(path: string): Promise<void>
  remove(path: string): Promise<void>
}

const piece = 1024 * 1024

export const nodeFolderDisk: FolderDisk = {
  async entries(folder) {
    const found: readonly Dirent[] = await readdir(folder, { withFileTypes: true })
    return { folders: found.filter((one) => one.isDirectory()).map((one) => one.name), files: found.filter((one) => one.isFile()).map((one) => one.name) }
  },
  async kind(path) {
    const found = await lstat(path)
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other'
  },
  async stat(path) {
    // The inode too: file systems of USB sticks count time in steps of two seconds, and a file is replaced by a new one.
    const { size, mtimeNs, ino } = await lstat(path, { bigint: true })
    return { size: Number(size), tag: [mtimeNs, size, ino].map((part) => part.toString(36)).join('-') }
  },
  async read(path, at, length, signal) {
    const file = await open(path, 'r')
    try {
      const { size } = await file.stat()
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - at)))
      let done = 0
      while (done < bytes.length) {
        signal.throwIfAborted()
        const { bytesRead } = await file.read(bytes, done, Math.min(piece, bytes.length - done), at + done)
        if (bytesRead === 0) throw Object.assign(new Error('the file became shorter'), { code: 'EAGAIN' })
        done += bytesRead
      }
      return bytes
    } finally {
      await file.close()
    }
  },
  write: writeDurably,
  makeFolderOf: (path) => makeFolder(dirname(path)),
  remove: (path) => unlink(path),
}
