// Reads the XML of a storage's answer, strictly and once through: what is not plainly well-formed is none. No document types, no
// entities but the five and numbers, no processing instructions, nothing fetched; keeps no tree, so that a hostile answer costs its length.

const deepest = 12
const mostSpaces = 32
const openTag = /<((?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const closeTag = /<\/([\w.:-]+)\s*>/y
const attribute = /([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g
const declaration = /^\uFEFF?<\?xml\s[^?<>]*\?>/
const entities: Readonly<Partial<Record<string, string>>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

interface Open {
  readonly tag: string
  /** Local names from the root down, joined by `/`; `*` for an element of a foreign namespace. */
  readonly path: string
  readonly spaces: ReadonlyMap<string, string>
  text: string
}

/**
 * Tells each element at its end: its path (`ListBucketResult/Contents/Key`) and its own text, children before parents.
 * Elements outside `spaces` (namespace URIs, `''` for none) are `*` in the path. False: not well-formed; what was told by then is void.
 */
export function readXml(text: string, spaces: readonly string[], tell: (path: string, text: string) => void): boolean {
  const open: Open[] = []
  let begun = false
  let at = declaration.exec(text)?.[0].length ?? (text.startsWith('\uFEFF') ? 1 : 0)
  while (at < text.length) {
    const inside = open.at(-1)
    const next = text.indexOf('<', at)
    const words = decode(text.slice(at, next < 0 ? text.length : next))
    if (words === null || (!inside && words.trim() !== '')) return false
    if (inside) inside.text += words
    if (next < 0) break
    if (text.startsWith('<!--', next)) {
      const end = text.indexOf('-->', next + 4)
      if (end < 0) return false
      at = end + 3
    } else if (text.startsWith('<![CDATA[', next)) {
      const end = text.indexOf(']]>', next + 9)
      if (end < 0 || !inside) return false
      inside.text += text.slice(next + 9, end)
      at = end + 3
    } else if (text[next + 1] === '/') {
      const tag = match(closeTag, text, next)
      if (!tag || !inside || tag[1] !== inside.tag) return false
      open.pop()
      tell(inside.path, inside.text)
      at = next + tag[0].length
    } else {
      const tag = match(openTag, text, next)
      if (!tag || open.length >= deepest || (!inside && begun)) return false
      begun = true
      const entered = enter(tag[1] ?? '', tag[2] ?? '', inside, spaces)
      if (!entered) return false
      if (tag[3] === '/') tell(entered.path, '')
      else open.push(entered)
      at = next + tag[0].length
    }
  }
  return begun && open.length === 0
}

function enter(tag: string, attributes: string, above: Open | undefined, known: readonly string[]): Open | null {
  let spaces = above?.spaces ?? new Map([['', '']])
  for (const [, name = '', double, single] of attributes.matchAll(attribute)) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
    const space = decode(double ?? single ?? '')
    if (space === null || spaces.size > mostSpaces) return null
    spaces = new Map([...spaces, [name.slice(6), space]])
  }
  const colon = tag.indexOf(':')
  const space = spaces.get(colon < 0 ? '' : tag.slice(0, colon))
  if (space === undefined) return null
  const name = known.includes(space) ? tag.slice(colon + 1) : '*'
  return { tag, path: above ? `${above.path}/${name}` : name, spaces, text: '' }
}

/** Null when a reference is none of the five and no number of a character. */
function decode(text: string): string | null {
  if (!text.includes('&')) return text
  let broken = false
  const words = text.replace(/&(?:#x([0-9a-fA-F]{1,6});|#([0-9]{1,7});|([a-z]{2,4});)?/g, (_, hex?: string, decimal?: string, name?: string) => {
    const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : null
    const character = code === null ? entities[name ?? ''] : code > 0 && code <= 0x10_ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : undefined
    broken ||= character === undefined
    return character ?? ''
  })
  return broken ? null : words
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
