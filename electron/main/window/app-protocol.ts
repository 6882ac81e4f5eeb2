// Serves our own files under app://<host> from inside the package: exact media types, the page's policy on every answer,
// nothing outside the folder, nothing whose kind we do not know. One host per session; another host is not found there.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { protocol, type Session } from 'electron'
import { pathUnder } from './app-path.ts'

const mediaTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  ttf: 'font/ttf',
  otf: 'font/otf',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
  bcmap: 'application/octet-stream',
}

const featuresOff = ['camera', 'microphone', 'geolocation', 'display-capture', 'usb', 'serial', 'hid', 'payment', 'midi']
  .map((feature) => `${feature}=()`)
  .join(', ')

/** Must run before the app is ready. Service workers are not allowed: nothing may outlive a page load. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

export interface Served {
  readonly origin: string
  readonly policy: string
  /** Where a path is looked for, by its prefix; the first that fits. A null folder belongs to another host. */
  readonly folders: readonly { readonly prefix: string; readonly folder: string | null }[]
}

export function serveFolders(session: Session, { origin, policy, folders }: Served): void {
  session.protocol.handle('app', async (request) => {
    const path = pathUnder(request.url, origin)
    const found = folders.find(({ prefix }) => path?.startsWith(prefix))
    const type = path ? mediaTypes[path.slice(path.lastIndexOf('.') + 1)] : undefined
    if (request.method !== 'GET' || !path || !type || !found?.folder) return notFound()
    const bytes = await readFile(join(found.folder, path.slice(found.prefix.length))).catch(() => null)
    return bytes ? answer(bytes, type, policy) : notFound()
  })
}

export function answer(body: Uint8Array | string, type: string, policy: string, cache = 'no-store'): Response {
  return new Response(body as BodyInit, {
    headers: {
      'Content-Type': type,
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Permissions-Policy': featuresOff,
      'Cache-Control': cache,
    },
  })
}

export function notFound(): Response {
  return new Response(null, { status: 404 })
}
