import type { Writer } from '../database/database.ts'
import { bufferedFacts } from './buffer.ts'
import { leafHashOf, storedEntry } from './entry.ts'
import type { JsonObject } from './public-part.ts'

export interface Told {
  readonly type: string
  readonly leafHash: Buffer
  readonly refs: readonly Buffer[]
  readonly pub: JsonObject
}

/** What was told of a subject, in these words, with what this transaction is about to tell. */
export async function trailOf(tx: Writer, subject: string, types: readonly string[]): Promise<Told[]> {
  const rows = await tx.query<{ entry: Buffer }>(
    'select entry from fact where programme_id = $1 and subject = $2 and type = any($3::text[]) order by id',
    [tx.programme, subject, types],
    'fact-trail',
  )
  const waiting = bufferedFacts(tx).filter(fact => fact.subject === subject && types.includes(fact.type))
  return [...rows, ...waiting].map(({ entry }) => {
    const { type, refs, pub } = storedEntry(entry)
    return { type, pub, leafHash: leafHashOf(entry), refs: refs.map(ref => Buffer.from(ref, 'base64')) }
  })
}
