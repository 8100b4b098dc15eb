import type { Reader, Writer } from '../database/database.ts'
import type { RegisterKit } from '../register/kit.ts'
import { dateOf } from '../time/shanghai.ts'
import { heldUntil } from './classes.ts'
import type { Receipt } from './contract.ts'
import { dropFiles } from './files.ts'
import type { Hold, Wait } from './holder.ts'
import type { EraseKit } from './kit.ts'
import { RECORD } from './term.ts'
import { type Asked, keep, tellCarried } from './told.ts'
import { add, type Tally } from './wipe.ts'

/** What is kept of what people did, without anything they could be known by. */
export interface Record extends Hold {
  /** A word of the messages: `record.<name>`. */
  readonly record: string
}

/** People whom no register tells of: whoever has them says what there is of them, and destroys it. */
export interface People {
  /** Stands in their erasures where a register's name stands in others. */
  readonly name: string
  /** Their rows, the one that was asked about and whatever else is the same person's, held until the transaction ends. */
  readonly reach: (tx: Reader, id: string) => Promise<readonly string[]>
  readonly waits: (tx: Reader, ids: readonly string[]) => Promise<readonly Wait[]>
  readonly stays: (tx: Reader, ids: readonly string[]) => Promise<readonly Record[]>
  readonly files: (tx: Reader, ids: readonly string[]) => Promise<readonly string[]>
  /** Takes away all that they are known by, and their words with the openings of these; it may run twice. */
  readonly forget: (tx: Writer, kit: RegisterKit, ids: readonly string[]) => Promise<Tally>
}

/** As `carryErasure`, of people without a register; answers with the files whose bytes go after the commit. */
export async function carryPeople(tx: Writer, kit: EraseKit, people: People, row: Asked): Promise<string[]> {
  const ids = await people.reach(tx, row.row_id)
  const waits = (await people.waits(tx, ids)).filter(({ count }) => count > 0)
  if (waits.length > 0) {
    await keep(tx, row.id, 'waiting', { waits, destroyed: [], stays: [] })
    return []
  }
  const stays = await staying(tx, people, ids)
  const files = await people.files(tx, ids)
  const paths = await dropFiles(tx, kit.files, files)
  const tally = await people.forget(tx, kit, ids)
  add(tally, 'file', paths.length)
  await kit.vault.erase(tx, ids)
  const receipt: Receipt = {
    waits: [],
    destroyed: Object.entries(tally).flatMap(([kind, count]) => (count > 0 ? [{ kind, count }] : [])),
    stays,
  }
  await keep(tx, row.id, stays.length > 0 ? 'restricted' : 'done', receipt)
  await tellCarried(tx, kit, row, receipt, { openings: tally.opening ?? 0, isHidden: true })
  return paths
}

async function staying(tx: Reader, people: People, ids: readonly string[]): Promise<Receipt['stays']> {
  const records = await people.stays(tx, ids)
  return records.flatMap(({ record, class: name, event }) => {
    const until = heldUntil(name, event)
    return until !== null && until > dateOf(tx.at) ? [{ class: name, fields: [RECORD + record], until }] : []
  })
}
