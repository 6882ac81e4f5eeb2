// A server on loopback that answers as the test says, rightly or wrongly, and remembers what it was asked.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface ScriptedServer {
  readonly origin: string
  /** Method and address of each question, in order. */
  readonly asked: readonly string[]
  answer(how: (response: ServerResponse, question: IncomingMessage) => void): void
  stop(): Promise<void>
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  const asked: string[] = []
  let how: (response: ServerResponse, question: IncomingMessage) => void = (response) => response.writeHead(500).end()
  const server = createServer((question, response) => {
    asked.push(`${question.method} ${question.url}`)
    response.on('error', () => {})
    question.resume()
    how(response, question)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    asked,
    answer(next) {
      asked.length = 0
      how = next
    },
    stop() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
