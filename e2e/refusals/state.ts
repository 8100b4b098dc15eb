import { deliverJob } from '@silian/kernel/notify/deliver-job.ts'
import { fireDue } from '@silian/kernel/process/timers.ts'
import type { TestDatabase } from '@silian/kernel/testing/test-database.ts'
import { declaredProcesses, type Whole } from '@silian/server/compose.ts'
import { vi } from 'vitest'

/** Table → how many rows, and a hash over all they hold. */
export type State = Readonly<Record<string, string>>

/** Written a while after it was asked, and no part of what anybody did. */
const LATER = 'shop_asked'

/** Everything there is in our schemas, past row security: two equal states hold the same rows. */
export async function stateOf(db: TestDatabase): Promise<State> {
  const text = statements.get(db) ?? (await statementOver(db))
  statements.set(db, text)
  const rows = await db.owner<{ name: string; held: string }>(text, [], 'state')
  return Object.fromEntries(rows.map(row => [row.name, row.held]))
}

/** By database: no tables come or go while it is tested. */
const statements = new WeakMap<TestDatabase, string>()

async function statementOver(db: TestDatabase): Promise<string> {
  const tables = await db.owner<{ name: string; ident: string }>(
    `select schemaname || '.' || tablename as name, format('%I.%I', schemaname, tablename) as ident
     from pg_tables where schemaname in ('public', 'auth') and tablename <> $1 order by 1`,
    [LATER],
  )
  const each = tables.map(
    ({ name, ident }) =>
      `select '${name}' as name, count(*) || ' rows ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as held from ${ident} t`,
  )
  return each.join(' union all ')
}

/** Until nothing is left to do that the clock of a running server would do on its own, at any moment. */
export async function settled(db: TestDatabase, kit: Whole): Promise<void> {
  for (let fired = 1; fired > 0; ) {
    await quiet(db)
    fired = 0
    for (const programme of ['shenzhen', 'tongzhou'])
      fired += (
        await fireDue(kit.app, { ...kit, processes: declaredProcesses }, { programme, actor: 'system' })
      ).fired
  }
}

/** Until the sequencer and every subscription have nothing left to do, and every word is delivered. */
export async function quiet(db: TestDatabase): Promise<void> {
  await vi.waitFor(
    async () => {
      const behind = await db.owner(
        `select programme_id from fact_pending
         union all
         select l.programme_id from log l where (select count(distinct name) from subscription) >
           (select count(*) from subscription s where s.programme_id = l.programme_id and s.next_index = l.size)`,
      )
      const jobs = await db.batch.pool.query(
        `select 1 from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
          where t.identifier = $1 and j.run_at <= clock_timestamp() and j.attempts < j.max_attempts limit 1`,
        [deliverJob.name],
      )
      if (behind.length + jobs.rows.length > 0)
        throw new Error('the log is still being worked on, or words are under way')
    },
    { timeout: 20_000, interval: 20 },
  )
}
