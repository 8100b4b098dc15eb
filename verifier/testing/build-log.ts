import { noteSigner, sha256, signBase64, type TestKey, testKey } from './keys.ts'
import { leafOf, TestTree } from './tree.ts'

type Data = null | boolean | number | string | Data[] | { [name: string]: Data }

/** What a test says of a fact; the rest is filled in truthfully, and `with` then overrides it before signing. */
export interface TestFact {
  readonly type: string
  readonly by?: TestKey
  readonly at?: string
  readonly pub?: Record<string, Data>
  readonly c?: Record<string, string>
  readonly refs?: string[]
  readonly with?: Record<string, Data>
}

/** A complete small log for tests: entries, tiles and signed checkpoint, made with nothing of the verifier. */
export class TestLog {
  readonly origin: string
  readonly vkey: string
  readonly operator: TestKey
  readonly entries: Buffer[] = []
  readonly tree = new TestTree()
  readonly #sign: (text: string) => string
  #published: number[] = []

  /** `origin` names the log; every key follows from it. */
  constructor(origin = 'example.com/log/demo') {
    this.origin = origin
    this.operator = testKey(`${origin} operator`, 'held')
    const signer = noteSigner(origin, testKey(`${origin} log`, 'held'))
    this.vkey = signer.vkey
    this.#sign = signer.sign
    const key = this.operator.raw.toString('base64')
    this.add({ type: 'log.created', pub: { programme: 'demo', name: '示例', key } })
  }

  /** Register a key and give it. */
  key(name: string, custody: 'own' | 'held', as?: string): TestKey {
    const key = testKey(`${this.origin} ${name}`, custody)
    const pub = {
      keyId: key.id,
      key: key.raw.toString('base64'),
      alg: 'ed25519',
      custody,
      holder: name,
      ...(as !== undefined && { as }),
    }
    this.add({ type: 'key.registered', pub })
    return key
  }

  /** Append a fact; gives its index and leaf hash (base64). */
  add(fact: TestFact): { index: number; leaf: string } {
    return this.append(Buffer.from(this.bytes(fact)))
  }

  /** The entry of a fact, as the next one of the log, without appending it. */
  bytes({ type, by = this.operator, at = '2026-03-05T04:00:00.000Z', ...fact }: TestFact): string {
    const digits = sha256(`${this.origin} ${this.entries.length}`).toString('hex', 0, 16)
    const id = digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    const { pub = {}, c = {}, refs = [] } = fact
    const base = {
      v: 1,
      type,
      id,
      log: this.origin,
      at,
      actor: by.id,
      by: by.custody,
      pub,
      c,
      refs,
      ...fact.with,
    }
    const sig = signBase64(by, `silian/fact/v1\n${canonical(base)}`)
    return canonical({ ...base, sig })
  }

  /** Append any bytes as an entry. */
  append(bytes: Buffer): { index: number; leaf: string } {
    const leaf = leafOf(bytes)
    this.entries.push(bytes)
    this.tree.leaves.push(leaf)
    return { index: this.entries.length - 1, leaf: leaf.toString('base64') }
  }

  /** The signed checkpoint for a size, or for any root that a test wants signed. */
  checkpoint(size = this.entries.length, root = this.tree.root(size)): Buffer {
    const text = `${this.origin}\n${size}\n${root.toString('base64')}\n`
    return Buffer.from(`${text}\n${this.#sign(text)}`)
  }

  /** A `.tlog-proof` of one entry. */
  proof(index: number, extra?: Uint8Array): Buffer {
    const hashes = this.tree.inclusion(index).map(hash => `${hash.toString('base64')}\n`)
    const given = extra ? `extra ${Buffer.from(extra).toString('base64')}\n` : ''
    const head = `c2sp.org/tlog-proof@v1\n${given}index ${index}\n${hashes.join('')}\n`
    return Buffer.concat([Buffer.from(head), this.checkpoint()])
  }

  /** Every file of the log as it now stands, by path; partial tiles of sizes published earlier stay. */
  files(): Map<string, Buffer> {
    const files = new Map<string, Buffer>()
    this.#published.push(this.entries.length)
    for (const size of this.#published) this.#write(files, size)
    files.set('checkpoint', this.checkpoint())
    files.set('vkey', Buffer.from(`${this.vkey}\n`))
    return files
  }

  #write(files: Map<string, Buffer>, size: number): void {
    for (const { level, number, width } of places(size)) {
      const span = 256 ** level
      const hashes = Array.from({ length: width }, (_, at) => (number * 256 + at) * span)
      const path = `${group(number)}${width === 256 ? '' : `.p/${width}`}`
      files.set(
        `tile/${level}/${path}`,
        Buffer.concat(hashes.map(start => this.tree.hash(start, start + span))),
      )
      if (level > 0) continue
      const entries = this.entries.slice(number * 256, number * 256 + width)
      files.set(`tile/entries/${path}`, Buffer.concat(entries.flatMap(entry => [length16(entry), entry])))
    }
  }
}

/** A reader of files held in memory, which refuses paths that are not there. */
export const memorySource =
  (files: ReadonlyMap<string, Uint8Array>) =>
  async (path: string): Promise<Uint8Array> => {
    const bytes = files.get(path)
    if (!bytes) throw new Error('no such file')
    return new Uint8Array(bytes)
  }

/** JSON with sorted names: canonical for the plain values tests use. */
export function canonical(value: Data): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const members = Object.keys(value).sort()
  return `{${members.map(name => `${JSON.stringify(name)}:${canonical(value[name]!)}`).join(',')}}`
}

function* places(size: number): Generator<{ level: number; number: number; width: number }> {
  for (let level = 0, left = size; left > 0; level++, left = Math.floor(left / 256)) {
    for (let number = 0; number * 256 < left; number++) {
      yield { level, number, width: Math.min(256, left - number * 256) }
    }
  }
}

const group = (number: number): string => {
  const three = String(number % 1000).padStart(3, '0')
  return number < 1000 ? three : `${group(Math.floor(number / 1000)).replace(/(\d+)$/, 'x$1')}/${three}`
}

const length16 = (entry: Buffer): Buffer => Buffer.of(entry.length >> 8, entry.length & 255)
