// The answer to PROPFIND (RFC 4918 section 13): what lies right in one folder, by names that an object or its folders can have. What lies
// elsewhere, the server's own and strangers' files are not told; an answer that is none stops.

import { isObjectName } from '@shared/log/names.ts'
import { isLitter, stop } from './answers.ts'
import { textOf, type Answer } from './exchange.ts'
import { readXml } from './read-xml.ts'

export interface FolderListing {
  readonly folders: readonly string[]
  readonly files: readonly { readonly name: string; readonly size: number; readonly tag: string | null }[]
}

interface Properties {
  size?: string
  modified?: string
  tag?: string
  folder?: boolean
  status?: string
}

/** `folder`: what was asked, with a closing `/`. */
export function multistatus(answer: Answer, folder: URL): FolderListing {
  const files: { name: string; size: number; tag: string | null }[] = []
  const folders: string[] = []
  const here = segmentsOf(folder.href, folder)
  let href = ''
  let found: Properties = {}
  let known: Properties = {}
  let whole = false
  const tell: Readonly<Partial<Record<string, (text: string) => void>>> = {
    multistatus: () => (whole = true),
    'multistatus/response/href': (text) => (href = text.trim()),
    'multistatus/response/propstat/status': (text) => (found.status = text),
    'multistatus/response/propstat/prop/getcontentlength': (text) => (found.size = text.trim()),
    'multistatus/response/propstat/prop/getlastmodified': (text) => (found.modified = text.trim()),
    'multistatus/response/propstat/prop/getetag': (text) => (found.tag = text.trim()),
    'multistatus/response/propstat/prop/resourcetype/collection': () => (found.folder = true),
    'multistatus/response/propstat': () => {
      if (/^HTTP\/[\d.]+ 200\b/.test(found.status ?? '')) known = { ...known, ...found }
      found = {}
    },
    'multistatus/response': () => {
      const segments = segmentsOf(href, folder)
      const name = segments?.at(-1) ?? ''
      const inside = here !== null && segments !== null && segments.length === here.length + 1 && here.every((segment, at) => segment === segments[at])
      if (inside && isObjectName(name) && !name.includes('/') && !isLitter(name)) {
        if (known.folder) folders.push(name)
        else if (/^\d{1,15}$/.test(known.size ?? '')) files.push({ name, size: Number(known.size), tag: known.tag ?? tagOfTime(known, answer) })
        else stop('StorageNonsense')
      }
      href = ''
      known = {}
    },
  }
  const wellFormed = readXml(textOf(answer) ?? '', ['DAV:'], (path, text) => tell[path]?.(text))
  if (!wellFormed || !whole) stop('StorageNonsense')
  return { folders, files }
}

/** For servers without entity tags (nginx): time and size, once the second in which it was written is over by the server's own clock. */
function tagOfTime({ modified, size }: Properties, { headers }: Answer): string | null {
  const age = Date.parse(headers.get('date') ?? '') - Date.parse(modified ?? '')
  return age >= 2000 ? `${modified}/${size}` : null
}

/** Decoded segments of an address's path, whether it came whole or as a path alone; null when it is no address. */
function segmentsOf(href: string, base: URL): readonly string[] | null {
  try {
    return new URL(href, base).pathname.split('/').filter((segment) => segment !== '').map(decodeURIComponent)
  } catch {
    return null
  }
}
