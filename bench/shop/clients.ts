import { randomUUID } from 'node:crypto'
import { callers, percentile } from '../rounds.ts'
import { idOf, PROGRAMME, secretOf } from './fill.ts'
import { type Answer, PlainClient } from './http-client.ts'

/** What the clients are told to do, for so many seconds. */
export type Task = { readonly url: string; readonly clients: number; readonly seconds: number } & (
  | { readonly kind: 'checkout'; readonly offers: number; readonly buyers: number }
  | { readonly kind: 'pages'; readonly paths: readonly string[] }
)

export interface Done {
  readonly operations: number
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Of everything that was no success: how often each came. */
  readonly others: Readonly<Record<string, number>>
}

/** A process of its own: clients of plain sockets, each asking again as soon as it is answered. */
async function run(task: Task): Promise<Done> {
  const times: number[] = []
  const others: Record<string, number> = {}
  const free = Array.from({ length: task.clients }, () => new PlainClient(task.url))
  const all = [...free]
  const ask = task.kind === 'checkout' ? checkout(task) : page(task)
  const { operations, perSecond } = await callers(task.clients, task.seconds, async () => {
    const client = free.pop()!
    const begun = performance.now()
    const { status, body } = await ask(client)
    times.push(performance.now() - begun)
    free.push(client)
    if (status === 200) return 1
    const code = (JSON.parse(body) as { code?: string }).code ?? String(status)
    others[code] = (others[code] ?? 0) + 1
    return 0
  })
  for (const client of all) client.close()
  return { operations, perSecond, p50: percentile(times, 0.5), p99: percentile(times, 0.99), others }
}

type Ask = (client: PlainClient) => Promise<Answer>

const draw = (most: number): number => 1 + Math.floor(Math.random() * most)

function checkout({ offers, buyers }: Task & { kind: 'checkout' }): Ask {
  return client => {
    const buyer = draw(buyers)
    const lines = [{ offerId: idOf('b', draw(offers)), offerVersion: 1, pieces: 1 }]
    const headers = `authorization: Bearer ${secretOf(buyer)}\r\nidempotency-key: ${randomUUID()}\r\n`
    const body = JSON.stringify({ id: randomUUID(), declarationId: idOf('f', buyer), lines })
    return client.post(`/api/v1/p/${PROGRAMME}/orders`, headers, body)
  }
}

const page =
  ({ paths }: Task & { kind: 'pages' }): Ask =>
  client =>
    client.get(`/api/v1/p/${PROGRAMME}${paths[draw(paths.length) - 1]!}`)

process.on('message', (task: Task) => {
  run(task).then(
    done => process.send!(done),
    error => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => process.exit(0))
