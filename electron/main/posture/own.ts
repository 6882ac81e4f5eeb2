// What the app says of itself on every system: is it as it was shipped and closed to others, does its clock agree with what was heard,
// has the disk of the records room?

import { constants } from 'node:fs'
import { access, open, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { HeardClock } from './heard-clock.ts'
import type { AppFacts, Sources } from './ports.ts'

/** Opens a door into main or its pages for whoever started the app. */
const opening = /^--(inspect(-brk|-port|-publish-uid)?|remote-debugging-(port|pipe|address))(=|$)/

export function ownSources(app: AppFacts, heard: Pick<HeardClock, 'skewMs'>): Sources {
  const wire = createFuseReader()
  return {
    app: {
      from: `${app.executable}, ${app.resources}, ${app.shipped.from}`,
      async read() {
        const writable = await Promise.all([app.executable, app.binary, dirname(app.executable), app.resources].map(mayWrite))
        const yes = (is: boolean): string => (is ? 'yes' : 'no')
        return [`version=${app.version}`, `electron=${app.electron}`, `packaged=${yes(app.packaged)}`, `writable=${yes(writable.includes(true))}`, `unchanged=${await app.shipped.unchanged()}`, `debugged=${yes(app.argv.some((one) => opening.test(one)))}`, `fuses=${await wire(app.binary)}`].join('\n')
      },
    },
    clock: {
      from: 'Date (HTTP)',
      async read() {
        const skew = heard.skewMs()
        return skew === null ? '' : `skew-ms=${skew}`
      },
    },
    store: {
      from: app.profile,
      read: () => statfs(app.profile).then(({ bavail, bsize }) => `free-bytes=${bavail * bsize}`, () => ({ unread: 'failed' }) as const),
    },
  }
}

const mayWrite = (path: string): Promise<boolean> => access(path, constants.W_OK).then(() => true, () => false)

const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
const piece = 4 * 1024 * 1024

/** The fuses as they stand in the program itself; read once as long as the file is the same one. Empty where they are not found. */
function createFuseReader(): (executable: string) => Promise<string> {
  let known: { readonly file: string; readonly wire: string } | null = null
  return async (executable) => {
    const found = await stat(executable).catch(() => null)
    if (found === null) return ''
    const file = `${found.ino} ${found.size} ${found.mtimeMs}`
    if (known?.file !== file) known = { file, wire: await readFuses(executable).catch(() => '') }
    return known.wire
  }
}

/** Behind the sentinel: the version, how many, and one character for each (`@electron/fuses`). */
async function readFuses(executable: string): Promise<string> {
  const file = await open(executable, 'r')
  try {
    const bytes = Buffer.alloc(piece)
    const overlap = sentinel.length + 64
    for (let from = 0; ; from += piece - overlap) {
      const { bytesRead } = await file.read(bytes, 0, piece, from)
      const at = bytes.subarray(0, bytesRead).indexOf(sentinel)
      const end = at + sentinel.length
      if (at >= 0 && end + 34 <= bytesRead) return bytes[end] === 1 ? wireOf(bytes.subarray(end + 2, end + 2 + Math.min(bytes[end + 1] ?? 0, 32))) : ''
      if (bytesRead < piece) return ''
    }
  } finally {
    await file.close()
  }
}

/** Off, on, or left to Electron. */
const wireOf = (bytes: Buffer): string => [...bytes].map((state) => (state === 0x30 ? '0' : state === 0x31 ? '1' : 'r')).join('')
