// The origins of our own pages and what counts as a plain path below one. Whatever is not plainly a path is none at all:
// nothing is decoded, repaired or resolved.

export const mainOrigin = 'app://fumibako'
export const consentOrigin = 'app://consent'
export const printOrigin = 'app://print'
export const paperOrigin = 'app://paper'

/** The path below the origin, without leading slash; `index.html` for the root; null for whatever is not plainly one. */
export function pathUnder(url: string, origin: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol: scheme, host, pathname } = new URL(url)
  if (`${scheme}//${host}` !== origin) return null
  const path = pathname === '/' ? 'index.html' : pathname.slice(1)
  const plain = /^[A-Za-z0-9_.@-]+(\/[A-Za-z0-9_.@-]+)*$/.test(path)
  return plain && !path.split('/').some((part) => /^\.+$/.test(part)) ? path : null
}
