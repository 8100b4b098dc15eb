import type { Reach } from '@silian/kernel/access/permit.ts'
import { type Parties, reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { FIRST_ID } from '@silian/kernel/http/paging.ts'
import type { Balance } from '@silian/kernel/ledger/accounts.ts'
import { balanceOf } from '@silian/kernel/ledger/balance.ts'

/** Accounts of one kind, each of a row: whose they are, and what the row is called. */
interface Place {
  readonly prefix: string
  readonly suffix: string
  /** The table as `t`, with what it is named by. */
  readonly from: string
  readonly of: string
  readonly parties: Parties
}

const place = (
  prefix: string,
  from: string,
  of: string,
  { organisations = [], ...parties }: Parties,
  suffix = '',
): Place => ({
  ...{ prefix: `${prefix}/`, suffix, from, of },
  parties: { programme: 't.programme_id', organisations, ...parties },
})

const ofDeclaration = [
  'declaration t join organisation o on o.programme_id = t.programme_id and o.id = t.unit_id',
  `o.name_zh || ' ' || t.year`,
  { organisations: ['t.unit_id'] },
] as const
const ofOrder = ['"order" t', 't.number', { organisations: ['t.buyer_id', 't.seller_id'] }] as const

/** In the order in which somebody's own are listed. What is not here belongs to the programme alone. */
const places: readonly Place[] = [
  place('budget/declaration', ...ofDeclaration),
  place('escrow/order', ...ofOrder),
  place('payable/household', 'household t', 't.code', { areaPath: 't.area_path' }),
  place('payable/organisation', 'organisation t', 't.name_zh', { organisations: ['t.id'] }),
  place('payout/batch', 'payout_batch t join area c on c.code = t.county_code', 'c.name_zh', {
    areaPath: 't.area_path',
  }),
  place('quota/declaration', ...ofDeclaration),
  place('spent/declaration', ...ofDeclaration),
  place('stock/lot', 'lot t', 't.code', { organisations: ['t.cooperative_id'] }),
  place('transit/order', ...ofOrder, '/g'),
  place('transit/order', ...ofOrder, '/piece'),
]

export interface Found extends Balance {
  readonly of: string | null
}

const COLUMNS = `a.account, a.unit, a.kind, ${balanceOf('a')} as balance, a.held, a.closed_at is not null as closed`

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/
const isAt = ({ prefix, suffix }: Place, account: string): boolean =>
  account.startsWith(prefix) && account.endsWith(suffix) && UUID.test(account)

/** Accounts of a group (`escrow`) or of all; of those the ones alone that hold anything. */
export interface Which {
  readonly group?: string | undefined
  readonly used?: 'true' | undefined
}
const USED = `(a.held <> 0 or ${balanceOf('a')} <> 0)`

/** The accounts after one, those that the reach covers; `limit` at most. */
export async function findAccounts(
  tx: Reader,
  reach: Reach,
  { after = '', limit, ...which }: Which & { readonly after?: string | undefined; readonly limit: number },
): Promise<Found[]> {
  if (reach.everything) return named(tx, await programmeWide(tx, after, which, limit))
  const { group, used } = which
  const passed = places.findIndex(each => isAt(each, after))
  const found: Found[] = []
  for (const [i, each] of places.entries()) {
    if (found.length === limit) break
    if (i < passed || (group !== undefined && !each.prefix.startsWith(`${group}/`))) continue
    const from = i === passed ? UUID.exec(after)![0] : FIRST_ID
    found.push(...(await ownAt(tx, reach, each, { after: from, used, limit: limit - found.length })))
  }
  return found
}

/** One account, if the reach covers it. */
export async function findAccount(tx: Reader, reach: Reach, account: string): Promise<Found | undefined> {
  if (reach.everything) {
    const rows = await tx.query<Balance>(
      `select ${COLUMNS} from ledger_account a where a.programme_id = $1 and a.account = $2`,
      [tx.programme, account],
    )
    return (await named(tx, rows))[0]
  }
  const at = places.find(each => isAt(each, account))
  const rows = at ? await ownAt(tx, reach, at, { only: UUID.exec(account)![0], limit: 1 }) : []
  return rows.find(row => row.account === account)
}

/** By their own index: a prefix is one range of it where texts compare by their bytes, as ours do. */
const programmeWide = (
  tx: Reader,
  after: string,
  { group, used }: Which,
  limit: number,
): Promise<Balance[]> =>
  tx.query<Balance>(
    `select ${COLUMNS} from ledger_account a
     where a.programme_id = $1 and a.account > $2 and a.account like $3 and ${used ? USED : 'true'}
     order by a.account limit $4`,
    [tx.programme, after, group === undefined ? '%' : `${group}/%`, limit],
  )

function ownAt(
  tx: Reader,
  reach: Reach,
  { prefix, suffix, from, of, parties }: Place,
  { after, only, used, limit }: { after?: string; only?: string; used?: Which['used']; limit: number },
): Promise<Found[]> {
  const { sql, values } = reachPredicate(reach, parties, 4)
  return tx.query<Found>(
    `select ${COLUMNS}, ${of} as of from ${from}
     join ledger_account a on a.programme_id = t.programme_id and a.account = $1 || t.id || '${suffix}'
     where t.id ${only === undefined ? '>' : '='} $2::uuid and ${sql} and ${used ? USED : 'true'}
     order by t.id limit $3`,
    [prefix, only ?? after, limit, ...values],
  )
}

/** The names of what programme-wide accounts are of, one statement a kind that occurs. */
async function named(tx: Reader, rows: readonly Balance[]): Promise<Found[]> {
  const names = new Map<string, string>()
  for (const each of places) {
    const ids = rows.flatMap(({ account }) => (isAt(each, account) ? [UUID.exec(account)![0]] : []))
    if (ids.length === 0) continue
    for (const { id, of } of await namesOf(tx, each, ids)) names.set(`${each.prefix}${id}${each.suffix}`, of)
  }
  return rows.map(row => ({ ...row, of: names.get(row.account) ?? null }))
}

const namesOf = (tx: Reader, { from, of }: Pick<Place, 'from' | 'of'>, ids: readonly string[]) =>
  tx.query<{ id: string; of: string }>(
    `select t.id, ${of} as of from ${from} where t.programme_id = $1 and t.id = any($2::uuid[])`,
    [tx.programme, ids],
  )

/** The numbers and codes of what entries are about, by their subjects; what has none is left out. */
export async function aboutOf(
  tx: Reader,
  subjects: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(subjects)].filter(subject => subject !== null && UUID.test(subject))
  const found = new Map<string, string>()
  if (ids.length === 0) return found
  for (const prefix of ['escrow/order/', 'stock/lot/', 'budget/declaration/', 'payout/batch/'])
    for (const { id, of } of await namesOf(tx, places.find(each => each.prefix === prefix)!, ids as string[]))
      found.set(id, of)
  return found
}
