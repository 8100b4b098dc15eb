import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '@silian/kernel/database/database.ts'
import { factsSequenced } from '@silian/kernel/fact/signal.ts'
import {
  cosignersOf,
  keepCosignature,
  lastSizeOf,
  markWitnessed,
  newestHead,
  type ServedHead,
} from '@silian/kernel/log/cosignatures.ts'
import { forEachProgramme, type Programmes } from '@silian/kernel/log/programmes.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { isQuorum, type Policy } from '@silian/verifier/policy.ts'
import { type Asked, askWitness, type Said, WitnessFailed } from './ask.ts'
import { lookBack } from './look-back.ts'

export interface CollectorConfig {
  /** Under the role `batch`. */
  readonly database: Database
  readonly policy: Policy
  readonly programmes: Programmes
  readonly signal: AbortSignal
  /** Told when a witness failed or was silent; it is asked again. */
  readonly onError?: (programme: string, error: unknown) => void
}

const POLL_MS = 1_000
/** A witness that failed holds nobody up, and is asked again after so long. */
const REST_MS = 3_000

/**
 * Sends every programme's newest checkpoint to the witnesses of the policy and keeps what they sign, until stopped. While
 * one is down the others go on. Any number of processes may do so: a witness sees to it that none leads it back.
 */
export const startCollector = (config: CollectorConfig): { readonly stopped: Promise<void> } => ({
  stopped: forEachProgramme(config, programme => new Collector(config, programme).run()),
})

class Collector {
  readonly #config: CollectorConfig
  readonly #programme: string
  readonly #witnesses: Asking[]

  constructor(config: CollectorConfig, programme: string) {
    this.#config = config
    this.#programme = programme
    this.#witnesses = [...config.policy.witnesses.values()].flatMap(({ key, url }) =>
      url === undefined ? [] : [new Asking({ key, url })],
    )
  }

  async run(): Promise<void> {
    const { signal, onError } = this.#config
    while (!signal.aborted) {
      const seen = factsSequenced.count(this.#programme)
      const isBusy = await this.#round().catch(error => {
        onError?.(this.#programme, error)
        return pause(POLL_MS, false, { signal }).catch(() => false)
      })
      if (!isBusy) await factsSequenced.wait(this.#programme, seen, POLL_MS, signal)
    }
  }

  /** Asks those that have not cosigned the newest head yet; whether anybody was asked. */
  async #round(): Promise<boolean> {
    const { database } = this.#config
    const head = await database.read(this.#scope, newestHead)
    const due = head ? this.#witnesses.filter(witness => witness.isDue(head.size)) : []
    if (!head || due.length === 0) return false
    await Promise.all(due.map(witness => this.#ask(witness, head)))
    return true
  }

  async #ask(witness: Asking, head: ServedHead): Promise<void> {
    const { database, onError } = this.#config
    try {
      const { key } = witness.asked
      witness.size ??= await database.read(this.#scope, tx => lastSizeOf(tx, key.name, key.id))
      const said = await this.#goOn(witness, head)
      if (said.kind === 'cosigned') {
        await this.#keep(head, said)
        witness.done(head.size)
      } else if (said.kind === 'inconsistent' || said.size > head.size) {
        await lookBack(database, this.#programme, witness.asked)
        witness.rest()
      }
    } catch (error) {
      if (!(error instanceof WitnessFailed)) throw error
      witness.rest()
      onError?.(this.#programme, error)
    }
  }

  /**
   * Asks; a witness that saw more than we knew of is asked once more from there. Another server may have shown it more
   * than the head in hand, from which nothing goes on to that.
   */
  async #goOn(witness: Asking, head: ServedHead): Promise<Said> {
    const { database } = this.#config
    const said = await askWitness(
      database,
      this.#programme,
      witness.asked,
      head,
      Math.min(witness.size ?? 0, head.size),
    )
    if (said.kind !== 'elsewhere') return said
    witness.size = said.size
    if (said.size > head.size) return said
    return askWitness(database, this.#programme, witness.asked, head, said.size)
  }

  /** Kept first and counted afterwards: of two that are kept at once, whoever counts later sees both. */
  async #keep(head: ServedHead, { line }: Extract<Said, { kind: 'cosigned' }>): Promise<void> {
    const { database, policy } = this.#config
    await database.write(this.#scope, async tx => ok(await keepCosignature(tx, head.size, line)))
    if (policy.quorum === undefined) return
    await database.write(this.#scope, async tx => {
      const cosigners = await cosignersOf(tx, head.size)
      const signed = [...policy.witnesses.values()].filter(({ key }) =>
        cosigners.some(({ witness, keyId }) => witness === key.name && keyId === key.id),
      )
      const cosignatures = signed.map(({ key }) => ({ witness: key, time: 0 }))
      return ok(isQuorum(policy, cosignatures) ? await markWitnessed(tx, head.size) : undefined)
    })
  }

  get #scope() {
    return { programme: this.#programme, actor: 'system' }
  }
}

/** How far one witness has come with one log. */
class Asking {
  readonly asked: Asked
  /** The tree that it saw last; unknown until it is asked. */
  size: number | undefined
  #restsUntil = 0
  #done = -1

  constructor(asked: Asked) {
    this.asked = asked
  }

  isDue(size: number): boolean {
    return size > this.#done && Date.now() >= this.#restsUntil
  }

  done(size: number): void {
    this.size = size
    this.#done = size
  }

  rest(): void {
    this.#restsUntil = Date.now() + REST_MS
  }
}
