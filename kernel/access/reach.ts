import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Reach } from './permit.ts'

/** The columns of a register that name its parties, as they are called in the statement (`household.village_id`). */
export interface Parties {
  /** Default `programme_id`. */
  readonly programme?: string
  /** uuid columns with an organisation's id; any of them will do. */
  readonly organisations?: readonly string[]
  /** A column with an area's chain of codes (`text collate "C"`, indexed), or one with its code; the code follows a replaced area. */
  readonly areaPath?: string
  readonly areaCode?: string
  /** uuid columns with the member, device or client whose own the row is. */
  readonly persons?: readonly string[]
}

export interface Predicate {
  readonly sql: string
  readonly values: readonly unknown[]
}

/**
 * The condition a row must meet to exist for the caller; lists and single reads use the same, so another's row is not
 * found. Placeholders begin at `$first`. It names the programme too: row security enforces it, Citus routes by it.
 */
export function reachPredicate(reach: Reach, parties: Parties, first = 1): Predicate {
  const values: unknown[] = []
  const texts = conditionOf(reach, parties).map(piece => {
    if (typeof piece === 'string') return piece
    values.push(piece.value)
    return `$${first + values.length - 1}`
  })
  return { sql: texts.join(''), values }
}

/** The same for a Kysely `where`. */
export const reachExpression = (reach: Reach, parties: Parties): RawBuilder<SqlBool> =>
  sql.join<SqlBool>(
    conditionOf(reach, parties).map(piece =>
      typeof piece === 'string' ? sql.raw(piece) : sql.val(piece.value),
    ),
    sql.raw(''),
  )

/** Statement text, or a value that becomes a parameter. */
type Piece = string | { readonly value: unknown }

function conditionOf(reach: Reach, parties: Parties): Piece[] {
  const programme: Piece[] = [`${column(parties.programme ?? 'programme_id')} = `, { value: reach.programme }]
  if (reach.everything) return programme
  const ways = [
    ...organisationWays(reach, parties),
    ...areaWays(reach, parties),
    ...personWays(reach, parties),
  ]
  if (ways.length === 0) return [...programme, ' and false']
  return [...programme, ' and (', ...ways.flatMap((way, i) => (i === 0 ? way : [' or ', ...way])), ')']
}

const organisationWays = ({ organisationIds }: Reach, { organisations = [] }: Parties): Piece[][] =>
  organisationIds.length === 0 ? [] : organisations.map(name => isAny(name, organisationIds))

const personWays = ({ personIds }: Reach, { persons = [] }: Parties): Piece[][] =>
  personIds.length === 0 ? [] : persons.map(name => isAny(name, personIds))

const isAny = (name: string, ids: readonly string[]): Piece[] => [
  `${column(name)} = any(`,
  { value: ids },
  '::uuid[])',
]

function areaWays({ areaPaths }: Reach, { areaPath, areaCode }: Parties): Piece[][] {
  return areaPaths.flatMap(path => [
    ...(areaPath ? [within(column(areaPath), path)] : []),
    ...(areaCode
      ? [[`${column(areaCode)} in (select code from area where `, ...within('path', path), ')']]
      : []),
  ])
}

/** '0' follows '/', and paths hold digits and '/' only: the area itself and all below it are one range of the index. */
const within = (name: string, path: string): Piece[] => [
  `(${name} collate "C" >= `,
  { value: path },
  ` and ${name} collate "C" < `,
  { value: `${path}0` },
  ')',
]

/** Column names are ours and become statement text, so nothing else may pass. */
function column(name: string): string {
  if (!/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/.test(name)) throw new RangeError(`not a column: ${name}`)
  return name
}
