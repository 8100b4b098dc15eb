import { createDecipheriv } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { open } from '@silian/kernel/personal/cipher.ts'
import type { TestDatabase } from '@silian/kernel/testing/test-database.ts'
import type { Whole } from '@silian/server/compose.ts'

/** Where some words are found, as `place word`, in everything that the server keeps or could open. */
export async function scan(
  db: TestDatabase,
  kit: Whole,
  programme: string,
  words: readonly string[],
): Promise<string[]> {
  const found = new Set<string>()
  const look = (place: string, text: string) => {
    for (const word of words) if (text.includes(word)) found.add(`${place} ${word}`)
  }
  const sealed: { place: string; bytes: Buffer }[] = []
  for (const { ident } of await tables(db)) {
    const { rows } = await ownerOf(
      db,
      ident,
    )<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${ident} t`)
    for (const { row } of rows) {
      look(ident, JSON.stringify(row))
      for (const bytes of bytesIn(row)) {
        look(ident, bytes.toString('utf8'))
        if (bytes[0] === 1 && bytes.length >= 30) sealed.push({ place: ident, bytes })
      }
    }
  }
  for (const key of await keysOf(db, kit, programme))
    for (const { place, bytes } of sealed) look(`${place} opened`, forced(key, bytes))
  await openings(db, kit, programme, look)
  for await (const [path, bytes] of filesBelow(kit.files.dataFolder)) look(path, bytes.toString('utf8'))
  return [...found].sort()
}

const tables = (db: TestDatabase) =>
  db.owner<{ ident: string }>(
    `select format('%I.%I', n.nspname, c.relname) as ident from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
  )

/** Each table is read by whom it belongs to, whom no row is hidden from. */
const ownerOf =
  (db: TestDatabase, ident: string) =>
  async <R extends object>(text: string): Promise<{ rows: R[] }> =>
    ident.startsWith('graphile_worker.') ? db.batch.pool.query<R>(text) : { rows: await db.owner<R>(text) }

/** Bytes as PostgreSQL writes them into JSON, however deep, and those kept in base64. */
function bytesIn(value: unknown): Buffer[] {
  if (typeof value === 'string') {
    if (/^\\x([0-9a-f]{2})+$/.test(value)) return [Buffer.from(value.slice(2), 'hex')]
    return /^[A-Za-z0-9+/_-]{40,}={0,2}$/.test(value) ? [Buffer.from(value, 'base64')] : []
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(bytesIn) : []
}

/** Every key of a person that the master key still opens. */
async function keysOf(db: TestDatabase, kit: Whole, programme: string): Promise<Buffer[]> {
  const rows = await db.owner<{ subject_id: string; sealed_key: Buffer }>(
    'select subject_id, sealed_key from subject_key where programme_id = $1 and sealed_key is not null',
    [programme],
  )
  const master = Buffer.from(kit.files.masterKey, 'base64')
  return rows.map(row =>
    open(master, JSON.stringify(['subject-key', programme, row.subject_id]), row.sealed_key),
  )
}

/** What a key makes of sealed bytes, whoever they were bound to: nothing is asked of the tag. */
function forced(key: Buffer, bytes: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13))
  return decipher.update(bytes.subarray(13, -16)).toString('utf8')
}

async function openings(
  db: TestDatabase,
  kit: Whole,
  programme: string,
  look: (place: string, text: string) => void,
): Promise<void> {
  const rows = await db.owner<{ fact_id: string; field: string; sealed_value: Buffer }>(
    'select fact_id, field, sealed_value from fact_private where programme_id = $1',
    [programme],
  )
  for (const { fact_id, field, sealed_value } of rows)
    look(
      'fact_private opened',
      kit.keyring.openHidden(programme, fact_id, field, sealed_value).toString('utf8'),
    )
}

export async function* filesBelow(folder: string): AsyncGenerator<[string, Buffer]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries)
    if (entry.isFile()) yield [entry.name, await readFile(join(entry.parentPath, entry.name))]
}
