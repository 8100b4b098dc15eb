import type { Reader } from '@silian/kernel/database/database.ts'
import { namesOf } from '@silian/kernel/metric/names.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { z } from 'zod'
import type { Bulletin, bulletins } from './contract.ts'
import type { BulletinRow } from './service.ts'

const COLUMNS = `programme_id, id, month, title, state, version, sections, figures, drafted_at, drafted_by,
  published_at, fact_id, content_hash`

/** Newest month first; drafts only for those who write them. */
export async function listBulletins(tx: Reader, mayWrite: boolean): Promise<z.infer<typeof bulletins>> {
  const rows = await tx.query<BulletinRow>(
    `select id, month, title, state, version, published_at, fact_id from bulletin
     where programme_id = $1 and (state = 'published' or $2) order by month desc limit 200`,
    [tx.programme, mayWrite],
    'bulletins',
  )
  return rows.map(rowOf)
}

export async function readBulletin(
  tx: Reader,
  id: string,
  mayWrite: boolean,
): Promise<Result<Bulletin, 'bulletin.not_found'>> {
  const [row] = await tx.query<BulletinRow>(
    `select ${COLUMNS} from bulletin where programme_id = $1 and id = $2 and (state = 'published' or $3)`,
    [tx.programme, id, mayWrite],
    'bulletin',
  )
  if (!row) return refuse('bulletin.not_found')
  const { sections, figures, content_hash: contentHash } = row
  const codes = figures.flatMap(figure => figure.rows.flatMap(({ dims }) => dims))
  return ok({ ...rowOf(row), sections, figures, contentHash, mayWrite, names: await namesOf(tx, codes) })
}

const rowOf = (row: BulletinRow) => ({
  ...{ id: row.id, month: row.month, title: row.title, state: row.state, version: row.version },
  publishedAt: row.published_at?.toISOString() ?? null,
  factId: row.fact_id,
})

export interface Head {
  readonly origin: string
  readonly size: number
  readonly programme: string
}

/** What stands below every page: where the log is, and how large it was signed last. */
export async function logHead(tx: Reader): Promise<Head> {
  const [row] = await tx.query<Head>(
    'select l.origin, l.size, p.name_zh as programme from log l join programme p on p.id = l.programme_id where l.programme_id = $1',
    [tx.programme],
    'bulletin-log',
  )
  return row ?? { origin: '', size: 0, programme: '' }
}
