import type { Database } from '@silian/kernel/database/database.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { declaredClear } from '../refusals/registers.ts'
import { smallWorld } from '../small-world.ts'
import { fullWorld } from './full-world.ts'
import { appendOnly, definers, deletions, plainNames, referenceTables, signInTables } from './reviewed.ts'

interface Table {
  readonly name: string
  readonly owner: string
  readonly isSecured: boolean
  readonly using: string | null
  readonly check: string | null
  readonly policies: number
  readonly hasProgramme: boolean
}

const OWN = 'shenzhen'
/** A programme with rows of its own, one without any, and none at all. */
const others = ['tongzhou', 'nowhere']

let db: TestDatabase
let kit: Whole
let tables: Table[]
let scoped: string[]
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  await fullWorld(db, kit)
  await smallWorld(kit, { programme: 'tongzhou' })
  tables = await db.owner<Table>(
    `select c.relname as name, pg_get_userbyid(c.relowner) as owner, c.relrowsecurity as "isSecured",
       max(pg_get_expr(p.polqual, p.polrelid)) as using, max(pg_get_expr(p.polwithcheck, p.polrelid)) as check,
       count(p.oid) as policies,
       exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'programme_id') as "hasProgramme"
     from pg_class c left join pg_policy p on p.polrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') group by c.oid order by 1`,
  )
  scoped = tables.filter(table => table.hasProgramme).map(table => table.name)
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

const countAs = (database: Database, programme: string, table: string): Promise<number> =>
  database.read({ programme, actor: 'test' }, async tx => {
    const [row] = await tx.query<{ n: number }>(`select count(*) as n from public."${table}"`)
    return row!.n
  })
const countOf = async (table: string, programme: string): Promise<number> => {
  const rows = await db.owner<{ n: number }>(
    `select count(*) as n from public."${table}" where programme_id = $1`,
    [programme],
  )
  return rows[0]!.n
}

describe('the list of tables', () => {
  it('is of those scoped to a programme and those reviewed, and of no other', () => {
    const names = tables.map(table => table.name)
    expect(names.filter(name => !scoped.includes(name))).toEqual(Object.keys(referenceTables).sort())
    expect(scoped.length).toBeGreaterThan(40)
  })

  it('has nothing else that holds rows: no views, no foreign tables, no sequences', async () => {
    const found = await db.owner(
      `select relname from pg_class where relnamespace in ('public'::regnamespace, 'auth'::regnamespace)
         and relkind in ('v', 'm', 'f', 'S')`,
    )
    expect(found).toEqual([])
    const auth = await db.owner<{ tablename: string }>(
      `select tablename from pg_tables where schemaname = 'auth' order by 1`,
    )
    expect(auth.map(table => table.tablename)).toEqual(signInTables)
    const schemas = await db.owner<{ nspname: string }>(
      `select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1`,
    )
    expect(schemas.map(schema => schema.nspname)).toEqual(['auth', 'graphile_worker', 'public'])
  })
})

