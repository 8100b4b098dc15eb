import { statfs } from 'node:fs/promises'
import type { Reader, Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import type { HealthReport } from './contract.ts'
import type { CheckRunTable } from './tables.ts'

export interface HealthMeans {
  /** Where files lie; left out where this process keeps none. */
  readonly dataFolder?: string | undefined
  readonly mail?: { readonly host: string } | undefined
}

/** How the programme's part of the system is. Seven statements. */
export async function readHealth(tx: Reader, { dataFolder, mail }: HealthMeans): Promise<HealthReport> {
  const [database] = await tx.query<{ version: string; bytes: number }>(
    `select current_setting('server_version') as version, pg_database_size(current_database()) as bytes`,
  )
  const [files] = await tx.query<{ count: number; bytes: number }>(
    'select count(*)::int as count, coalesce(sum(size), 0)::bigint as bytes from file where programme_id = $1',
    [tx.programme],
  )
  const log = await readLog(tx)
  return {
    at: tx.at.toISOString(),
    database: database!,
    log,
    subscriptions: await readSubscriptions(tx, log.size),
    files: { ...files!, disk: dataFolder === undefined ? null : await diskOf(dataFolder) },
    check: await lastCheck(tx),
    mail: mail ? { host: mail.host } : null,
  }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

async function readLog(tx: Reader): Promise<HealthReport['log']> {
  const [row] = await tx.query<{
    size: number | null
    waiting: number
    oldest: Date | null
    head: Date | null
  }>(
    `select (select size from log where programme_id = $1) as size, w.waiting, w.oldest,
       (select signed_at from log_head where programme_id = $1 order by size desc limit 1) as head
     from (select count(*)::int as waiting, min(f.recorded_at) as oldest
       from fact_pending p join fact f on f.programme_id = p.programme_id and f.id = p.fact_id
       where p.programme_id = $1) w`,
    [tx.programme],
  )
  return {
    size: row!.size ?? 0,
    waiting: row!.waiting,
    oldest: iso(row!.oldest),
    checkpointAt: iso(row!.head),
    ...(await readWitnesses(tx)),
  }
}

async function readWitnesses(
  tx: Reader,
): Promise<Pick<HealthReport['log'], 'witnessedSize' | 'witnesses' | 'halted'>> {
  const [log] = await tx.query<{
    size: number | null
    why: 'behind' | 'forked'
    by: string
    at: Date | null
  }>(
    `select witnessed_size as size, halted_why as why, halted_by as by, halted_at as at
       from log where programme_id = $1`,
    [tx.programme],
  )
  const witnesses = await tx.query<{ name: string; size: number; at: Date }>(
    `select distinct on (witness) witness as name, size, cosigned_at as at
       from log_cosignature where programme_id = $1 order by witness, size desc`,
    [tx.programme],
  )
  return {
    witnessedSize: log?.size ?? null,
    witnesses: witnesses.map(each => ({ ...each, at: each.at.toISOString() })),
    halted: log?.at ? { why: log.why, by: log.by, at: log.at.toISOString() } : null,
  }
}

interface SubscriptionRow {
  readonly name: string
  readonly next_index: number
  readonly failed_at: Date | null
  readonly failed_index: number | null
  readonly last_error_code: string | null
}

async function readSubscriptions(tx: Reader, size: number): Promise<HealthReport['subscriptions']> {
  const rows = await tx.query<SubscriptionRow>(
    `select name, next_index, failed_at, failed_index, last_error_code from subscription
     where programme_id = $1 order by name`,
    [tx.programme],
  )
  return rows.map(row => ({
    name: row.name,
    // the log may have grown since its size was read
    behind: Math.max(0, size - row.next_index),
    failedAt: iso(row.failed_at),
    failedIndex: row.failed_index,
    code: row.last_error_code,
  }))
}

const diskOf = (folder: string): Promise<HealthReport['files']['disk']> =>
  statfs(folder).then(
    ({ bavail, blocks, bsize }) => ({ freeBytes: bavail * bsize, totalBytes: blocks * bsize }),
    () => null,
  )

async function lastCheck(tx: Reader): Promise<HealthReport['check']> {
  const [row] = await tx.query<CheckRunTable>(
    `select programme_id, id, at, facts, comparisons, differences from check_run
     where programme_id = $1 order by id desc limit 1`,
    [tx.programme],
  )
  if (!row) return null
  const { id, at, facts, comparisons, differences } = row
  return { id, at: at.toISOString(), facts, comparisons, differences }
}

/** Keeps what a full check found; `tx` writes as the role `batch`. */
export async function keepCheck(
  tx: Writer,
  found: Pick<NonNullable<HealthReport['check']>, 'facts' | 'comparisons' | 'differences'>,
): Promise<void> {
  await tx.query(
    'insert into check_run (programme_id, id, at, facts, comparisons, differences) values ($1, $2, $3, $4, $5, $6)',
    [tx.programme, newId(tx.at.getTime()), tx.at, found.facts, found.comparisons, found.differences],
  )
}
