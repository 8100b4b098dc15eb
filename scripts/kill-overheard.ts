import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A question to a witness and what it answered. */
export interface Overheard {
  readonly witness: string
  /** The checkpoint that was sent, as a signed note. */
  readonly note: string
  readonly old: number
  readonly status: number
  readonly body: string
}

/** Stands between the log and a witness, passes everything on and tells what was said. Where the witness is silent, so is it. */
export async function overhear(witness: string, target: string, tell: (said: Overheard) => void) {
  const server = createServer((request, response) => {
    pass(request).then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      () => response.destroy(),
    )
  })
  const pass = async (request: IncomingMessage) => {
    const sent = Buffer.concat(await request.toArray()).toString()
    const { method = 'GET', url = '/' } = request
    const answer = await fetch(`${target}${url}`, method === 'POST' ? { method, body: sent } : {})
    const [status, body] = [answer.status, await answer.text()]
    const split = sent.indexOf('\n\n')
    if (method === 'POST')
      tell({ witness, note: sent.slice(split + 2), old: Number(sent.split(/[ \n]/)[1]), status, body })
    return { status, type: answer.headers.get('content-type') ?? 'text/plain', body }
  }
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}