describe.each(['app', 'batch'] as const)('the role %s', role => {
  const database = () => db[role]

  it('finds every row of its programme in every table, so that finding none elsewhere says something', async () => {
    for (const table of scoped) {
      const there = await countOf(table, OWN)
      expect([table, there > 0]).toEqual([table, true])
      expect([table, await countAs(database(), OWN, table)]).toEqual([table, there])
    }
  })

  it("finds none of another programme's rows in any table", async () => {
    for (const programme of others)
      for (const table of scoped)
        expect([table, await countAs(database(), programme, table)]).toEqual([
          table,
          await countOf(table, programme),
        ])
    expect(await countOf('household', 'tongzhou')).toBe(3)
    const shown = await database().read({ programme: 'nowhere', actor: 'test' }, tx =>
      tx.query<{ id: string }>('select id from fact union all select id from household'),
    )
    expect(shown).toEqual([])
  })

  it('finds nothing without a programme', async () => {
    const client = await database().pool.connect()
    for (const table of scoped) {
      // never set on a new connection: an error; set by an earlier transaction: empty
      const found = await client.query(`select 1 from public."${table}" limit 1`).then(
        ({ rowCount }) => rowCount,
        error => (error.code === '42704' ? 0 : error),
      )
      expect([table, found]).toEqual([table, 0])
    }
    client.release(true)
  })

  it('writes no row of another programme, and moves none to it', async () => {
    for (const table of scoped) {
      const [row] = await db.owner<{ row: object }>(
        `select to_jsonb(t) as row from public."${table}" t where programme_id = $1 limit 1`,
        [OWN],
      )
      const refused = (programme: string, sql: string, values: unknown[]) =>
        database()
          .write({ programme, actor: 'test' }, async tx => ({ ok: true, value: await tx.query(sql, values) }))
          .then(
            () => 'done',
            error => error.code,
          )
      const [{ given }] = (await db.owner(
        `select string_agg(quote_ident(column_name), ', ') as given from information_schema.columns
         where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
        [table],
      )) as [{ given: string }]
      const insert = `insert into public."${table}" (${given})
        select ${given} from jsonb_populate_record(null::public."${table}", $1)`
      expect([table, await refused('tongzhou', insert, [JSON.stringify(row!.row)])]).toEqual([table, '42501'])
      const move = `update public."${table}" set programme_id = 'tongzhou' where programme_id = $1`
      expect([table, await refused(OWN, move, [OWN])]).toEqual([table, '42501'])
    }
  })

  it('owns no table, passes no row security, belongs to no other role and makes nothing', async () => {
    const name = `silian_${role}`
    const [rights] = await db.owner(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
         has_schema_privilege(rolname, 'public', 'create') as public, has_schema_privilege(rolname, 'auth', 'create') as auth,
         has_database_privilege(rolname, current_database(), 'create') as database,
         (select count(*) from pg_auth_members m where m.member = r.oid) as roles
       from pg_roles r where rolname = $1`,
      [name],
    )
    expect(rights).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      public: false,
      auth: false,
      database: false,
      roles: 0,
    })
    expect(tables.filter(table => table.owner === name)).toEqual([])
  })

  it('takes rows away only where that was reviewed', async () => {
    const name = `silian_${role}`
    const grants = await db.owner<{ place: string }>(
      `select $1 || ' ' || table_schema || '.' || table_name as place from information_schema.role_table_grants
       where grantee = $1 and table_schema in ('public', 'auth') and privilege_type in ('DELETE', 'TRUNCATE') order by 1`,
      [name],
    )
    const reviewed = Object.keys(deletions).filter(place => place.startsWith(name))
    expect(grants.map(grant => grant.place)).toEqual(reviewed.sort())
    const makes = await db.owner(
      `select table_name from information_schema.role_table_grants
       where grantee in ($1, 'PUBLIC') and table_schema in ('public', 'auth')
         and privilege_type in ('TRIGGER', 'REFERENCES', 'TRUNCATE')`,
      [name],
    )
    expect(makes).toEqual([])
  })
})

