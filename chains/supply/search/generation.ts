import type { Reader, Writer } from '@silian/kernel/database/database.ts'

/** Raised when documents or words are made in another way: what is there is then made anew, see `followOffers`. */
export const FORMAT = 4

export interface Generation {
  readonly generation: number
  readonly state: 'filling' | 'current' | 'past'
  readonly format: number
  readonly filled_to: string | null
  readonly tokens: number
  /** How often offers were written into it. */
  readonly revision: number
}

const COLUMNS = 'generation, state, format, filled_to, tokens, revision'

/** The generations that are kept, the one that answers first; whoever else would write waits. One is made where there is none. */
export async function lockGenerations(tx: Writer): Promise<Generation[]> {
  const rows = await kept(tx)
  if (rows.length > 0) return rows
  // an index of nothing is whole: the log tells what comes into it
  await tx.query(
    `insert into offer_generation (programme_id, generation, state, format, tokens, set_at) values ($1, 1, 'current', $2, 0, $3)
     on conflict do nothing`,
    [tx.programme, FORMAT, tx.at],
  )
  return kept(tx)
}

const kept = (tx: Writer) =>
  tx.query<Generation>(
    `select ${COLUMNS} from offer_generation where programme_id = $1 and state <> 'past'
     order by generation for update`,
    [tx.programme],
    'offer-generations',
  )

/** The one that answers. */
export async function currentGeneration(tx: Reader): Promise<Generation | undefined> {
  const [row] = await tx.query<Generation>(
    `select ${COLUMNS} from offer_generation where programme_id = $1 and state = 'current'`,
    [tx.programme],
    'offer-generation',
  )
  return row
}

/** The one that is being filled, begun where there is none; one of an older format is given up. */
export async function fillingGeneration(tx: Writer): Promise<Generation> {
  const all = await lockGenerations(tx)
  const filling = all.find(({ state }) => state === 'filling')
  if (filling?.format === FORMAT) return filling
  if (filling) await setState(tx, filling.generation, 'past')
  const [row] = await tx.query<Generation>(
    `insert into offer_generation (programme_id, generation, state, format, tokens, set_at)
     select $1, max(generation) + 1, 'filling', $2, 0, $3 from offer_generation where programme_id = $1
     returning ${COLUMNS}`,
    [tx.programme, FORMAT, tx.at],
  )
  return row!
}

/** Told to whoever keeps what was found in them. */
export const raiseRevision = (tx: Writer, generations: readonly number[]) =>
  tx.query(
    'update offer_generation set revision = revision + 1 where programme_id = $1 and generation = any($2)',
    [tx.programme, generations],
    'offer-revision',
  )

export const setState = (tx: Writer, generation: number, state: Generation['state']) =>
  tx.query(
    'update offer_generation set state = $3, set_at = $4 where programme_id = $1 and generation = $2',
    [tx.programme, generation, state, tx.at],
  )

/** A reader that began with it, or knows of no other yet, has long ended. */
const PAST_MS = 60_000

/** Takes away what no longer answers. */
export async function clearPast(tx: Writer): Promise<void> {
  const rows = await tx.query<{ generation: number }>(
    `select generation from offer_generation where programme_id = $1 and state = 'past' and set_at < $2`,
    [tx.programme, new Date(tx.at.getTime() - PAST_MS)],
  )
  const past = rows.map(({ generation }) => generation)
  for (const table of past.length > 0 ? ['offer_found', 'offer_word', 'offer_generation'] : [])
    await tx.query(`delete from ${table} where programme_id = $1 and generation = any($2)`, [
      tx.programme,
      past,
    ])
}
