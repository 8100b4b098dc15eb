import { basename } from 'node:path'
import type { Database, Scope, Writer } from '../database/database.ts'
import { must, ok } from '../result/result.ts'
import { filesBefore, pathOf, remove } from './disk.ts'
import type { FileKit } from './store.ts'

/** An upload's transaction is long over by then. */
const ORPHAN_MS = 24 * 3_600_000

export interface Swept {
  /** Ids of the files whose term had come. */
  readonly expired: string[]
  /** How many files lay on disk without a row. */
  readonly orphans: number
}

/**
 * Destroys what may no longer be kept, and what rolled back uploads left on disk; needs the batch role. Rows go first:
 * bytes that a crash leaves behind have no row then and are found by the next sweep.
 */
export async function sweepFiles(batch: Database, kit: FileKit, scope: Scope): Promise<Swept> {
  const gone = await batch.write(scope, async tx => ok(await dropExpired(tx))).then(must)
  for (const { id, stored_sha256: sha } of gone)
    await remove(pathOf(kit.dataFolder, scope.programme, id, sha))
  return { expired: gone.map(row => row.id), orphans: await sweepOrphans(batch, kit, scope) }
}

/** With what they were attached to. */
async function dropExpired(tx: Writer): Promise<{ id: string; stored_sha256: Buffer }[]> {
  await tx.query(
    `delete from file_use u using file f where u.programme_id = $1 and f.programme_id = $1 and f.id = u.file_id
       and f.delete_after <= $2`,
    [tx.programme, tx.at],
  )
  return tx.query(
    'delete from file where programme_id = $1 and delete_after <= $2 returning id, stored_sha256',
    [tx.programme, tx.at],
  )
}

async function sweepOrphans(batch: Database, kit: FileKit, scope: Scope): Promise<number> {
  let orphans = 0
  for await (const path of filesBefore(kit.dataFolder, scope.programme, new Date(Date.now() - ORPHAN_MS))) {
    const id = /^[0-9a-f]{64}-([0-9a-f-]{36})$/.exec(basename(path))?.[1]
    if (id !== undefined && (await hasRow(batch, scope, id))) continue
    await remove(path)
    orphans += 1
  }
  return orphans
}

const hasRow = (batch: Database, scope: Scope, id: string): Promise<boolean> =>
  batch.read(scope, async tx => {
    const rows = await tx.query('select 1 from file where programme_id = $1 and id = $2', [tx.programme, id])
    return rows.length > 0
  })
