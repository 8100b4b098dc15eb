import { listSettlements } from '@silian/chains/assurance/settlement/reads.ts'
import { registers } from '@silian/chains/declared.ts'
import { listOrders } from '@silian/chains/supply/orders/reads.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { clock } from '@silian/kernel/process/desk.ts'
import { inbox, inboxCount } from '@silian/kernel/process/inbox.ts'
import { listCases } from '@silian/kernel/process/reads.ts'
import type { Register } from '@silian/kernel/register/define.ts'
import { listRows } from '@silian/kernel/register/reads.ts'
import { tableOf } from '@silian/kernel/register/table.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, declaredProcesses, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ownSigner } from './own-signer.ts'
import { completedOrder, everything, sideOne } from './refusals/side.ts'
import { type SmallWorld, smallWorld, worldTime } from './small-world.ts'

const MANY = 200
let db: TestDatabase
let kit: Whole
let world: SmallWorld
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit)
  await completedOrder(kit, sideOne(world), await ownSigner(kit, world, world.id('bank')))
  await world.drain()
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

/** Two hundred more of a row, each with another id and what else must differ. */
const copies = (table: string, where: string, differing: string): Promise<object[]> =>
  db.owner(`insert into "${table}" select r.* from (select * from "${table}" where ${where} limit 1) t,
    generate_series(1, ${MANY}) n, jsonb_populate_record(null::"${table}", to_jsonb(t) || jsonb_build_object(
      'id', copied_id('${table}', n), ${differing})) r`)

beforeAll(async () => {
  await db.owner(`create function copied_id(what text, n int) returns uuid immutable language sql
    return overlay(overlay(md5(what || n) placing '5' from 13) placing '8' from 17)::uuid`)
  await copies('organisation', 'true', `'key', 'copy-' || n`)
  for (const register of registers) await copiesOf(register)
  await copies('order', 'true', `'number', 'COPY-' || n`)
  await db.owner(`insert into settlement select (jsonb_populate_record(null::settlement,
      to_jsonb(t) || jsonb_build_object('order_id', copied_id('order', n)))).*
    from (select * from settlement limit 1) t, generate_series(1, ${MANY}) n`)
  await tasks()
})

/** Sealed values are under keys of rows that no longer have them. */
async function copiesOf(register: Register): Promise<void> {
  const { name, key } = register
  const unique = tableOf(register).fields.filter(
    ({ spec }) => spec.unique && (spec.kind === 'organisation' || spec.inner),
  )
  const others = unique.map(
    ({ column, spec }) =>
      `, '${column.replaceAll('"', '')}', ${spec.kind === 'organisation' ? `copied_id('organisation', n)` : `'COPY-' || n`}`,
  )
  await copies(
    name,
    'valid_to is null',
    `'${tableOf(register).field.get(key)!.column.replaceAll('"', '')}', 'COPY-' || n${others.join('')}`,
  )
  await db.owner(`insert into subject_key (programme_id, subject_id, destroyed_at)
    select programme_id, id::text, recorded_at from "${name}" where id in
      (select copied_id('${name}', n) from generate_series(1, ${MANY}) n)`)
}

async function tasks(): Promise<void> {
  await db.owner(`insert into process_case (programme_id, id, process, version, title, state, opened_at, opened_by,
      opened_fact, opened_leaf, form, move_no, entered_on, due_on)
    select '${world.programme}', copied_id('case', n), 'supplier_entry', 1, 'x', 'platform_review', '2025-10-01', 'x',
      copied_id('case', n), sha256('x'), '{}', 1, '2025-10-01', '2025-10-09' from generate_series(1, ${MANY}) n`)
  await db.owner(`insert into process_task (programme_id, id, case_id, process, state, move_no, kind, role, opened_at, due_on)
    select programme_id, copied_id('task', n), copied_id('case', n), process, state, 1, 'task', 'platform_reviewer',
      opened_at, due_on from process_case, generate_series(1, ${MANY}) n where id = copied_id('case', n)`)
  await db.owner(`insert into process_desk (programme_id, desk, due_on, task_id, process, state)
    select programme_id, 'platform_reviewer@*', due_on, id, process, state from process_task
     where role = 'platform_reviewer' on conflict do nothing`)
}

interface Asked {
  readonly statements: number
  readonly rows: number
}

async function asked(work: (tx: Reader) => Promise<{ readonly items: readonly unknown[] }>): Promise<Asked> {
  let statements = 0
  const { items } = await kit.app.read(
    { programme: world.programme, actor: 'somebody', at: worldTime },
    tx => {
      const query: typeof tx.query = (...given) => {
        statements += 1
        return tx.query(...given)
      }
      return work({ programme: tx.programme, actor: tx.actor, at: tx.at, db: tx.db, query })
    },
  )
  return { statements, rows: items.length }
}

type List = (tx: Reader, limit: number) => Promise<{ readonly items: readonly unknown[] }>

const reviewer = {
  ...clock,
  roles: [{ role: 'platform_reviewer', organisationId: null, areaPath: null }],
} as const

const lists: Readonly<Record<string, List>> = {
  ...Object.fromEntries(
    registers.map((register): [string, List] => [
      register.name,
      (tx, limit) => listRows(tx, kit, register, everything(world.programme), { limit }),
    ]),
  ),
  orders: (tx, limit) => listOrders(tx, everything(world.programme), { limit }),
  settlements: (tx, limit) => listSettlements(tx, everything(world.programme), { limit }),
  'the inbox': (tx, limit) => inbox(tx, { ...kit, processes: declaredProcesses }, reviewer, { limit }),
  cases: (tx, limit) =>
    listCases(
      tx,
      { ...kit, processes: declaredProcesses },
      clock,
      everything(world.programme),
      'supplier_entry',
      { limit },
    ),
}

describe('a list takes as many statements for 200 rows as for 10', () => {
  it.each(Object.keys(lists))('%s', async name => {
    const few = await asked(tx => lists[name]!(tx, 10))
    const many = await asked(tx => lists[name]!(tx, MANY))
    expect([few.rows, many.rows]).toEqual([10, MANY])
    expect(many.statements).toBe(few.statements)
  })

  it('and what waits is counted in one', async () => {
    const { statements } = await asked(async tx => ({ items: [await inboxCount(tx, reviewer)] }))
    expect(statements).toBe(1)
  })
})
