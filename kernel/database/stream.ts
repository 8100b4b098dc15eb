import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Database, Reader, Scope } from './database.ts'

/**
 * What is read in one snapshot, sent as it is made. The transaction lasts as long as the sending: whoever goes away ends
 * it, whoever stands still is cut off by the database's own limit on idle transactions.
 */
export function streamRead(
  database: Database,
  scope: Scope,
  make: (tx: Reader) => AsyncIterable<string | Buffer>,
): Readable {
  const out = new PassThrough()
  database
    .read(scope, async tx => {
      await tx.query('set transaction isolation level repeatable read')
      await pipeline(Readable.from(make(tx), { objectMode: false }), out)
    })
    .catch(error => out.destroy(error as Error))
  return out
}
