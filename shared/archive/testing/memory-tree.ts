// A folder that exists only in memory: the file tree of tests and simulations.

import { concatBytes } from '../../base/bytes.ts'
import { err, ok } from '../../base/result.ts'
import type { FileTree, PackageFile, TreeEntry } from '../ports.ts'

/** What stands under a path: bytes, or something that a package must not hold. */
export type MemoryNode = Uint8Array | 'directory' | 'symlink' | 'special' | 'unreadable' | 'undecodable'

export function memoryTree(nodes: ReadonlyMap<string, MemoryNode>): FileTree {
  return {
    async *entries() {
      const folders = new Set<string>()
      for (const [path, node] of nodes) {
        const parts = path.split('/')
        for (let n = 1; n < parts.length; n++) folders.add(parts.slice(0, n).join('/'))
        yield (typeof node === 'string' ? { path, kind: node, size: 0 } : { path, kind: 'file', size: node.length }) satisfies TreeEntry
      }
      for (const path of folders) if (!nodes.has(path)) yield { path, kind: 'directory', size: 0 }
    },
    async read(path, take) {
      const node = nodes.get(path)
      if (!(node instanceof Uint8Array)) return err({ type: 'FileUnreadable', path, retry: 'later' })
      const half = node.length >> 1
      if (half > 0) take(node.subarray(0, half))
      take(node.subarray(half))
      return ok(node.length)
    },
  }
}

export async function filesToMemory(files: AsyncIterable<PackageFile>): Promise<Map<string, Uint8Array>> {
  const nodes = new Map<string, Uint8Array>()
  for await (const file of files) {
    const parts: Uint8Array[] = []
    for await (const chunk of file.chunks) parts.push(chunk)
    nodes.set(file.path, concatBytes(...parts))
  }
  return nodes
}
