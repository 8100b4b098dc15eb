import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type BankSigner, type BankWord, bankFolder, bankSigner } from '@silian/data/load/bank-signer.ts'
import Fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Outbox } from './outbox.ts'

export interface BankOptions {
  /** Its folder below holds its key, its client secret and what it still has to send. */
  readonly dataFolder: string
  readonly serverUrl: string
  readonly programme: string
  readonly port: number
}

/** A payer's order to transfer money; `manner` makes the bank's message misbehave as real ones do. */
const transfer = z.object({
  /** The payer's own reference: the same transfer asked for twice is made once. */
  reference: z.string().min(1).max(60),
  code: z.string().min(1).max(32),
  fen: z.number().int().min(1),
  manner: z.enum(['prompt', 'late', 'double', 'forged']).default('prompt'),
})

const LATE_MS = 3_000
const POLL_MS = 1_000

/** Starts the sandbox bank: it takes transfers, pays out batches, and tells the server of both in signed messages. */
export async function startBank({
  dataFolder,
  serverUrl,
  programme,
  port,
}: BankOptions): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = bankFolder(dataFolder)
  const sign = signWith(await bankSigner(dataFolder), await originOf(serverUrl, programme))
  const outbox = await Outbox.open(join(folder, 'outbox'), entry => deliver(serverUrl, programme, entry))
  const app = Fastify({ logger: false })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app
    .withTypeProvider<ZodTypeProvider>()
    .post('/transfers', { schema: { body: transfer } }, async ({ body }) => {
      await outbox.put(body.reference, () => creditOf(sign, body), {
        delayMs: body.manner === 'late' ? LATE_MS : 0,
        twice: body.manner === 'double',
      })
      return { accepted: true, reference: body.reference }
    })
  const stopping = new AbortController()
  const paying = payOut({ folder, serverUrl, programme, sign, outbox, signal: stopping.signal })
  const url = await listen(app, port)
  return {
    url,
    stop: async () => {
      stopping.abort()
      await Promise.all([app.close(), outbox.stop(), paying])
    },
  }
}

/** The bank of a server that was just killed may hold the port for a moment longer. */
async function listen(app: FastifyInstance, port: number): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await app.listen({ host: '127.0.0.1', port })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || attempt === 40) throw error
      await pause(250)
    }
  }
}

type Sign = (type: BankWord['type'], pub: BankWord['pub']) => Buffer

const signWith =
  (signer: BankSigner, log: string): Sign =>
  (type, pub) => {
    const at = new Date()
    return signer.sign(log, { type, at, pub: { ...pub, bookedAt: at.toISOString() } })
  }

function creditOf(sign: Sign, { reference, code, fen, manner }: z.output<typeof transfer>): Buffer {
  const entry = sign('bank.credited', { reference, code, fen: String(fen) })
  if (manner !== 'forged') return entry
  // somebody else's hand: the sum is changed and the signature is not
  return Buffer.from(entry.toString().replace(`"fen":"${fen}"`, `"fen":"${fen + 1}"`))
}

interface Payer {
  readonly folder: string
  readonly serverUrl: string
  readonly programme: string
  readonly sign: Sign
  readonly outbox: Outbox
  readonly signal: AbortSignal
}

/** Fetches batches to pay with its own key to the API, and pays each once: the batch is the reference. */
async function payOut({ folder, serverUrl, programme, sign, outbox, signal }: Payer): Promise<void> {
  const { secret } = JSON.parse(await readFile(join(folder, 'client.json'), 'utf8')) as { secret: string }
  while (!signal.aborted) {
    const batches = await sentBatches(
      `${serverUrl}/api/v1/p/${programme}/payout-batches?limit=200`,
      secret,
    ).catch(() => [])
    for (const { id, totalFen } of batches) {
      const reference = `payout-${id}`
      const pub = { reference, batch: id, fen: String(totalFen) }
      await outbox.put(reference, () => sign('bank.paid_out', pub), { delayMs: 0, twice: false })
    }
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, POLL_MS)
      signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true })
    })
  }
}

async function sentBatches(url: string, secret: string): Promise<{ id: string; totalFen: number }[]> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${secret}` } })
  const { items } = (await response.json()) as { items: { id: string; state: string; totalFen: number }[] }
  return items.filter(batch => batch.state === 'sent')
}

/** The log's name is part of what is signed: a message for one log is worth nothing to another. */
async function originOf(serverUrl: string, programme: string): Promise<string> {
  const vkey = await fetch(`${serverUrl}/log/${programme}/vkey`).then(response => response.text())
  return vkey.slice(0, vkey.indexOf('+'))
}

/** True when the server has it, or will never take it; false to try again. */
async function deliver(serverUrl: string, programme: string, entry: Buffer): Promise<boolean> {
  try {
    const response = await fetch(`${serverUrl}/api/v1/p/${programme}/bank/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-silian-request': 'bank' },
      body: JSON.stringify({ entry: entry.toString('base64') }),
    })
    // told to wait, or that our clock runs ahead: the same message may be good a moment later
    const isLater =
      response.status === 429 ||
      (response.status === 409 && (await response.text()).includes('fact.at_future'))
    return response.status < 500 && !isLater
  } catch {
    return false
  }
}
