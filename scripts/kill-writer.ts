import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '@silian/kernel/ids/ids.ts'

/**
 * Registers points of sale until so many were acknowledged, by this process or those before it. What is attempted and what
 * is acknowledged stands in two files, a line each, the moment it is so.
 */
export interface Writing {
  readonly folder: string
  readonly servers: readonly string[]
  /** Of an API client. */
  readonly secret: string
  readonly operatorId: string
  readonly until: number
}

const writing = JSON.parse(process.argv[2]!) as Writing
const AT_ONCE = 12
const WAIT_MS = 15_000
const place = (name: string) => join(writing.folder, name)
const linesOf = (name: string) =>
  existsSync(place(name)) ? readFileSync(place(name), 'utf8').split('\n').length - 1 : 0

let acknowledged = linesOf('acknowledged')
process.stdout.write('ready\n')
await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => write(n)))
process.exit(0)

async function write(worker: number): Promise<void> {
  for (let n = worker; acknowledged < writing.until; n++) {
    const id = newId()
    appendFileSync(place('attempted'), `${id}\n`)
    const answer = await untilAcknowledged(id, n)
    appendFileSync(place('acknowledged'), `${id}\n`)
    acknowledged += 1
    // the network may bring the same twice, also to another server
    if (n % 10 === 0) await again(id, n + 1, answer)
  }
}

/** Sends the same, to one server after the other, until one says that it is done. */
async function untilAcknowledged(id: string, n: number): Promise<string> {
  for (let attempt = n; ; attempt++) {
    const answer = await send(id, attempt).catch(() => undefined)
    if (answer?.status === 200) return answer.body
    if (answer && answer.status < 500)
      appendFileSync(place('refused'), `${answer.status} ${answer.body.replaceAll('\n', ' ')}\n`)
    await pause(50)
  }
}

async function again(id: string, attempt: number, before: string): Promise<void> {
  const answer = await send(id, attempt).catch(() => undefined)
  if (answer?.status === 200 && answer.body !== before)
    appendFileSync(place('refused'), `another answer to the same: ${answer.body}\n`)
}

async function send(id: string, attempt: number): Promise<{ status: number; body: string }> {
  const { servers, secret, operatorId } = writing
  const values = {
    ...{ code: id.replaceAll('-', '').toUpperCase(), name: '示范专柜', kind: 'canteen', areaCode: '440304' },
    ...{ address: '示范路 1 号', operatorId, cabinets: 1, state: 'in_use', placedOn: '2024-03-01' },
  }
  const response = await fetch(
    `${servers[attempt % servers.length]}/api/v1/p/shenzhen/registers/vending_point`,
    {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': id,
        authorization: `Bearer ${secret}`,
      },
      body: JSON.stringify({ id, values }),
      signal: AbortSignal.timeout(WAIT_MS),
    },
  )
  return { status: response.status, body: await response.text() }
}
