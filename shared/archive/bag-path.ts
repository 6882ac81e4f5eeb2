// Which paths a bag may name and how they are written in a manifest. It never touches a disk:
// a path judged unsafe here is never handed to a file tree.

import type { Verdict } from '../base/verdict.ts'

/** RFC 8493 2.1.3: only CR, LF and % are percent-encoded in a manifest. */
export function pathToManifest(path: string): string {
  return path.replace(/[%\r\n]/g, (c) => (c === '%' ? '%25' : c === '\r' ? '%0D' : '%0A'))
}

/** The inverse. Other percent sequences are not ours to read: they stay as they stand (many tools write a bare %). */
export function manifestToPath(text: string): string {
  return text.replace(/%(25|0[ad])/gi, (_, code: string) => (code === '25' ? '%' : code.toLowerCase() === '0d' ? '\r' : '\n'))
}

const reserved = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i

/**
 * Does this path of a manifest or of fetch.txt stay inside the bag (RFC 8493 5.1, 5.2)?
 * fail `path-unsafe`: absolute, drive letter, home folder, or `..` by either separator. pass with `path-not-portable`:
 * a name that another system cannot hold.
 */
export function judgePath(path: string): Verdict {
  const unsafe: Verdict = { outcome: 'fail', reasons: [{ code: 'path-unsafe', facts: { path } }] }
  if (path === '' || path.includes('\0')) return unsafe
  if (/^[/\\~]/.test(path) || /^[a-z]:/i.test(path)) return unsafe
  const segments = path.split(/[/\\]/)
  if (segments.includes('..')) return unsafe
  const odd = path.includes('\\') || segments.some((s) => reserved.test(s) || (s !== '.' && /[. ]$/.test(s)) || /[<>:"|?*\u0000-\u001f]/.test(s))
  return { outcome: 'pass', reasons: odd ? [{ code: 'path-not-portable', facts: { path } }] : [] }
}

/** Paths that one of the common file systems would take for the same file share this key. */
export function pathToCollisionKey(path: string): string {
  return path.normalize('NFC').toLowerCase()
}

/** AR-4: what our own packages may name: short lower-case ASCII, no name that any system refuses. */
export function isPackagePath(path: string): boolean {
  return path.length <= 120 && path.split('/').every((s) => /^[a-z0-9][a-z0-9._-]{0,39}$/.test(s) && !s.endsWith('.') && !reserved.test(s))
}
