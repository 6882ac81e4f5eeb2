// The disk of the export sink, on Node's file system. It decides nothing: errors pass through as the system named them.

import { lstat, mkdir, open, rename, rm } from 'node:fs/promises'
import type { SinkDisk } from './export-sink.ts'

export const nodeSinkDisk: SinkDisk = {
  async exists(path) {
    try {
      await lstat(path)
      return true
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return false
      throw cause
    }
  },
  async createFolder(path) {
    await mkdir(path)
  },
  async createFile(path) {
    const handle = await open(path, 'wx', 0o644)
    return {
      async write(bytes) {
        let at = 0
        while (at < bytes.length) at += (await handle.write(bytes, at)).bytesWritten
      },
      sync: () => handle.sync(),
      close: () => handle.close(),
    }
  },
  async syncFolder(path) {
    // Windows cannot open a folder, and some file systems of sticks cannot force one: the files themselves were forced.
    try {
      const handle = await open(path, 'r')
      try {
        await handle.sync()
      } finally {
        await handle.close()
      }
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code ?? ''
      if (!['EISDIR', 'EPERM', 'EINVAL', 'EBADF', 'ENOTSUP'].includes(code)) throw cause
    }
  },
  rename,
  async remove(path) {
    await rm(path, { recursive: true, force: true })
  },
}
