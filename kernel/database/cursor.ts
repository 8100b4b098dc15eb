import type { Reader } from './database.ts'

const CHUNK = 5000

/** Rows as the database finds them, a few thousand at a time: a table need not fit into memory. One such a time. */
export async function* rowsOf<Row extends object>(
  tx: Reader,
  sql: string,
  values: readonly unknown[],
): AsyncGenerator<Row> {
  await tx.query(`declare all_rows no scroll cursor for ${sql}`, values)
  for (;;) {
    const rows = await tx.query<Row>(`fetch ${CHUNK} from all_rows`)
    yield* rows
    if (rows.length < CHUNK) break
  }
  await tx.query('close all_rows')
}
