import type { Reader, Writer } from '@silian/kernel/database/database.ts'

/** Raised when documents or words are made in another way: what is there is then made anew, see `followOffers`. */
export const FORMAT = 1

export interface Generation {
  readonly generation: number
  readonly state: 'filling' | 'current' | 'past'
  readonly format: number
  readonly filled_to: string | null
  readonly tokens: number
}

const COLUMNS = 'generation, state, format, filled_to, tokens'

/** The generations that are kept, the one that answers first; whoever else would write waits. One is made where there is none. */
export async function lockGenerations(tx: Writer): Promise<Generation[]> {
  const rows = await kept(tx)
  if (rows.length > 0) return rows
  // an index of nothing is whole: the log tells what comes into it
  await tx.query(
    `insert into offer_generation (programme_id, generation, state, format, tokens, made_at) values ($1, 1, 'current', $2, 0, $3)
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
    `insert into offer_generation (programme_id, generation, state, format, tokens, made_at)
     select $1, max(generation) + 1, 'filling', $2, 0, $3 from offer_generation where programme_id = $1
     returning ${COLUMNS}`,
    [tx.programme, FORMAT, tx.at],
  )
  return row!
}

export const setState = (tx: Writer, generation: number, state: Generation['state']) =>
  tx.query('update offer_generation set state = $3 where programme_id = $1 and generation = $2', [
    tx.programme,
    generation,
    state,
  ])

/** Takes away what no longer answers. */
export async function clearPast(tx: Writer): Promise<void> {
  const past = `select generation from offer_generation where programme_id = $1 and state = 'past'`
  for (const table of ['offer_found', 'offer_word'])
    await tx.query(`delete from ${table} where programme_id = $1 and generation in (${past})`, [tx.programme])
  await tx.query(`delete from offer_generation where programme_id = $1 and state = 'past'`, [tx.programme])
}
