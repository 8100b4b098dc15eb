import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

interface Manner {
  readonly delayMs: number
  readonly twice: boolean
}

const RETRY_MS = 1_000

/** Messages on disk until the other side has them: a bank that dies in the middle loses none and changes none. */
export class Outbox {
  readonly #folder: string
  readonly #deliver: (entry: Buffer) => Promise<boolean>
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #known = new Set<string>()
  #stopped = false

  private constructor(folder: string, deliver: (entry: Buffer) => Promise<boolean>) {
    this.#folder = folder
    this.#deliver = deliver
  }

  /** Opens the folder and goes on with what an earlier run had not delivered. */
  static async open(folder: string, deliver: (entry: Buffer) => Promise<boolean>): Promise<Outbox> {
    const outbox = new Outbox(folder, deliver)
    await mkdir(join(folder, 'sent'), { recursive: true, mode: 0o700 })
    for (const name of await readdir(join(folder, 'sent'))) outbox.#known.add(name)
    for (const name of await readdir(folder)) {
      if (!name.endsWith('.entry')) continue
      outbox.#known.add(name)
      outbox.#send(name, 0)
    }
    return outbox
  }

  /** Keeps and sends a message under its reference, once however often it is put. */
  async put(reference: string, make: () => Buffer, { delayMs, twice }: Manner): Promise<void> {
    const name = `${createHash('sha256').update(reference).digest('hex').slice(0, 32)}.entry`
    if (this.#known.has(name)) return
    this.#known.add(name)
    const file = await open(join(this.#folder, `${name}.new`), 'w', 0o600)
    await file.writeFile(make())
    await file.sync()
    await file.close()
    await rename(join(this.#folder, `${name}.new`), join(this.#folder, name))
    this.#send(name, delayMs)
    if (twice) this.#send(name, delayMs)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const timer of this.#timers) clearTimeout(timer)
  }

  #send(name: string, delayMs: number): void {
    if (this.#stopped) return
    const timer = setTimeout(async () => {
      this.#timers.delete(timer)
      const entry = await readFile(join(this.#folder, name)).catch(() => undefined)
      if (!entry) return
      if (await this.#deliver(entry))
        await rename(join(this.#folder, name), join(this.#folder, 'sent', name)).catch(() => undefined)
      else this.#send(name, RETRY_MS)
    }, delayMs)
    this.#timers.add(timer)
  }
}