describe('a scoped table', () => {
  // not forced: the owner passes, which the reviewed functions that answer who somebody is rest on; nobody serves as owner
  it('has row security with one policy, the same everywhere, for reading and for writing', () => {
    const programme = `(programme_id = current_setting('app.programme'::text))`
    for (const table of tables.filter(({ name }) => scoped.includes(name)))
      expect([table.name, table.isSecured, table.policies, table.using, table.check]).toEqual([
        table.name,
        true,
        1,
        programme,
        programme,
      ])
  })

  it('has a primary key, and every key of it leads with the programme', async () => {
    const keys = await db.owner<{ table: string; index: string; first: string; primary: boolean }>(
      `select c.relname as table, i.indexrelid::regclass::text as index, i.indisprimary as primary,
         (select attname from pg_attribute a where a.attrelid = c.oid and a.attnum = i.indkey[0]) as first
       from pg_index i join pg_class c on c.oid = i.indrelid
       where c.relnamespace = 'public'::regnamespace and i.indisunique`,
    )
    const own = keys.filter(key => scoped.includes(key.table))
    expect(own.filter(key => key.first !== 'programme_id')).toEqual([])
    expect(
      own
        .filter(key => key.primary)
        .map(key => key.table)
        .sort(),
    ).toEqual([...scoped].sort())
  })

  it('refers to others within its programme only, and nothing goes with what it refers to', async () => {
    const foreign = await db.owner<{ table: string; to: string; columns: string[]; on: string }>(
      `select c.conrelid::regclass::text as table, c.confrelid::regclass::text as to, c.confdeltype as on,
         array(select attname::text from pg_attribute a where a.attrelid = c.conrelid and a.attnum = any(c.conkey)) as columns
       from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace`,
    )
    const reference = Object.keys(referenceTables)
    expect(
      foreign.filter(key => !reference.includes(key.to) && !key.columns.includes('programme_id')),
    ).toEqual([])
    expect(foreign.filter(key => !['r', 'a'].includes(key.on))).toEqual([])
  })

  it('has no default that is not the same everywhere', async () => {
    const defaults = await db.owner<{ table: string; value: string }>(
      `select table_name as table, column_default as value from information_schema.columns
       where table_schema = 'public' and column_default is not null`,
    )
    const volatile = defaults.filter(({ table, value }) => scoped.includes(table) && /\w\(/.test(value))
    expect(volatile).toEqual([])
  })

  it.each(appendOnly)('%s is never changed nor emptied by the application', async table => {
    expect(scoped).toContain(table)
    const grants = await db.owner<{ privilege: string }>(
      `select distinct privilege_type as privilege from information_schema.column_privileges
        where grantee = 'silian_app' and table_schema = 'public' and table_name = $1
       union select privilege_type from information_schema.role_table_grants
        where grantee = 'silian_app' and table_schema = 'public' and table_name = $1`,
      [table],
    )
    expect(
      grants.map(grant => grant.privilege).filter(right => !['SELECT', 'INSERT'].includes(right)),
    ).toEqual([])
  })
})

describe('the schema', () => {
  it('has no triggers and no rules', async () => {
    const found = await db.owner(
      `select tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where not t.tgisinternal and c.relnamespace in ('public'::regnamespace, 'auth'::regnamespace)
       union all
       select rulename from pg_rewrite r join pg_class c on c.oid = r.ev_class
        where c.relnamespace in ('public'::regnamespace, 'auth'::regnamespace)`,
    )
    expect(found).toEqual([])
  })

  it('has functions that run with the rights of their caller, but for those reviewed, which look nowhere else', async () => {
    const functions = await db.owner<{ name: string; definer: boolean; config: string[]; open: boolean }>(
      `select proname as name, prosecdef as definer, coalesce(proconfig, '{}') as config,
         has_function_privilege('public', oid, 'execute') as open
       from pg_proc where pronamespace in ('public'::regnamespace, 'auth'::regnamespace)`,
    )
    const found = functions.filter(one => one.definer)
    expect(found.map(one => one.name).sort()).toEqual(Object.keys(definers).sort())
    for (const { name, config, open } of found) {
      expect([name, config]).toEqual([
        name,
        [expect.stringMatching(/^search_path=pg_catalog, (public|pg_temp)$/)],
      ])
      expect([name, open]).toEqual([name, false])
    }
  })

  it('stores nothing personal as plain text', async () => {
    const personal =
      /(^|_)(name|person|number|identity|phone|mobile|tel|bank|card|address|email|birthday|contact|kin)(_|$)/
    const columns = await db.owner<{ place: string; column: string }>(
      `select table_name || '.' || column_name as place, column_name as column from information_schema.columns
       where table_schema in ('public', 'auth') and udt_name in ('text', 'varchar', 'bpchar', 'json', 'jsonb', '_text')`,
    )
    const found = columns.filter(({ column }) => personal.test(column)).map(({ place }) => place)
    const undeclared = found.filter(place => !declaredClear.has(place))
    const papers = ['order.invoice_number', 'order.number', 'payout_batch.bank_reference']
    expect(undeclared.filter(place => !papers.includes(place)).sort()).toEqual(Object.keys(plainNames).sort())
  })
})
