import type { Database, Reader } from '../database/database.ts'
import { createLog } from '../fact/key-facts.ts'
import type { Keyring } from '../fact/keyring.ts'
import { OPERATOR } from '../fact/keyring.ts'
import { recordFact } from '../fact/record.ts'
import { idFrom } from '../ids/ids.ts'
import { type Opening, openAccounts } from '../ledger/accounts.ts'
import { must, ok } from '../result/result.ts'
import { PLATFORM } from './accounts.ts'

export interface ProgrammeInput {
  readonly id: string
  readonly nameZh: string
  readonly nameEn: string
  /** The assisting jurisdiction. */
  readonly areaCode: string
  readonly demo: boolean
  /** Origin of its log, fixed for ever; a demonstration's holds the word `demo`. */
  readonly origin: string
  readonly at?: Date
}

interface Means {
  /** Of role `batch`: programmes belong to none, so no working role but this one adds them. */
  readonly batch: Database
  readonly app: Database
  readonly keyring: Keyring
}

/** Makes a programme with its log and standing accounts. May be run again: what is there stays as it is. */
export async function createProgramme(
  means: Means,
  input: ProgrammeInput,
  standing: readonly Opening[],
): Promise<void> {
  const at = input.at ? { at: input.at } : {}
  await beginLog(means, PLATFORM, { name: 'platform', origin: platformOrigin(input.origin) }, at)
  must(
    await means.batch.write({ programme: PLATFORM, actor: 'system', ...at }, async tx => {
      const rows = await tx.query(
        `insert into programme (id, name_zh, name_en, area_code, demo, created_at) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing returning 1`,
        [input.id, input.nameZh, input.nameEn, input.areaCode, input.demo, tx.at],
      )
      if (rows.length > 0)
        await recordFact(tx, means.keyring, {
          type: 'programme.created',
          subject: idFrom('programme', input.id),
          holder: OPERATOR,
          pub: {
            programme: input.id,
            name: input.nameZh,
            area: input.areaCode,
            demo: input.demo,
            origin: input.origin,
          },
        })
      return ok(null)
    }),
  )
  await beginLog(means, input.id, { name: input.nameZh, origin: input.origin }, at)
  must(
    await means.app.write({ programme: input.id, actor: 'system', ...at }, async tx => {
      await openAccounts(tx, standing)
      return ok(null)
    }),
  )
}

/** The log of what belongs to no programme stands beside the first programme's. */
const platformOrigin = (origin: string): string => `${origin.slice(0, origin.lastIndexOf('/'))}/${PLATFORM}`

async function beginLog(
  { app, keyring }: Means,
  programme: string,
  log: { name: string; origin: string },
  at: { at?: Date },
): Promise<void> {
  const begun = await app.write({ programme, actor: 'system', ...at }, tx => createLog(tx, keyring, log))
  if (!begun.ok && begun.code !== 'log.exists') must(begun)
}

export interface Programme {
  readonly id: string
  readonly nameZh: string
  readonly nameEn: string
  readonly demo: boolean
}

/** All programmes, in order of their ids. A reference table: the same rows in every scope. */
export async function listProgrammes(tx: Reader): Promise<Programme[]> {
  const rows = await tx.query<{ id: string; name_zh: string; name_en: string; demo: boolean }>(
    'select id, name_zh, name_en, demo from programme order by id',
  )
  return rows.map(row => ({ id: row.id, nameZh: row.name_zh, nameEn: row.name_en, demo: row.demo }))
}
