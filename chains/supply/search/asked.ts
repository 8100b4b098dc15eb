import type { Database, Writer } from '@silian/kernel/database/database.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { plain } from '@silian/kernel/text/words.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import type { ShopQuery } from './contract.ts'

/** Between two writes: so much is lost when the process is killed. */
const EVERY_MS = 60_000
/** Different words of one programme, between two writes and in a day: whoever makes words up fills no table with them. */
const MOST = 1000
const MOST_OF_DAY = 20_000

const LEAST_SIGNS = 2
const MOST_SIGNS = 20

interface Count {
  times: number
  /** When it was last asked. */
  found: number
}

/**
 * What a query is counted as: without capitals, wide signs and double spaces. Undefined for what is not kept: a single
 * sign, a long text, what nobody types, and what holds a number or an address, by which somebody might be known.
 */
export function wordOf(query: string): string | undefined {
  const word = plain(query).trim().replace(/\s+/gu, ' ')
  const signs = [...word].length
  return signs < LEAST_SIGNS || signs > MOST_SIGNS || /[\p{N}\p{C}@]/u.test(word) ? undefined : word
}

/** The first page of words alone, not what follows of it: pages, filters and other orders ask for the same once more. */
export const isAskedAnew = ({ q, after, limit: _, sort, ...filters }: ShopQuery): boolean =>
  q !== undefined && after === undefined && sort === 'relevance' && Object.keys(filters).length === 0

/**
 * Counts what the shop is searched for: in memory, so that no search waits, and written each minute by whichever process
 * counted. What a killed process had not written, or the database did not take, is not counted.
 */
export class AskedWords {
  readonly #database: Database
  readonly #at: Date | undefined
  #counts = new Map<string, Map<string, Count>>()
  #timer: NodeJS.Timeout | undefined
  #written = Promise.resolve()

  /** Only tests give a time; all others count now. */
  constructor(database: Database, at?: Date) {
    this.#database = database
    this.#at = at
  }

  note(programme: string, query: string, found: number): void {
    const word = wordOf(query)
    if (word === undefined) return
    const words = this.#counts.get(programme) ?? new Map<string, Count>()
    this.#counts.set(programme, words)
    const count = words.get(word)
    if (count) Object.assign(count, { times: count.times + 1, found })
    else if (words.size < MOST) words.set(word, { times: 1, found })
    this.#timer ??= setTimeout(() => this.flush(), EVERY_MS).unref()
  }

  /** Writes what was counted; resolves when that, and all before it, is done. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const counts = this.#counts
    this.#counts = new Map()
    this.#written = this.#written.then(async () => {
      for (const [programme, words] of counts) await this.#write(programme, words).catch(() => undefined)
    })
    return this.#written
  }

  async #write(programme: string, words: ReadonlyMap<string, Count>): Promise<void> {
    const scope = { programme, actor: 'system', ...(this.#at && { at: this.#at }) }
    await this.#database.write(scope, async tx => ok(await addAsked(tx, words)))
  }
}

/** Adds to the day's counts by word; in the order of the words, so that of two processes one waits, and never both. */
export async function addAsked(tx: Writer, words: ReadonlyMap<string, Count>): Promise<void> {
  const rows = [...words].toSorted(([a], [b]) => (a < b ? -1 : 1))
  await tx.query(
    `insert into shop_asked (programme_id, day, query, times, found)
     select $1, $2::date, u.* from unnest($3::text[], $4::int[], $5::int[]) u (query, times, found)
      where (select count(*) from shop_asked where programme_id = $1 and day = $2::date) < ${MOST_OF_DAY}
        or exists (select from shop_asked k where k.programme_id = $1 and k.day = $2::date and k.query = u.query)
     on conflict (programme_id, day, query) do update set
       times = shop_asked.times + excluded.times, found = excluded.found`,
    [
      ...[tx.programme, dateOf(tx.at)],
      rows.map(([word]) => word),
      rows.map(([, { times }]) => times),
      rows.map(([, { found }]) => found),
    ],
  )
}
