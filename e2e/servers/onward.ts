// What stands between on loopback asks the real server: the same question with the same head, under the same host name, so that a
// signature over it still holds.
import { request, type Agent, type ClientRequest, type IncomingMessage } from 'node:http'

/** The head of what was asked, on its way to the port; its body is the caller's to write. */
export function askOnward(asked: IncomingMessage, port: number, agent: Agent): ClientRequest {
  const { method = '', url = '/', rawHeaders } = asked
  const headers = hasBody(asked) ? rawHeaders : [...rawHeaders, 'Content-Length', '0']
  return request({ host: '127.0.0.1', port, agent, method, path: url, headers: headers as unknown as Record<string, string>, setHost: false })
}

/** Node would announce a body for every verb that it knows no better of, and servers refuse one to MKCOL. */
function hasBody({ method = '', headers }: IncomingMessage): boolean {
  return 'content-length' in headers || 'transfer-encoding' in headers || ['GET', 'HEAD', 'DELETE', 'OPTIONS'].includes(method)
}
