import type { Database } from '@silian/kernel/database/database.ts'
import { parseTilePath } from '@silian/kernel/log/paths.ts'
import { bundle, checkpoint, tile } from '@silian/kernel/log/read.ts'
import type { FetchBytes } from '@silian/verifier/source.ts'

/** A programme's log for the verifier, as it would be served, without HTTP between. */
export const logSource =
  (database: Database, programme: string): FetchBytes =>
  async path => {
    const bytes = await served(database, programme, path)
    if (bytes === undefined) throw new Error(`not served: ${path}`)
    return bytes
  }

async function served(database: Database, programme: string, path: string): Promise<Uint8Array | undefined> {
  if (path === 'checkpoint') {
    const note = await checkpoint(database, programme)
    return note === undefined ? undefined : Buffer.from(note)
  }
  const asked = parseTilePath(path.replace(/^tile\//, ''))
  if (!asked) return undefined
  return asked.kind === 'bundle'
    ? bundle(database, programme, asked.index, asked.width)
    : tile(database, programme, asked.level, asked.index, asked.width)
}
