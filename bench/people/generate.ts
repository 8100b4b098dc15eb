import type { Database } from '@silian/kernel/database/database.ts'
import type { Vault } from '@silian/kernel/personal/vault.ts'
import { asOwner } from '../stand.ts'
import { figures } from './fill/figures.ts'
import { goods } from './fill/goods.ts'
import { people } from './fill/people.ts'
import { places } from './fill/places.ts'
import { registers } from './fill/registers.ts'
import { names } from './fill/search.ts'
import { trade } from './fill/trade.ts'
import { work } from './fill/work.ts'

export type Query = Parameters<Parameters<typeof asOwner>[1]>[0]

/** How much of everything; the large programme is ten times the small one. */
export interface Size {
  readonly households: number
  readonly orderLines: number
}

export interface Filler {
  readonly query: Query
  readonly app: Database
  readonly vault: Vault
}

export const PROGRAMME = 'shenzhen'

/**
 * Fills the small world's programme with generated rows: the same tables, indexes and statistics as in use, and as broad
 * on either side (counties, organisations that buy, kinds of things); what happened and who is in the registers is ten
 * times as much. Not real: nothing is signed, sealed values are bytes whose
 * keys are destroyed, the
 * ledger has no postings for the orders, cells of metrics are not what the facts add up to, and those facts are one
 * fact again and again, at places that the log has not come to.
 */
export async function generate(
  superuser: Parameters<typeof asOwner>[0],
  means: Omit<Filler, 'query'>,
  size: Size,
): Promise<void> {
  await asOwner(superuser, async query => {
    // no checks of foreign keys, which would take longer than everything else
    await query(`set session_replication_role = replica`)
    await query(`set synchronous_commit = off`)
    await query(`set maintenance_work_mem = '512MB'`)
    // an id of a name, as one of version 5 looks
    await query(`create function made(name text) returns uuid immutable language sql
      return overlay(overlay(md5(name) placing '5' from 13) placing '8' from 17)::uuid`)
    const filler = { ...means, query }
    await withoutIndexes(query, async () => {
      for (const step of [places, people, registers, goods, trade, work, figures, names]) {
        const begun = performance.now()
        await step(filler, size)
        console.error(`  ${step.name}: ${((performance.now() - begun) / 1000).toFixed(0)} s`)
      }
    })
    await query('vacuum analyze')
  })
}

const LARGE = ['household', 'household_member', 'visit', 'register_search', 'order', 'order_line', 'fact']

/** Indexes are made after the rows: in one sort each. */
async function withoutIndexes(query: Query, work: () => Promise<void>): Promise<void> {
  const indexes = await query(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made
       from pg_index i join pg_class c on c.oid = i.indrelid
      where c.relname = any($1) and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`,
    [LARGE],
  )
  for (const { name } of indexes) await query(`drop index ${name}`)
  await work()
  for (const { made } of indexes) await query(String(made))
}
