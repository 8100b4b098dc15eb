import { bigintArray, byteaArray } from '../database/array.ts'
import type { Reader, Writer } from '../database/database.ts'
import { factsAt, type LoggedFact } from '../fact/read.ts'
import type { SpeaksAs } from '../fact/tables.ts'
import { COUNTERSIGNED } from '../signing/countersign.ts'
import { ownGrade, type Spoken } from '../signing/grades.ts'
import type { Counted } from './define.ts'
import type { Cell } from './fold.ts'
import type { Addition } from './measure.ts'

/** On whose word beside its recorder's a fact rests, by itself and the facts that it names: bits. */
export const MARKS = { countersigned: 1, device: 2, bank: 4 } as const
export const ALL_MARKS = [1, 2, 3, 4, 5, 6, 7]

/** Beside a metric's cells lie those of what rests on these words: `completed_purchases@2#5`. */
export const markedSeries = (series: string, marks: number): string => `${series}#${marks}`

/** Whether amounts are told apart, or the things that count; null for what stands and leaves, which is neither. */
export const markedBy = (metric: Counted): 'value' | 'count' | null => {
  if (metric.kind === 'level') return metric.subject === undefined ? 'value' : null
  return metric.kind === 'flow' ? 'value' : 'count'
}

/** What additions in a month bring to, or take from, the cells of what rests on these words. */
export const markedCells = (
  metric: Counted,
  month: string,
  additions: readonly Addition[],
  sign: 1 | -1,
): Cell[] =>
  additions.map(({ dims, value }) => ({
    period: month,
    dims,
    sum: sign * (markedBy(metric) === 'value' ? value : 1),
    count: sign,
  }))

/** The marks of facts as the log stands before an index. */
export type MarksOf = (fact: LoggedFact, before: number) => number

interface Word {
  readonly own: number
  /** Where in the log it was first countersigned. */
  readonly countersigned: number
}

interface Named extends Spoken {
  readonly id: string
  readonly leaf_hash: Buffer
}

/** For whose word the own keys of these facts were registered. */
async function speakersOf(
  tx: Reader,
  facts: readonly LoggedFact[],
): Promise<ReadonlyMap<string, SpeaksAs | null>> {
  const keys = new Set(facts.filter(fact => fact.signedBy === 'own').map(({ entry }) => entry.actor))
  if (keys.size === 0) return new Map()
  const rows = await tx.query<{ key_id: string; speaks_as: SpeaksAs | null }>(
    'select key_id, speaks_as from signing_key where programme_id = $1 and key_id = any($2::text[])',
    [tx.programme, [...keys]],
    'marks-speakers',
  )
  return new Map(rows.map(({ key_id, speaks_as }) => [key_id, speaks_as]))
}

/** Reads what these facts rest on: themselves, and the facts that they name. */
export async function readMarks(tx: Reader, facts: readonly LoggedFact[]): Promise<MarksOf> {
  const leaves = [...new Set(facts.flatMap(fact => fact.entry.refs))]
  const named = await tx.query<Named>(
    `select f.id, f.leaf_hash, f.type, f.signed_by as "signedBy", k.speaks_as as "as" from fact f
     join signing_key k on k.programme_id = f.programme_id and k.key_id = f.key_id
     where f.programme_id = $1 and f.leaf_hash = any($2::bytea[])`,
    [tx.programme, byteaArray(leaves.map(leaf => Buffer.from(leaf, 'base64')))],
    'marks-named',
  )
  const ids = [...facts.map(({ id }) => id), ...named.map(({ id }) => id)]
  const rows = await tx.query<{ subject: string; at: number }>(
    `select f.subject, min(e.log_index)::bigint as at from fact f
     join log_entry e on e.programme_id = f.programme_id and e.fact_id = f.id
     where f.programme_id = $1 and f.subject = any($2::text[]) and f.type = $3 group by 1`,
    [tx.programme, ids, COUNTERSIGNED],
    'marks-countersigned',
  )
  const signed = new Map(rows.map(({ subject, at }) => [subject, at]))
  const wordOf = ({ id, ...spoken }: Spoken & { readonly id: string }): Word => {
    const grade = ownGrade(spoken)
    return { own: grade ? MARKS[grade] : 0, countersigned: signed.get(id) ?? Number.POSITIVE_INFINITY }
  }
  const words = new Map(named.map(row => [row.leaf_hash.toString('base64'), wordOf(row)]))
  const speakers = await speakersOf(tx, facts)
  return (fact, before) =>
    [
      wordOf({ ...fact, as: speakers.get(fact.entry.actor) ?? null }),
      ...fact.entry.refs.flatMap(ref => words.get(ref) ?? []),
    ].reduce(
      (marks, { own, countersigned }) => marks | own | (countersigned < before ? MARKS.countersigned : 0),
      0,
    )
}

/** Notes which counted facts name which others, so that a later countersignature finds them. */
export async function noteBasis(tx: Writer, facts: readonly LoggedFact[]): Promise<void> {
  const rows = facts.flatMap(({ index, entry }) => entry.refs.map(ref => ({ ref, index })))
  if (rows.length === 0) return
  await tx.query(
    `insert into metric_basis (programme_id, leaf, log_index)
     select distinct $1, leaf, log_index from unnest($2::bytea[], $3::bigint[]) r(leaf, log_index) on conflict do nothing`,
    [
      tx.programme,
      byteaArray(rows.map(({ ref }) => Buffer.from(ref, 'base64'))),
      bigintArray(rows.map(({ index }) => index)),
    ],
    'metric-basis',
  )
}

/** Facts before an index that rest on what is countersigned here: themselves, or by naming it. */
export async function restingOn(
  tx: Reader,
  countersigned: readonly LoggedFact[],
  before: number,
): Promise<LoggedFact[]> {
  if (countersigned.length === 0) return []
  const rows = await tx.query<{ index: number }>(
    `select log_index as index from metric_basis
     where programme_id = $1 and leaf = any($2::bytea[]) and log_index < $4
     union select e.log_index from log_entry e where e.programme_id = $1 and e.fact_id = any($3::uuid[]) and e.log_index < $4`,
    [
      tx.programme,
      byteaArray(countersigned.flatMap(({ entry }) => entry.refs.map(ref => Buffer.from(ref, 'base64')))),
      countersigned.map(({ pub }) => pub.fact),
      before,
    ],
    'metric-resting',
  )
  return factsAt(
    tx,
    rows.map(({ index }) => index),
  )
}
