import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { keyIdOf } from '@silian/kernel/fact/ed25519.ts'
import { type Entry, leafHashOf, parseEntry } from '@silian/kernel/fact/entry.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import type { SigningKeys, ToSign } from '@silian/kernel/signing/contract.ts'
import { signedWords, wordsOf } from '@silian/kernel/signing/countersign.ts'
import { proofBytes } from '@silian/kernel/signing/own-keys.ts'
import { say } from './say.ts'

interface Options {
  readonly 'passphrase-file'?: string
  readonly 'client-key-file'?: string
  readonly url?: string
  readonly holder?: string
  readonly label?: string
  readonly fact?: string
  readonly yes?: boolean
}

/**
 * `silian key new|register|sign FILE …`: keys of one's own, in a PEM file that never leaves this machine. Speaks to a
 * server by its API alone (docs/own-keys.md).
 */
export async function key(args: string[]): Promise<number> {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...{
        'passphrase-file': text,
        'client-key-file': text,
        url: text,
        holder: text,
        label: text,
        fact: text,
      },
      yes: { type: 'boolean' },
    },
  })
  const [what, file, ...more] = positionals
  if (!file || more.length > 0) return usage()
  if (what === 'new') return made(file, values)
  const { url, 'client-key-file': credential } = values
  if (!url || !credential) return usage()
  const server = { url: url.replace(/\/$/, ''), secret: await firstLine(credential) }
  const own = await opened(file, values)
  if (what === 'register') return register(server, own, values)
  return what === 'sign' && values.fact ? signFact(server, own, values.fact, values.yes ?? false) : usage()
}

const usage = (): number => {
  say('key.usage')
  return 2
}

const firstLine = async (file: string): Promise<string> =>
  (await readFile(file, 'utf8')).split('\n')[0]!.trim()

interface OwnKey {
  readonly keyId: string
  /** Base64 of the raw key. */
  readonly publicKey: string
  readonly privateKey: KeyObject
}

function ownKeyOf(privateKey: KeyObject): OwnKey {
  const raw = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-32)
  return { keyId: keyIdOf(raw), publicKey: raw.toString('base64'), privateKey }
}

async function made(file: string, { 'passphrase-file': secret }: Options): Promise<number> {
  const { privateKey } = generateKeyPairSync('ed25519')
  const sealed = secret ? { cipher: 'aes-256-cbc', passphrase: await firstLine(secret) } : {}
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem', ...sealed })
  // never over a key that is there
  await writeFile(file, pem, { mode: 0o600, flag: 'wx' })
  const { keyId, publicKey } = ownKeyOf(privateKey)
  say('key.made', { keyId, publicKey, file })
  return 0
}

async function opened(file: string, { 'passphrase-file': secret }: Options): Promise<OwnKey> {
  const sealed = secret ? { passphrase: await firstLine(secret) } : {}
  return ownKeyOf(createPrivateKey({ key: await readFile(file), format: 'pem', ...sealed }))
}

const signedBy = ({ privateKey }: OwnKey, bytes: Buffer): string =>
  sign(null, bytes, privateKey).toString('base64')

interface Server {
  readonly url: string
  readonly secret: string
}

class Answered extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

async function ask<T>({ url, secret }: Server, path: string, body?: object): Promise<T> {
  const response = await fetch(`${url}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${secret}`,
      ...(body ? { 'content-type': 'application/json', 'idempotency-key': newId() } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const answer = (await response.json()) as T & { code?: string }
  if (!response.ok) throw new Answered(answer.code ?? String(response.status))
  return answer
}

/** What the server refuses is told by its code. */
async function told(work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Answered)) throw error
    say('key.refused', { code: error.code })
    return 1
  }
}

const register = (server: Server, own: OwnKey, { holder: asked, label = 'CLI' }: Options): Promise<number> =>
  told(async () => {
    const { log, holders } = await ask<SigningKeys>(server, '/signing-keys?limit=1')
    const holder = asked ?? holders[0]?.id
    if (!holder) return usage()
    const kind = 'client'
    const proof = signedBy(own, proofBytes({ holder, key: own.publicKey, kind, log }))
    await ask(server, '/signing-keys', { holder, kind, label, publicKey: own.publicKey, proof })
    say('key.registered', { keyId: own.keyId, holder, log })
    return 0
  })

const signFact = (server: Server, own: OwnKey, fact: string, yes: boolean): Promise<number> =>
  told(async () => {
    const { log } = await ask<SigningKeys>(server, '/signing-keys?limit=1')
    const asked = await ask<ToSign>(server, `/facts/${fact}/to-sign?key=${own.keyId}`)
    const checked = heldAgainst(asked, { fact, keyId: own.keyId, log })
    if (!checked) {
      say('key.differs')
      return 1
    }
    const { entry, words } = checked
    say('key.shows', { type: entry.type, at: entry.at, said: JSON.stringify(entry.pub), log })
    if (!yes && !(await agreed())) return 1
    const sig = signedBy(own, Buffer.from(`silian/fact/v1\n${words}`))
    const signed = signedWords(words, sig)
    await ask(server, `/facts/${fact}/countersignature`, { entry: signed.toString('base64') })
    say('key.signed', { fact })
    return 0
  })

interface Wanted {
  readonly fact: string
  readonly keyId: string
  readonly log: string
}

/** The server is not believed: the body must name the fact by the leaf hash of its own bytes, and nothing else. */
function heldAgainst(
  { entry: entry64, body: body64 }: ToSign,
  { fact, keyId, log }: Wanted,
): { entry: Entry; words: string } | undefined {
  const bytes = Buffer.from(entry64, 'base64')
  const entry = parseEntry(bytes)
  const words = Buffer.from(body64, 'base64').toString()
  const { id, at } = JSON.parse(words) as Pick<Entry, 'id' | 'at'>
  if (entry?.id !== fact) return undefined
  const wanted = wordsOf({ ...entry, leafHash: leafHashOf(bytes) }, { id, at, log, actor: keyId })
  return wanted === words ? { entry, words } : undefined
}

async function agreed(): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await lines.question('y/n ')
  lines.close()
  return answer.trim().toLowerCase() === 'y'
}
