import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { addDays, dateOf } from '@silian/kernel/time/shanghai.ts'
import type { ShopAsked } from './contract.ts'
import { currentGeneration } from './generation.ts'
import { readExact, titleReading, wholeReading } from './read-exact.ts'
import { typedOf } from './typed.ts'

const DAYS = 30
/** What fewer asked for may be somebody's name: nobody is shown it. */
const LEAST_TIMES = 5
/** Offers: fewer than these are little. */
const LITTLE = 5
const MOST = 50

type Asked = Omit<ShopAsked['items'][number], 'own'>

/** What the shop was searched for in the last thirty days: first what found nothing, then what found little, then the rest. */
export async function askedWords(tx: Reader, reach: Reach): Promise<ShopAsked> {
  const asked = await tx.query<Asked>(
    `select * from (
       select query, sum(times)::int as times, count(*)::int as days,
         (array_agg(found order by day desc))[1] as found
       from shop_asked where programme_id = $1 and day > $2 group by query having sum(times) >= $3) a
     order by found > 0, found >= $4, times desc, query limit $5`,
    [tx.programme, addDays(dateOf(tx.at), -DAYS), LEAST_TIMES, LITTLE, MOST],
  )
  const isOwn = reach.everything ? () => null : await ownFinder(tx, reach, asked)
  return { items: asked.map(each => ({ ...each, own: isOwn(each) })) }
}

/** Whether an offer of the caller's is found by a word as it is written, spoken or abbreviated: nothing is mended for it. */
async function ownFinder(
  tx: Reader,
  reach: Reach,
  asked: readonly Asked[],
): Promise<(asked: Asked) => boolean> {
  const current = await currentGeneration(tx)
  if (!current) return () => false
  const { generation } = current
  const offers = await ownTokens(tx, reach, generation)
  const exact = await Promise.all(
    asked.map(async ({ query }) => [query, await readExact(tx, generation, typedOf(query))] as const),
  )
  const own = exact.filter(([, read]) =>
    [titleReading(read), wholeReading(read)].some(
      reading =>
        reading &&
        offers.some(tokens => reading.groups.every(group => group.tokens.some(token => tokens.has(token)))),
    ),
  )
  const words = new Set(own.map(([query]) => query))
  return ({ query }) => words.has(query)
}

/** By what each of the caller's offers is found; those that are found alike are one. */
async function ownTokens(tx: Reader, reach: Reach, generation: number): Promise<ReadonlySet<number>[]> {
  const parties = { programme: 'o.programme_id', organisations: ['o.seller_id'] }
  const { sql, values } = reachPredicate(reach, parties, 2)
  const rows = await tx.query<{ tokens: number[] }>(
    `select distinct f.tokens from offer o
     join offer_found f on f.programme_id = o.programme_id and f.generation = $1 and f.offer_id = o.id
     where o.state = 'listed' and ${sql}`,
    [generation, ...values],
  )
  return rows.map(({ tokens }) => new Set(tokens))
}
