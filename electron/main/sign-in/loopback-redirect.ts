// Where the browser comes back to (RFC 8252 section 7.3): a server on 127.0.0.1 at a port of its own, for one answer and no longer. What does
// not bear this attempt's state is turned away and waits no less: another page cannot end an attempt.

import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Redirect {
  readonly address: string
  /** The parameters of the answer; rejects with the signal's reason when that ends it. The server is gone by then. */
  readonly answer: Promise<URLSearchParams>
}

/** What the browser shows at the end, and where nothing is expected. */
export interface ClosingPages {
  readonly done: string
  readonly notExpected: string
}

const path = '/signed-in'

export async function awaitRedirect(state: string, pages: () => ClosingPages, signal: AbortSignal): Promise<Redirect> {
  const server = createServer({ maxHeaderSize: 16 * 1024 })
  server.headersTimeout = 10_000
  server.requestTimeout = 10_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const answer = new Promise<URLSearchParams>((resolve, reject) => {
    const end = (): void => {
      signal.removeEventListener('abort', stop)
      server.close()
      server.closeIdleConnections()
    }
    server.on('request', (request, response) => {
      const url = URL.canParse(request.url ?? '', `http://${host}`) ? new URL(request.url ?? '', `http://${host}`) : null
      // A name that was made to point here is not this address.
      const isOurs = request.method === 'GET' && request.headers.host === host && url?.pathname === path && url.searchParams.getAll('state').join() === state
      show(response, isOurs ? 200 : 400, isOurs ? pages().done : pages().notExpected)
      if (!isOurs || !url) return
      end()
      resolve(url.searchParams)
    })
    const stop = (): void => {
      end()
      server.closeAllConnections()
      reject(signal.reason as Error)
    }
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  // Whoever asked may not be listening yet when it ends.
  answer.catch(() => undefined)
  return { address: `http://${host}${path}`, answer }
}

function show(response: ServerResponse, status: number, text: string): void {
  const body = `<!doctype html><html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>文箱</title><style>body{font:18px/1.8 sans-serif;margin:15vh auto;max-width:32em;padding:0 1em;color:#1a1a1a}</style><p>${text}</p></html>`
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  })
  response.end(body)
}
