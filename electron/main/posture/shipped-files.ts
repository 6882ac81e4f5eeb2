// Whether the files of the app are as they were shipped: each against the list that the package was made with, and that list against what
// the system noted when it installed the package (dpkg). A program that was changed with care says what it likes: what this finds is a
// broken disk, a half update, a change from outside. Who wants to know for certain asks the system: `dpkg --verify`.
import { createHash } from 'node:crypto'
import type { promises } from 'node:fs'
import { join } from 'node:path'
import type { AppFacts, Unchanged } from './ports.ts'

type Files = Pick<typeof promises, 'open' | 'readFile' | 'stat'>

const list = 'resources/sums.sha256'
const noted = 'var/lib/dpkg/info/fumibako.md5sums'
const piece = 4 * 1024 * 1024

/**
 * @param files Electron's `original-fs`: its `fs` shows an archive as a folder.
 * @param folder that holds `resources`
 * @param root of the system; a test gives a tree of its own
 */
export function createShippedFiles(files: Files, folder: string, root = '/'): AppFacts['shipped'] {
  const place = join(folder, list)
  const sums = createSums(files)
  /** What the system noted of this list; null where it installed none here. */
  const notedSum = async (): Promise<string | null> => {
    const text = await files.readFile(join(root, noted), 'utf8').catch(() => '')
    const line = text.split('\n').find((one) => join(root, one.slice(34)) === place)
    return line?.slice(0, 32) ?? null
  }
  const unchanged = async (): Promise<Unchanged> => {
    const text = await files.readFile(place).catch(() => null)
    const asNoted = await notedSum()
    if (text === null) return asNoted === null ? 'unlisted' : 'no'
    if (asNoted !== null && createHash('md5').update(text).digest('hex') !== asNoted) return 'no'
    const lines = text.toString('utf8').split('\n').filter((line) => line !== '')
    if (lines.length === 0) return 'no'
    for (const line of lines) if ((await sums(join(folder, line.slice(66)))) !== line.slice(0, 64)) return 'no'
    return 'yes'
  }
  return { from: `${place}, ${join(root, noted)}`, unchanged }
}

/** SHA-256 of a file, read once as long as it is the same one; null where it cannot be read. */
function createSums(files: Files): (path: string) => Promise<string | null> {
  const known = new Map<string, { readonly file: string; readonly sum: string }>()
  return async (path) => {
    const found = await files.stat(path).catch(() => null)
    if (!found?.isFile()) return null
    const file = `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`
    const before = known.get(path)
    if (before?.file === file) return before.sum
    const sum = await sumOf(files, path).catch(() => null)
    if (sum !== null) known.set(path, { file, sum })
    return sum
  }
}

async function sumOf(files: Files, path: string): Promise<string> {
  const file = await files.open(path, 'r')
  try {
    const [bytes, sum] = [Buffer.allocUnsafe(piece), createHash('sha256')]
    for (;;) {
      const { bytesRead } = await file.read(bytes, 0, piece, null)
      if (bytesRead === 0) return sum.digest('hex')
      sum.update(bytes.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}
