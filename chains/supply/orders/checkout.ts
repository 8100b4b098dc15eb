import { type Command, inputHash } from '@silian/kernel/database/command.ts'
import { type Claim, commands } from '@silian/kernel/database/commands.ts'
import type { Scope } from '@silian/kernel/database/database.ts'
import { ProgrammeGroups } from '@silian/kernel/database/group.ts'
import { NotAllHeld } from '@silian/kernel/ledger/hold-lastly.ts'
import { Refused, type Result } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import type { Placed } from './contract.ts'
import { type Ask, placeOrders } from './place.ts'
import { readNow } from './place-reads.ts'

/** Two, so that the one is read and signed while the other is written. */
const FLIGHTS = 2

interface Asked {
  readonly ask: Ask
  readonly claim: Claim
}

/**
 * Places the baskets of all who ask in few transactions: what comes while a batch is in flight goes together, one
 * programme a batch. A hot offer is locked and written once a batch, and everybody shares a commit.
 */
export class Checkout {
  readonly #groups: ProgrammeGroups<Asked, Result<Placed>>
  /**
   * Submits under way, by whose key they go, a customer's by whom it is counted by: the same one again, or the next of the
   * customer or of the phone's guests, waits for its answer, so that no batch holds it twice and all that is held is counted.
   */
  readonly #underWay = new Map<string, Promise<unknown>>()

  /** Only tests give a time; all others place now. */
  constructor(kit: Kit, at?: Date) {
    this.#groups = new ProgrammeGroups(programme => {
      const scope = { programme, actor: 'system', ...(at && { at }) }
      // where goods or money ran short a moment ago they will again
      let isShort = false
      return {
        flights: FLIGHTS,
        run: async asked => {
          const all = isShort ? undefined : await placeAll(kit, scope, asked)
          const placed = all ?? (await placeBatch(kit, scope, asked, 'each'))
          isShort = placed.some(outcome => !outcome.ok && short.has(outcome.code))
          return placed
        },
      }
    })
  }

  /** Places a basket once per key: the same key and input answers the same. Refusals: those of `placeOrders` and of `command`. */
  async place(programme: string, ask: Ask, { key, name, input, keepDays }: Command): Promise<Result<Placed>> {
    const own = [
      programme,
      ...(ask.input.buyer === 'citizen' ? [ask.guestOf ?? ask.customers[0]] : [ask.actor, key]),
    ].join('\n')
    while (this.#underWay.has(own)) await this.#underWay.get(own)
    const claim = { actor: ask.actor, key, hash: inputHash({ name, input }), ...(keepDays && { keepDays }) }
    const placed = this.#groups.submit(programme, { ask, claim })
    const ended = placed.then(
      () => undefined,
      () => undefined,
    )
    this.#underWay.set(own, ended)
    try {
      return await placed
    } finally {
      this.#underWay.delete(own)
    }
  }

  /** Takes nothing more, and waits until everybody is answered. */
  close(): Promise<void> {
    return this.#groups.close()
  }
}

/** Refusals of goods or money that others before them took. */
const short: ReadonlySet<string> = new Set(['order.out_of_stock', 'order.over_budget', 'order.over_wallet'])

/** Undefined where not all of them can be: then nothing was done. */
const placeAll = (kit: Kit, scope: Scope, asked: readonly Asked[]): Promise<Result<Placed>[] | undefined> =>
  placeBatch(kit, scope, asked, 'all').catch(error => {
    if (error instanceof NotAllHeld) return undefined
    throw error
  })

/** What spoils a batch is thrown, so that each is done alone; of one alone it is the answer. */
async function placeBatch(
  kit: Kit,
  scope: Scope,
  asked: readonly Asked[],
  posting: 'each' | 'all',
): Promise<Result<Placed>[]> {
  const done = await kit.app.write(scope, async tx => {
    const outcomes = await commands(
      tx,
      asked.map(({ claim }) => claim),
      () =>
        readNow(
          tx,
          asked.map(({ ask }) => ask),
        ),
      (places, now) =>
        placeOrders(
          tx,
          kit,
          places.map(place => asked[place]!.ask),
          now,
          posting,
        ),
    )
    return { ok: true, value: outcomes }
  })
  if (done.ok) return done.value
  if (asked.length > 1) throw new Refused(done.code, done.params)
  return [done]
}
