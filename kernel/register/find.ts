import { recordAccess } from '../access/audit.ts'
import type { Reach } from '../access/permit.ts'
import type { Writer } from '../database/database.ts'
import { type Columns, isSealed } from '../declared/columns.ts'
import { checkValue } from '../declared/values.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import type { RegisterPage } from './contract.ts'
import { pick, type Register } from './define.ts'
import type { RegisterKit } from './kit.ts'
import type { ListQuery } from './query.ts'
import { listRows } from './reads.ts'

/** Whether a row can be found by a whole personal value of its own or of a part. Web: `isFindable`. */
export const isFindable = ({ columns, parts }: Register): boolean =>
  [columns, ...Object.values(parts).map(part => part.columns)].some(each => sealedFilters(each).length > 0)

const sealedFilters = (columns: Columns): string[] =>
  pick(columns, column => isSealed(column) && column.filter === true)

/** Refuses `input.personal` {fields} for what would stand in an address: proxies and histories keep those. */
export function openly(register: Register, { filters = {} }: ListQuery): Result<null, 'input.personal'> {
  const fields = Object.keys(filters).filter(name => isSealed(register.columns[name]!))
  return fields.length === 0
    ? ok(null)
    : refuse('input.personal', { fields: fields.map(name => `querystring/${name}`) })
}

/** Searches by whole personal values that one account may make in an hour. */
const MOST = 300
const HOUR = 3_600_000
/** Of the account's records; more of them in an hour is not what people do. */
const LOOKED_AT = 5000

/** Refuses `search.locked` {most} to whoever tries out numbers. */
export async function mayFindMore(tx: Writer): Promise<Result<null, 'search.locked'>> {
  const [made] = await tx.query<{ n: number }>(
    `select count(distinct request_id) as n from (
       select at, action, request_id from access_audit where programme_id = $1 and actor_id = $2
        order by id desc limit ${LOOKED_AT}) a
      where at > $3 and action like '%.find'`,
    [tx.programme, tx.actor, new Date(tx.at.getTime() - HOUR)],
    'access-finds',
  )
  return made!.n < MOST ? ok(null) : refuse('search.locked', { most: MOST })
}

/** The sealed columns that a list is asked by. Words count where they are such as a sensitive value may be. */
function asked({ columns, parts }: Register, { filters = {}, q }: ListQuery): string[] {
  const own = Object.keys(filters).filter(name => isSealed(columns[name]!))
  if (q === undefined || q.trim() === '') return own
  const sensitive = (each: Columns, prefix = '') =>
    sealedFilters(each).flatMap(name => {
      const column = each[name]!
      return column.personal === 'sensitive' && 'value' in checkValue(column, q) ? [`${prefix}${name}`] : []
    })
  const inParts = Object.entries(parts).flatMap(([part, each]) => sensitive(each.columns, `${part}.`))
  return [...new Set([...own, ...sensitive(columns), ...inParts])]
}

/**
 * Keeps that somebody was looked for, found or not, in the transaction of the look; nothing where no personal value was
 * asked for. Refuses `search.locked`.
 */
export async function noteFinding(
  tx: Writer,
  register: Register,
  query: ListQuery,
  subjectIds: readonly string[],
  requestId: string,
): Promise<Result<null, 'search.locked'>> {
  const fields = asked(register, query)
  if (fields.length === 0) return ok(null)
  const may = await mayFindMore(tx)
  if (!may.ok) return may
  await recordAccess(tx, {
    ...{ action: `${register.name}.find`, subjectType: register.name, fields },
    subjectIds: subjectIds.length > 0 ? subjectIds : ['none'],
    ...{ purpose: 'find', requestId },
  })
  return ok(null)
}

/** A page of rows as of `listRows`, found also by whole personal values. Refuses `search.locked`. */
export async function findRows(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  query: ListQuery,
  requestId: string,
): Promise<Result<RegisterPage, 'search.locked'>> {
  const page = await listRows(tx, kit, register, reach, { ...query, whole: true })
  const ids = page.items.map(({ id }) => id)
  const noted = await noteFinding(tx, register, query, ids, requestId)
  return noted.ok ? ok(page) : noted
}
