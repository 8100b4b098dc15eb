import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { counted, uncounted } from '@silian/chains/assurance/check/coverage.ts'
import { toldColumns } from '@silian/chains/assurance/check/expect/declared.ts'
import { registers } from '@silian/chains/registers.ts'
import { snake } from '@silian/kernel/declared/columns.ts'
import type { Register } from '@silian/kernel/register/define.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { smallWorld } from '../small-world.ts'
import { busyWorld } from './busy-world.ts'

let db: TestDatabase
let kit: Whole
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  await busyWorld(db, kit, await smallWorld(kit), 15)
  await spoilable()
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

/** Values are spoilt past every rule of the schema: whoever can write to the disk is not asked by constraints. */
async function spoilable(): Promise<void> {
  const constraints = await db.owner<{ statement: string }>(
    `select format('alter table %s drop constraint %I cascade', conrelid::regclass, conname) as statement
     from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'f')`,
  )
  for (const { statement } of constraints) await db.owner(statement)
}

/** Tables that no fact of this world fills: a row of their own is what must be seen. */
const strange: Readonly<Record<string, string>> = {
  ledger_discrepancy: `insert into ledger_discrepancy (programme_id, id, account, entry_id, shortfall, opened_at)
    values ('shenzhen', gen_random_uuid(), 'world/bank', gen_random_uuid(), 1, now())`,
  provider_receipt: `insert into provider_receipt (programme_id, provider, reference, payment_id, amount_fen, paid_at,
      received_at, state, fact_id) values ('shenzhen', 'wechat', 'R', gen_random_uuid(), 1, now(), now(), 'matched',
      gen_random_uuid())`,
  order_return: `insert into order_return (programme_id, id, order_id, reason, amount_fen, returned_at)
    values ('shenzhen', gen_random_uuid(), gen_random_uuid(), 'return', 1, now())`,
  refund: `insert into refund (programme_id, id, source, tender_no, amount_fen, state, ordered_at)
    values ('shenzhen', gen_random_uuid(), 'wechat', 1, 1, 'ordered', now())`,
  fact_pending: `insert into fact_pending (programme_id, fact_id, rank, place)
    select 'shenzhen', fact_id, 0, fact_id from log_entry where programme_id = 'shenzhen' limit 1`,
}

/** Of declared registers: what their facts tell of a row, and how many parts it has. */
const declaredColumns = Object.fromEntries(
  registers.flatMap(register => [
    [
      register.name,
      [
        ...['version', 'valid_from', 'valid_to'],
        ...(areaOf(register) ? ['area_path'] : []),
        ...toldColumns(register).map(snake),
      ],
    ],
    ...Object.keys(register.parts).map(part => [`${register.name}_${part}`, [`${register.name}_id`]]),
  ]),
)

/** A path that is another row's is compared there. */
function areaOf({ columns, parties: { area } }: Register): boolean {
  return area !== undefined && columns[area]!.kind === 'area'
}

