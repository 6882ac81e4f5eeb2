// A town's network on loopback: an authority of its own (openssl), a TLS server under it that may ask for certificates, and a proxy that
// wants a name and password and alone knows where `storage.test` is.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TownNetwork {
  /** PEM of the authority. */
  readonly authority: string
  /** A client certificate under it, as PKCS #12 with this passphrase, and as PEM with its open key. */
  readonly client: { readonly p12: Buffer; readonly passphrase: string; readonly pem: string }
  readonly proxy: { readonly port: number; readonly user: string; readonly password: string; /** What was asked to be opened. */ readonly opened: string[] }
  /** The same server, with and without asking for a client certificate. */
  readonly open: URL
  readonly strict: URL
  readonly asked: string[]
  stop(): Promise<void>
}

export async function startTownNetwork(answer: (question: IncomingMessage, response: ServerResponse) => void): Promise<TownNetwork> {
  const folder = mkdtempSync(join(tmpdir(), 'fumibako-town-'))
  const file = (name: string): string => join(folder, name)
  const openssl = (...words: readonly string[]): void => void execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' })
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Town CA', '-addext', 'basicConstraints=critical,CA:true')
  const issue = (name: string, extension: string): void => {
    writeFileSync(file(`${name}.ext`), extension)
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`)
    openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', `${name}.ext`, '-out', `${name}.pem`)
  }
  issue('storage.test', 'subjectAltName=DNS:storage.test\n')
  issue('machine', 'extendedKeyUsage=clientAuth\n')
  const passphrase = 'ichou-no-ki'
  openssl('pkcs12', '-export', '-in', 'machine.pem', '-inkey', 'machine.key', '-out', 'machine.p12', '-passout', `pass:${passphrase}`)
  const text = (name: string): string => readFileSync(file(name), 'utf8')
  const identity = { cert: text('storage.test.pem'), key: text('storage.test.key'), ca: text('ca.pem') }
  const asked: string[] = []
  const heard = (question: IncomingMessage, response: ServerResponse): void => {
    asked.push(`${question.method} ${question.url}`)
    question.resume()
    answer(question, response)
  }
  const sockets = new Set<Socket>()
  const servers = [createSecureServer(identity, heard), createSecureServer({ ...identity, requestCert: true, rejectUnauthorized: true }, heard)]
  const [openPort = 0, strictPort = 0] = await Promise.all(servers.map(listening))
  const [user, password] = ['staff', 'fuyu-no-yama']
  const opened: string[] = []
  const proxy = createServer((_question, response) => void response.writeHead(400).end())
  proxy.on('connect', (question: IncomingMessage, socket: Socket) => {
    socket.on('error', () => undefined)
    opened.push(question.url ?? '')
    if (question.headers['proxy-authorization'] !== `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="town"\r\n\r\n')
    const [host, port] = (question.url ?? '').split(':')
    if (host !== 'storage.test') return void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
    const through = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      through.pipe(socket).pipe(through)
    })
    through.on('error', () => socket.destroy())
    for (const one of [through, socket]) sockets.add(one)
  })
  const proxyPort = await listening(proxy)
  const at = (port: number): URL => new URL(`https://storage.test:${port}`)
  return {
    authority: text('ca.pem'),
    client: { p12: readFileSync(file('machine.p12')), passphrase, pem: text('machine.pem') + text('machine.key') },
    proxy: { port: proxyPort, user, password, opened },
    open: at(openPort),
    strict: at(strictPort),
    asked,
    async stop() {
      for (const socket of sockets) socket.destroy()
      for (const server of [...servers, proxy]) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))
}
