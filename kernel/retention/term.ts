import type { Writer } from '../database/database.ts'
import { OPERATOR } from '../fact/keyring.ts'
import type { RegisterKit } from '../register/kit.ts'
import { dateOf } from '../time/shanghai.ts'
import type { Asked } from './told.ts'

/** Before what is kept of what people did, in a receipt: rows that tell of nobody any more. */
export const RECORD = 'record.'

/** The subject under which a class's values are sealed. */
export const keyOf = (erasure: string, name: string): string => `${erasure}/${name}`

/** What a held value is called: its column, with the row where that is another than was asked about. */
export const fieldOf = (field: string, row: string, asked: string): string =>
  row === asked ? field : `${field}/${row}`

/** The column and the row, where there is one, of what a held value is called. */
export const columnOf = (name: string): { readonly field: string; readonly row?: string } => {
  const [field, row] = name.split('/')
  return { field: field!, ...(row === undefined ? {} : { row }) }
}

const isHeld = (tx: Writer, { receipt }: Pick<Asked, 'receipt'>): boolean =>
  receipt.stays.some(
    ({ fields, until }) => until > dateOf(tx.at) && fields.some(field => field.startsWith(RECORD)),
  )

/** Destroys what has come to its term, and tells the log once nothing is left. */
export async function endTerms(
  tx: Writer,
  kit: RegisterKit,
  asked: Pick<Asked, 'id' | 'receipt'>,
): Promise<void> {
  const { id } = asked
  const ended = await tx.query<{ class: string }>(
    'delete from retained where programme_id = $1 and erasure_id = $2 and until <= $3::date returning class',
    [tx.programme, id, dateOf(tx.at)],
  )
  await kit.vault.erase(
    tx,
    [...new Set(ended.map(row => row.class))].map(name => keyOf(id, name)),
  )
  const left = await tx.query(
    `select 1 from retained where programme_id = $1 and erasure_id = $2
     union all select 1 from file_use where programme_id = $1 and subject_type = 'erasure' and starts_with(subject_id, $2::text)`,
    [tx.programme, id],
  )
  if (left.length > 0 || isHeld(tx, asked)) return
  await tx.query(`update erasure set state = 'done', done_at = $3 where programme_id = $1 and id = $2`, [
    tx.programme,
    id,
    tx.at,
  ])
  await kit.recorder.record(tx, {
    ...{ type: 'erasure.ended', subject: id, holder: OPERATOR, pub: { erasure: id } },
  })
}