/** The columns by which a table counts; all others of it say nothing that is summed. */
const columns: Readonly<Record<string, readonly string[]>> = {
  bank_credit: ['bank_id', 'reference', 'code', 'amount_fen', 'booked_at', 'state', 'reason', 'payment_id'],
  bulletin: ['month', 'title', 'version', 'published_at', 'fact_id', 'content_hash'],
  cited_figure: ['row_id', 'quote_zh', 'value', 'unit', 'as_of', 'fact_id'],
  declaration: [
    'unit_id',
    'year',
    'rule_id',
    'kind',
    'base_fen',
    'reserved_fen',
    'state',
    'decided_at',
    'target_id',
  ],
  fact: ['type', 'at', 'key_id', 'signed_by', 'entry', 'leaf_hash', 'id'],
  fact_private: ['salt', 'sealed_value', 'field', 'fact_id'],
  ...declaredColumns,
  ledger_account: ['balance', 'held', 'unit', 'kind', 'closed_at', 'account'],
  ledger_entry: ['kind', 'subject', 'at', 'observed', 'id'],
  ledger_hold: ['account', 'amount', 'remaining', 'expires_at', 'state', 'entry_id'],
  ledger_posting: ['account', 'amount', 'undertaking_id', 'at', 'entry_id'],
  log: ['size', 'origin', 'checkpoint'],
  log_entry: ['log_index', 'type', 'leaf_hash', 'fact_id'],
  log_head: ['size', 'checkpoint'],
  log_tile: ['hashes', 'level', 'tile_index'],
  lot: [
    ...['product_id', 'cooperative_id', 'harvested_on', 'place_id', 'moved_leaf'],
    ...['quantity', 'own_quantity', 'households'],
  ],
  lot_source: ['link_id', 'household_id', 'quantity', 'price_fen', 'price_per'],
  metric_cell: ['period', 'dims', 'sum', 'count'],
  metric_close: ['period', 'up_to', 'fact_id', 'total', 'count'],
  offer: ['version', 'state', 'product_id', 'seller_id', 'lot_id', 'per_piece', 'price_fen', 'ship_days'],
  offer_price: ['price_fen', 'offer_id', 'version', 'buyer_group', 'from_pieces'],
  order: [
    'number',
    'state',
    'buyer_id',
    'seller_id',
    'declaration_id',
    'total_fen',
    'ship_by',
    'placed_at',
    'approved_at',
    'shipped_at',
    'carrier',
    'waybill',
    'accepted_at',
    'invoice_number',
    'paid_at',
    'evaluated_at',
    'score',
    'evaluation',
    'completed_at',
    'last_leaf',
    'off_fen',
    'delivered_at',
    'refunded_fen',
  ],
  order_off: ['line_no', 'pieces', 'quantity', 'amount_fen', 'cause', 'taken_at'],
  order_line: [
    'offer_id',
    'offer_version',
    'product_id',
    'lot_id',
    'pieces',
    'quantity',
    'price_fen',
    'amount_fen',
    'county_code',
    'recognised',
  ],
  organisation: ['type'],
  payment: ['code', 'buyer_id', 'amount_fen', 'state', 'expires_at', 'paid_at'],
  payment_allocation: ['order_id', 'amount_fen'],
  payout_batch: ['county_code', 'area_path', 'state', 'total_fen', 'households', 'paid_at', 'bank_reference'],
  payout_dispute: ['batch_id', 'reference', 'fen'],
  payout_item: ['batch_id', 'household_id', 'area_path', 'amount_fen', 'paid_at', 'confirmed_at'],
  product: [
    'key',
    'name_zh',
    'class',
    'county_code',
    'area_path',
    'cooperative_id',
    'unit',
    'recognised_from',
    'recognised_to',
  ],
  programme: ['name_zh'],
  quota_rule: [
    'year',
    'area_code',
    'base',
    'ratio_bp',
    'product_areas',
    'channels',
    'recognised_only',
    'not_below_last',
    'declare_by',
  ],
  settlement: [
    'fact_id',
    'seller_id',
    'total_fen',
    'cooperative_fen',
    'households_fen',
    'households',
    'settled_at',
  ],
  settlement_part: ['household_id', 'link_id', 'mechanism', 'fen', 'payout_id', 'passed_to'],
  signing_key: ['holder', 'alg', 'custody', 'public_key', 'role', 'revoked_at', 'key_id', 'speaks_as'],
  subscription: ['next_index'],
  tender: ['kind', 'account', 'amount_fen'],
  undertaking: ['kind', 'promisor', 'promisee', 'unit', 'bound', 'formula', 'starts_on', 'ends_on', 'state'],
  undertaking_due: ['due_on', 'amount'],
}

/** Another value of a column's type. */
const other: Readonly<Record<string, (column: string) => string>> = {
  text: c => `coalesce(${c}, '') || 'x'`,
  bigint: c => `coalesce(${c}, 0) + 1`,
  integer: c => `coalesce(${c}, 0) + 1`,
  smallint: c => `${c} + 1`,
  boolean: c => `not coalesce(${c}, false)`,
  uuid: () => 'gen_random_uuid()',
  date: c => `coalesce(${c}, '2025-01-01'::date) + 1`,
  'timestamp with time zone': c => `coalesce(${c}, '2025-01-01'::timestamptz) + interval '1 second'`,
  bytea: c => `set_byte(coalesce(${c}, '\\x00'::bytea), length(coalesce(${c}, '\\x00'::bytea)) - 1,
    (get_byte(coalesce(${c}, '\\x00'::bytea), length(coalesce(${c}, '\\x00'::bytea)) - 1) + 1) % 256)`,
  'text[]': c => `coalesce(${c}, '{}') || 'x'::text`,
  'uuid[]': c => `coalesce(${c}, '{}') || gen_random_uuid()`,
  jsonb: c => `${c} || '{"spoilt": 1}'`,
}

/** Where one row says more than another. */
const rows: Readonly<Record<string, string>> = {
  subscription: `name = 'settlement'`,
  organisation: `key = 'unit'`,
  signing_key: `holder <> 'x'`,
}

/** Of the heads only the last can be missed: which sizes were signed before nobody knows. */
const last: Readonly<Record<string, string>> = { log_head: 'size' }

/** What else is expected depends on these, so that each is spoilt alone; all others are compared by themselves. */
const alone = [
  'fact',
  'fact_private',
  'ledger_hold',
  'log',
  'log_entry',
  'log_head',
  'log_tile',
  'subscription',
]
const together = Object.keys(columns).filter(table => !alone.includes(table))

