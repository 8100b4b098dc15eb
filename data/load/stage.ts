import { command } from '@silian/kernel/database/command.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { runSubscriptions } from '@silian/kernel/fact/subscribe.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { drain } from '@silian/kernel/log/sequencer.ts'
import { must, ok, type Result } from '@silian/kernel/result/result.ts'
import { allSubscriptions, type Whole } from '@silian/server/compose.ts'

export interface Progress {
  readonly phase: string
  readonly done: number
  readonly total: number
}

/** One command of the demonstration: who gives it, when, and the key by which it is done once. */
export interface Doing {
  readonly who: string
  readonly at: Date
  readonly key: string
  readonly holder?: string
}

/** The name under which the loader keeps what it has finished. */
const ACTOR = 'demonstration'
/** Longer than any demonstration lasts: these keys say that nothing has to be loaded again. */
const FOR_EVER = 36_500

/** A programme as it is filled: commands at their own time, each once, and steps that are skipped once they are done. */
export class Stage {
  readonly kit: Whole
  readonly programme: string
  readonly #tell: (progress: Progress) => void
  readonly #done: Set<string>

  private constructor(
    kit: Whole,
    programme: string,
    tell: (progress: Progress) => void,
    done: ReadonlySet<string>,
  ) {
    this.kit = kit
    this.programme = programme
    this.#tell = tell
    this.#done = new Set(done)
  }

  static async open(kit: Whole, programme: string, tell: (progress: Progress) => void): Promise<Stage> {
    const rows = await kit.app.read({ programme, actor: ACTOR }, tx =>
      tx.query<{ key: string }>('select key from idempotency where programme_id = $1 and actor_id = $2', [
        programme,
        ACTOR,
      ]),
    )
    return new Stage(kit, programme, tell, new Set(rows.map(row => row.key)))
  }

  /** The same id in every load. */
  id(...parts: string[]): string {
    return idFrom('demo', this.programme, ...parts)
  }

  tell(phase: string, done: number, total: number): void {
    this.#tell({ phase, done, total })
  }

  /** Gives a command to the services; when it was given before, only its answer comes back. */
  async command<T>({ who, at, key, holder }: Doing, work: (tx: Writer) => Promise<Result<T>>): Promise<T> {
    const scope = { programme: this.programme, actor: who, at, ...(holder ? { holder } : {}) }
    return must(await command(this.kit.app, scope, { key, name: key, input: null }, work))
  }

  isDone(step: string): boolean {
    return this.#done.has(step)
  }

  /** Runs a step that was not finished before, then notes that it is. Its commands may find themselves half done. */
  async step(name: string, work: () => Promise<void>): Promise<void> {
    if (this.isDone(name)) return
    await work()
    await this.remember(name, null)
    this.#done.add(name)
  }

  /** Keeps a value from the first time on. */
  async remember<T>(name: string, value: T): Promise<T> {
    const scope = { programme: this.programme, actor: ACTOR }
    const once = { key: name, name, input: null, keepDays: FOR_EVER }
    return must(await command(this.kit.app, scope, once, async () => ok(value)))
  }

  /** Puts what was recorded into the log and lets every subscription catch up, until nothing moves. */
  async settle(at: Date): Promise<void> {
    await this.sequence(at)
    while ((await this.hear(at)) > 0) await this.sequence(at)
  }

  sequence(at: Date): Promise<number> {
    return drain(this.kit.batch, this.kit.keyring, this.programme, { at })
  }

  /** Lets the subscriptions catch up; returns how many facts they took. */
  hear(at: Date): Promise<number> {
    return runSubscriptions(this.kit.batch, this.programme, allSubscriptions(this.kit), {
      at,
      onFailure: failure => {
        throw failure.error
      },
    })
  }
}

/** Works on several items at once; after a failure nothing new begins, and what is under way ends first. */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = []
  let next = 0
  const worker = async () => {
    while (next < items.length && failures.length === 0) {
      const index = next++
      try {
        await work(items[index] as T, index)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  if (failures.length > 0) throw failures[0]
}

export const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
