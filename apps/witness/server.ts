import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Witness } from './witness.ts'

/** Old size, 63 hashes and a checkpoint with a hundred signatures are well below this. */
const MOST_BYTES = 64 * 1024

export interface Listening {
  readonly url: string
  stop(): Promise<void>
}

/** Serves a witness: `POST /add-checkpoint`, `GET /<sha-256 of the origin>/checkpoint`. Port 0 takes a free one. */
export async function serve(witness: Witness, host: string, port: number): Promise<Listening> {
  const server: Server = createServer((request, response) => {
    answer(witness, request, response).catch(error => {
      process.stderr.write(`${(error as Error).stack}\n`)
      send(response, 500, 'text/plain; charset=utf-8', 'failed\n')
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://${host}:${taken}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(witness: Witness, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '').split('?')[0]!
  if (path === '/add-checkpoint') {
    if (request.method !== 'POST') return send(response, 405, 'text/plain; charset=utf-8', 'POST only\n')
    const body = await bodyOf(request)
    if (!body) return send(response, 413, 'text/plain; charset=utf-8', 'too large\n')
    const { status, type, body: text } = await witness.addCheckpoint(body)
    return send(response, status, type, text)
  }
  const hash = /^\/([0-9a-f]{64})\/checkpoint$/.exec(path)?.[1]
  const note = hash !== undefined && request.method === 'GET' ? witness.checkpointOf(hash) : undefined
  if (note === undefined) return send(response, 404, 'text/plain; charset=utf-8', 'not found\n')
  send(response, 200, 'text/plain; charset=utf-8', note)
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > MOST_BYTES) return undefined
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}
