import { connect, type Socket } from 'node:net'

export interface Answer {
  readonly status: number
  readonly body: string
}

/**
 * A client of one connection that asks one thing after another: as little as a client can be, because it shares the
 * machine with what it measures. It reads answers with a length only, which ours have.
 */
export class PlainClient {
  readonly #socket: Socket
  readonly #host: string
  #heard: Buffer = Buffer.alloc(0)
  #waiting: PromiseWithResolvers<Answer> | undefined

  constructor(url: string) {
    const { hostname, port, host } = new URL(url)
    this.#host = host
    this.#socket = connect(Number(port), hostname).setNoDelay(true)
    this.#socket.on('data', data => this.#hear(data as Buffer))
    this.#socket.on('error', error => this.#waiting?.reject(error))
    this.#socket.on('close', () => this.#waiting?.reject(new Error('the connection was closed')))
  }

  get(path: string, headers = ''): Promise<Answer> {
    return this.#ask(`GET ${path} HTTP/1.1\r\nhost: ${this.#host}\r\n${headers}\r\n`)
  }

  post(path: string, headers: string, body: string): Promise<Answer> {
    const length = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`
    return this.#ask(`POST ${path} HTTP/1.1\r\nhost: ${this.#host}\r\n${headers}${length}\r\n${body}`)
  }

  close(): void {
    this.#socket.destroy()
  }

  #ask(text: string): Promise<Answer> {
    this.#waiting = Promise.withResolvers<Answer>()
    this.#socket.write(text)
    return this.#waiting.promise
  }

  #hear(data: Buffer): void {
    this.#heard = this.#heard.length === 0 ? data : Buffer.concat([this.#heard, data])
    const end = this.#heard.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#heard.toString('latin1', 0, end)
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
    if (length === undefined) return void this.#waiting?.reject(new Error('an answer without a length'))
    const whole = end + 4 + Number(length)
    if (this.#heard.length < whole) return
    const body = this.#heard.toString('utf8', end + 4, whole)
    this.#heard = this.#heard.subarray(whole)
    this.#waiting?.resolve({ status: Number(head.slice(9, 12)), body })
  }
}
