import type { Writer } from '@silian/kernel/database/database.ts'
import { nearNumbers, soundOf } from '@silian/kernel/text/words.ts'
import type { Entry, OfferDocument } from './document.ts'
import type { Generation } from './generation.ts'

/** Writes the documents of offers into a generation and takes away those of `ids` that have none. A fixed number of statements. */
export async function keepDocuments(
  tx: Writer,
  { generation, tokens }: Pick<Generation, 'generation' | 'tokens'>,
  ids: readonly string[],
  documents: readonly OfferDocument[],
): Promise<void> {
  const tokenOf = await keepWords(tx, generation, tokens, documents)
  const old = await takeOld(tx, generation, ids, documents)
  const rows = documents.map(document => ({
    ...document,
    tokens: [...new Set(document.entries.map(({ key }) => tokenOf.get(key)!))],
  }))
  await insertFound(tx, generation, rows)
  await countWords(tx, generation, old, rows)
}

interface Known {
  readonly key: string
  readonly word: string
  readonly token: number
}

/** Enters words that are new; the token of each key. */
async function keepWords(
  tx: Writer,
  generation: number,
  highest: number,
  documents: readonly OfferDocument[],
): Promise<Map<string, number>> {
  const entries = new Map(
    documents.flatMap(({ entries }) => entries.map(each => [`${each.key} ${each.word}`, each])),
  )
  const keys = [...new Set([...entries.values()].map(({ key }) => key))]
  const known = await tx.query<Known>(
    'select key, word, token from offer_word where programme_id = $1 and generation = $2 and key = any($3)',
    [tx.programme, generation, keys],
    'offer-words-known',
  )
  const tokenOf = new Map(known.map(({ key, token }) => [key, token]))
  let next = highest
  for (const key of keys) if (!tokenOf.has(key)) tokenOf.set(key, ++next)
  for (const { key, word } of known) entries.delete(`${key} ${word}`)
  await insertWords(tx, generation, [...entries.values()], tokenOf)
  if (next > highest)
    await tx.query(
      'update offer_generation set tokens = $3 where programme_id = $1 and generation = $2',
      [tx.programme, generation, next],
      'offer-tokens',
    )
  return tokenOf
}

async function insertWords(
  tx: Writer,
  generation: number,
  entries: readonly Entry[],
  tokenOf: ReadonlyMap<string, number>,
): Promise<void> {
  if (entries.length === 0) return
  const sounds = entries.map(({ word }) => soundOf(word))
  await tx.query(
    // another word of a token that is known counts the same offers
    `insert into offer_word (programme_id, generation, key, word, kind, token, spoken, initials, near, offers)
     select $1, $2, u.key, u.word, u.kind, u.token, u.spoken, u.initials, u.near::int[], coalesce(
         (select w.offers from offer_word w where w.programme_id = $1 and w.generation = $2 and w.token = u.token limit 1), 0)
       from unnest($3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[], $9::text[])
         u (key, word, kind, token, spoken, initials, near)`,
    [
      tx.programme,
      generation,
      entries.map(({ key }) => key),
      entries.map(({ word }) => word),
      entries.map(({ kind }) => kind),
      entries.map(({ key }) => tokenOf.get(key)),
      sounds.map(({ spoken }) => spoken),
      sounds.map(({ initials }) => initials),
      entries.map(({ word }) => `{${nearNumbers(word).join(',')}}`),
    ],
    'offer-words-keep',
  )
}

/** What the offers were found by until now; those that are no longer on sale go. */
async function takeOld(
  tx: Writer,
  generation: number,
  ids: readonly string[],
  documents: readonly OfferDocument[],
): Promise<{ tokens: number[] }[]> {
  const kept = new Set(documents.map(({ id }) => id))
  const old = await tx.query<{ tokens: number[] }>(
    'select tokens from offer_found where programme_id = $1 and generation = $2 and offer_id = any($3::uuid[])',
    [tx.programme, generation, ids],
    'offer-found-old',
  )
  const gone = ids.filter(id => !kept.has(id))
  if (gone.length > 0)
    await tx.query(
      'delete from offer_found where programme_id = $1 and generation = $2 and offer_id = any($3::uuid[])',
      [tx.programme, generation, gone],
      'offer-found-drop',
    )
  return old
}

interface Found extends OfferDocument {
  readonly tokens: readonly number[]
}

async function insertFound(tx: Writer, generation: number, rows: readonly Found[]): Promise<void> {
  if (rows.length === 0) return
  await tx.query(
    `insert into offer_found (programme_id, generation, offer_id, price_fen, sold, benefit_fen, listed_at, facet, class, title, tokens)
     select $1, $2, u.id, u.price, coalesce(s.pieces, 0), u.benefit, u.listed, u.facet, u.class, u.title, u.tokens::int[]
       from unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[])
         u (id, price, benefit, listed, facet, class, title, tokens)
       left join offer_sold s on s.programme_id = $1 and s.offer_id = u.id
     on conflict (programme_id, generation, offer_id) do update set price_fen = excluded.price_fen,
       benefit_fen = excluded.benefit_fen, facet = excluded.facet, class = excluded.class, title = excluded.title,
       tokens = excluded.tokens`,
    [
      tx.programme,
      generation,
      rows.map(({ id }) => id),
      rows.map(({ priceFen }) => priceFen),
      rows.map(({ benefitFen }) => benefitFen),
      rows.map(({ listedAt }) => listedAt),
      rows.map(({ facet }) => facet),
      rows.map(row => row.class),
      rows.map(({ title }) => title),
      rows.map(({ tokens }) => `{${tokens.join(',')}}`),
    ],
    'offer-found-keep',
  )
}

/** Moves the numbers of offers behind the words that came or went. */
async function countWords(
  tx: Writer,
  generation: number,
  old: readonly { tokens: readonly number[] }[],
  rows: readonly Found[],
): Promise<void> {
  const moved = new Map<number, number>()
  const add = (by: number) => (token: number) => moved.set(token, (moved.get(token) ?? 0) + by)
  for (const { tokens } of old) tokens.forEach(add(-1))
  for (const { tokens } of rows) tokens.forEach(add(1))
  const changed = [...moved].filter(([, by]) => by !== 0)
  if (changed.length === 0) return
  await tx.query(
    `update offer_word w set offers = w.offers + u.by from unnest($3::int[], $4::int[]) u (token, by)
      where w.programme_id = $1 and w.generation = $2 and w.token = u.token`,
    [tx.programme, generation, changed.map(([token]) => token), changed.map(([, by]) => by)],
    'offer-words-count',
  )
}
