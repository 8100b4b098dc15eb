import { ok, type Result, refuse } from '../result/result.ts'
import { byteaArray, intArray, jsonArray, textArray } from './array.ts'
import type { Writer } from './database.ts'

/** A command of one of many callers, whose transactions are one. */
export interface Claim {
  readonly actor: string
  readonly key: string
  /** See `inputHash`. */
  readonly hash: Buffer
  /** Days to remember the key, 30 if left out. */
  readonly keepDays?: number
}

/**
 * Does the work of many commands in one transaction, each once per key as `command` does it: the same key and input
 * answers as the first time, another input under it is refused, and a refused command leaves its key free. `work` is
 * given the places of those that are new, with what was read for all of them, and answers them in that order. No two may be of one key; a key that another
 * transaction took meanwhile makes this one begin again, and then it finds the answer.
 */
export async function commands<T, R>(
  tx: Writer,
  claims: readonly Claim[],
  read: () => Promise<R>,
  work: (places: readonly number[], found: R) => Promise<readonly Result<T>[]>,
): Promise<Result<T>[]> {
  const [known, found] = await Promise.all([remembered<T>(tx, claims), read()])
  const places = claims.flatMap((_, place) => (known.has(place) ? [] : [place]))
  const done = places.length > 0 ? await work(places, found) : []
  const outcomes = claims.map((_, place) => known.get(place)!)
  for (const [i, place] of places.entries()) outcomes[place] = done[i]!
  keep(
    tx,
    places.flatMap((place, i) => {
      const result = done[i]!
      return result.ok ? [{ ...claims[place]!, answer: JSON.stringify({ value: result.value }) }] : []
    }),
  )
  return outcomes
}

async function remembered<T>(tx: Writer, claims: readonly Claim[]): Promise<Map<number, Result<T>>> {
  const rows = await tx.query<{ place: number; input_hash: Buffer; answer: { value: T } }>(
    `select c.place::int, i.input_hash, i.answer
     from unnest($2::text[], $3::text[]) with ordinality c(actor, key, place)
     cross join lateral (select k.input_hash, k.answer from idempotency k
       where k.programme_id = $1 and k.actor_id = c.actor and k.key = c.key limit 1) i`,
    [tx.programme, textArray(claims.map(claim => claim.actor)), textArray(claims.map(claim => claim.key))],
    'commands-read',
  )
  return new Map(
    rows.map(({ place, input_hash, answer }) => {
      const isSame = input_hash.equals(claims[place - 1]!.hash)
      return [place - 1, isSame ? ok(answer.value) : refuse('idempotency.mismatch')]
    }),
  )
}

interface Answered extends Claim {
  readonly answer: string
}

/** In the order of the keys, so that two servers with the same ones wait for each other and do not cross. */
function keep(tx: Writer, answered: readonly Answered[]): void {
  if (answered.length === 0) return
  const sorted = [...answered].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
  tx.lastly(() => ({
    text: `insert into idempotency (programme_id, actor_id, key, input_hash, answer, created_at, keep_until)
     select $1, c.actor, c.key, c.hash, c.answer, $2::timestamptz, $2 + make_interval(days => c.days)
     from unnest($3::text[], $4::text[], $5::bytea[], $6::jsonb[], $7::int[]) c(actor, key, hash, answer, days)`,
    values: [
      tx.programme,
      tx.at,
      textArray(sorted.map(claim => claim.actor)),
      textArray(sorted.map(claim => claim.key)),
      byteaArray(sorted.map(claim => claim.hash)),
      jsonArray(sorted.map(claim => claim.answer)),
      intArray(sorted.map(claim => claim.keepDays ?? 30)),
    ],
    name: 'commands-keep',
    explain: error => (isTaken(error) ? new TakenMeanwhile() : error),
  }))
}

const placeOf = ({ actor, key }: Claim): string => `${actor}\n${key}`

const isTaken = (error: unknown): boolean => {
  const { code, constraint } = error as { code?: string; constraint?: string }
  return code === '23505' && constraint === 'idempotency_pkey'
}

/** Done again from the start, it finds what the other left. */
class TakenMeanwhile extends Error {
  override readonly name = 'TakenMeanwhile'
  readonly code = '40001'
}
