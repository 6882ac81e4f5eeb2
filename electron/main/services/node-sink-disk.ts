// The disk of the export sink, on Node's file system. It decides nothing: errors pass through as the system named them.

import { lstat, mkdir, open, rename, rm } from 'node:fs/promises'
import { syncFolder } from './durable-file.ts'
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
  // Some file systems of sticks cannot force a folder: the files themselves were forced.
  syncFolder,
  rename,
  async remove(path) {
    await rm(path, { recursive: true, force: true })
  },
}