const check = async () => (await checkProgramme(kit, 'shenzhen')).differences

const mine = (table: string): string =>
  `${table === 'programme' ? 'id' : 'programme_id'} = 'shenzhen' and ${rows[table] ?? 'true'}`

interface Spoilt {
  readonly table: string
  readonly before: object
  /** Where the spoilt row lies; of a missing one undefined. */
  readonly place?: string
}

async function spoil(table: string, column: string): Promise<Spoilt> {
  const [type] = await db.owner<{ type: string }>(
    `select format_type(atttypid, null) as type from pg_attribute where attrelid = $1::regclass and attname = $2`,
    [`"${table}"`, column],
  )
  const value = other[type!.type]!(`"${column}"`)
  const [row] = await db.owner<{ before: object; place: string }>(
    `with one as (select ctid as spot, to_jsonb(t) as before from "${table}" t where ${mine(table)} order by ctid desc limit 1)
     update "${table}" t set "${column}" = ${value} from one where t.ctid = one.spot
     returning one.before, t.ctid::text as place`,
  )
  return { table, ...row! }
}

async function remove(table: string): Promise<Spoilt> {
  const which = table === 'fact_private' ? `field = 'formula'` : mine(table)
  const [gone] = await db.owner<{ before: object }>(
    `delete from "${table}" t where ctid = (select ctid from "${table}" where ${which} order by ${last[table] ?? 'ctid'} desc limit 1)
     returning to_jsonb(t) as before`,
  )
  return { table, before: gone!.before }
}

async function restore({ table, before, place }: Spoilt): Promise<void> {
  if (place) await db.owner(`delete from "${table}" where ctid = $1::tid`, [place])
  // generated columns come by themselves
  const [given] = await db.owner<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [`"${table}"`],
  )
  await db.owner(
    `insert into "${table}" (${given!.columns}) select ${given!.columns} from jsonb_populate_record(null::"${table}", $1)`,
    [JSON.stringify(before)],
  )
}

/** Runs the check over what was spoilt and puts it back; says which columns of which tables were named. */
async function named(spoilt: readonly Spoilt[]): Promise<Map<string, Set<string>>> {
  try {
    const fields = new Map<string, Set<string>>()
    for (const { table, field } of await check())
      fields.set(table, (fields.get(table) ?? new Set()).add(field))
    return fields
  } finally {
    for (const each of spoilt) await restore(each)
  }
}

it('knows every table of the schema', async () => {
  const tables = await db.owner<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`,
  )
  expect(tables.map(t => t.name)).toEqual([...counted, ...Object.keys(uncounted)].sort())
  expect(Object.keys({ ...columns, ...strange }).sort()).toEqual([...counted].sort())
})

it('is clean before', async () => expect(await check()).toEqual([]))

describe.each(alone)('a corrupt %s', table => {
  test.each(columns[table]!)('is named for its %s', async column => {
    const fields = await named([await spoil(table, column)])
    expect([...fields.keys()]).toContain(table)
  })

  test('is named when a row is missing', async () => {
    expect([...(await named([await remove(table)])).keys()]).toContain(table)
  })
})

describe('corrupt tables that decide nothing of each other', () => {
  const most = Math.max(...together.map(table => columns[table]!.length))
  const rounds = Array.from({ length: most }, (_, n) =>
    together.flatMap(table => (columns[table]![n] ? [[table, columns[table]![n]] as const] : [])),
  )
  test.each(rounds.map((round, n) => [n + 1, round] as const))(
    'are each named for their column no. %i',
    async (_, round) => {
      const spoilt: Spoilt[] = []
      for (const [table, column] of round) spoilt.push(await spoil(table, column))
      const fields = await named(spoilt)
      for (const [table, column] of round) {
        const found = [...(fields.get(table) ?? [])]
        // a row whose name was spoilt is one missing and one that nothing explains
        expect([table, column, found]).toEqual([table, column, expect.toSatisfy(isNamed(column))])
      }
    },
  )

  test('are each named when a row is missing', async () => {
    const gone: Spoilt[] = []
    for (const table of together) gone.push(await remove(table))
    const fields = await named(gone)
    for (const table of together) expect([...fields.keys()]).toContain(table)
  })
})

/** Postings are summed and members counted: what is named there is the sum, or the row. */
// a bulletin's title is named by the hash that it goes into
const isNamed = (column: string) => (fields: string[]) =>
  fields.some(field => [column, '*', ...(column === 'title' ? ['content'] : [])].includes(field))

test.each(Object.entries(strange))('a row that nothing explains in %s is named', async (table, insert) => {
  await db.owner(insert)
  const found = await check()
  await db.owner(`delete from ${table}`)
  expect(found.map(difference => difference.table)).toContain(table)
})

it('is clean after', async () => expect(await check()).toEqual([]))
