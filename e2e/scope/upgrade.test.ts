import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { householdStatement } from '@silian/chains/assurance/payouts/reads.ts'
import { readBenefit } from '@silian/chains/assurance/settlement/reads.ts'
import { household } from '@silian/chains/production/households/household.register.ts'
import { readOffers } from '@silian/chains/supply/catalogue/reads.ts'
import { readOrder } from '@silian/chains/supply/orders/reads.ts'
import { Database } from '@silian/kernel/database/database.ts'
import { migrate, readMigrations } from '@silian/kernel/database/migrate.ts'
import { prepareDatabase, withLogin } from '@silian/kernel/database/provision.ts'
import { checkLedger } from '@silian/kernel/ledger/check.ts'
import { parseTilePath } from '@silian/kernel/log/paths.ts'
import { tlogProof } from '@silian/kernel/log/proofs.ts'
import { bundle, checkpoint, tile, vkey } from '@silian/kernel/log/read.ts'
import { readRow } from '@silian/kernel/register/reads.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { audit } from '@silian/verifier/audit.ts'
import { verifyProof } from '@silian/verifier/proof.ts'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type OwnSigner, ownSigner } from '../own-signer.ts'
import { completedOrder, everything, paidBatch, type Side, sideOne } from '../refusals/side.ts'
import { type SmallWorld, worldTime } from '../small-world.ts'
import { fullWorld } from './full-world.ts'

const release = join(import.meta.dirname, '../../migrations')

/**
 * The widest change that only expands: a column more in every table, a table more, an index more. Whatever the first
 * release's code or statements take for granted about the shape of a row shows.
 */
const wider = `
  do $$ declare t record; begin
    for t in select c.oid::regclass as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' loop
      execute format('alter table %s add column of_second_release text', t.name);
    end loop;
  end $$;
  create table sample (
    programme_id text not null,
    id uuid not null,
    lot_id uuid not null,
    primary key (programme_id, id),
    foreign key (programme_id, lot_id) references lot (programme_id, id) on delete restrict
  );
  select scoped('sample', 'select, insert', 'select');
  create index on "order" (programme_id, completed_at) where completed_at is not null;
`

let db: TestDatabase
let kit: Whole
let world: SmallWorld
let side: Side
let bank: OwnSigner
let order: string
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'silian-upgrade-'))
  await writeFile(join(folder, '29991231T0000-wider.sql'), wider)
  db = await testDatabase()
  kit = onOneConnection(composeKit(db.connections, db.secrets))
  world = await fullWorld(db, kit)
  side = sideOne(world)
  bank = await ownSigner(kit, world, world.id('bank'))
  order = await completedOrder(kit, side, bank)
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
  await rm(folder, { recursive: true, force: true })
})

/** So that every statement that was prepared before the upgrade is met again after it. */
function onOneConnection(whole: Whole): Whole {
  const { app, batch } = db.connections
  void Promise.all([whole.app.close(), whole.batch.close()])
  return { ...whole, app: new Database('app', app, 1), batch: new Database('batch', batch, 1) }
}

const scope = () => ({ programme: world.programme, actor: 'system', at: worldTime })

/** What people see of the old data, opened and added up as the pages would. */
const seen = () =>
  kit.app.read(scope(), async tx => {
    const reach = everything(world.programme)
    return {
      household: await readRow(tx, kit, household, reach, side.household),
      statement: await householdStatement(tx, kit, reach, side.household),
      order: await readOrder(tx, reach, order),
      benefit: await readBenefit(tx, kit, reach, order),
      offer: (await readOffers(tx, [side.offer]))[0]!,
      ledger: await checkLedger(tx),
    }
  })

interface Columns {
  readonly table: string
  readonly list: string
}

const columns = () =>
  db.owner<Columns>(
    `select table_name as table, string_agg(quote_ident(column_name), ', ' order by ordinal_position) as list
     from information_schema.columns where table_schema = 'public' and table_name <> 'migration' group by 1 order by 1`,
  )

/** Count and hash of what every table holds in the columns named. */
async function held(tables: readonly Columns[]): Promise<object[]> {
  const each = tables.map(
    ({ table, list }) =>
      `select '${table}' as name, count(*) as rows, sum(hashtextextended(row(${list})::text, 0)::numeric) as hash from "${table}"`,
  )
  return db.owner(`${each.join(' union all ')} order by name`)
}

/** The log as it is served, in bytes. */
async function served(path: string): Promise<Uint8Array> {
  const asked = parseTilePath(path.replace(/^tile\//, ''))
  const found =
    path === 'checkpoint'
      ? await checkpoint(kit.app, world.programme)
      : asked?.kind === 'bundle'
        ? await bundle(kit.app, world.programme, asked.index, asked.width)
        : asked && (await tile(kit.app, world.programme, asked.level, asked.index, asked.width))
  if (found === undefined) throw new Error(`nothing at ${path}`)
  return Buffer.from(found)
}

const migrations = async () => [...(await readMigrations(release)), ...(await readMigrations(folder))]

describe('an upgrade of a running deployment', () => {
  it('only adds: rows read, receipts verify and the log extends as before, while the old code works on', async () => {
    const [shape, before] = [await columns(), await seen()]
    const facts = await db.owner<{ id: string }>(
      'select fact_id as id from log_entry where programme_id = $1',
      [world.programme],
    )
    const receipts = await Promise.all(facts.map(({ id }) => tlogProof(kit.app, world.programme, id)))
    const [key, oldHead] = [await vkey(kit.app, world.programme), await served('checkpoint')]
    const rows = await held(shape)

    expect(await migrate(db.connections.owner, await migrations())).toEqual(['29991231T0000-wider'])

    expect(await held(shape)).toEqual(rows)
    expect(await seen()).toEqual(before)
    expect(receipts.length).toBeGreaterThan(40)
    for (const receipt of receipts) {
      const proof = Buffer.from(receipt!)
      expect(await verifyProof({ proof, vkey: key! })).toMatchObject({ ok: true })
    }
    // the process that ran before the upgrade still has its connections, its prepared statements and its code
    await completedOrder(kit, side, bank)
    await paidBatch(kit, side, bank)
    expect((await seen()).ledger).toEqual({ accounts: [], entries: [] })
    const result = await audit({ fetchBytes: served, vkey: key!, oldCheckpoint: oldHead })
    expect(result).toMatchObject({ ok: true, report: { oldSize: facts.length } })
    expect(result.ok && result.report.size).toBeGreaterThan(facts.length)
  })

  it('brings its own tables under the same scope', async () => {
    await kit.app.write(scope(), async tx => ({
      ok: true,
      value: await tx.query('insert into sample (programme_id, id, lot_id) values ($1, $2, $3)', [
        tx.programme,
        world.id('sample'),
        side.lot,
      ]),
    }))
    const count = (programme: string) =>
      kit.batch.read({ programme, actor: 'test' }, tx => tx.query('select id from sample'))
    expect([(await count(world.programme)).length, (await count('tongzhou')).length]).toEqual([1, 0])
  })

  it('is done once, and history is not edited', async () => {
    const all = await migrations()
    expect(await migrate(db.connections.owner, all)).toEqual([])
    const [shape, edited] = [
      await columns(),
      all.map((one, i) => (i === 3 ? { ...one, sql: `${one.sql}\n` } : one)),
    ]
    await expect(migrate(db.connections.owner, edited)).rejects.toThrow(
      `migration ${all[3]!.name} was changed after it had been applied`,
    )
    expect(await columns()).toEqual(shape)
  })

  it('that fails leaves nothing of itself, and what it stood on', async () => {
    const bad = { name: '29991231T0001-bad', sql: 'create table half (id int); select 1 / 0;' }
    const all = [...(await migrations()), bad]
    await expect(migrate(db.connections.owner, all)).rejects.toThrow(
      /29991231T0001-bad failed: division by zero/,
    )
    expect(await db.owner(`select 1 from pg_tables where tablename = 'half'`)).toEqual([])
    expect(await migrate(db.connections.owner, await migrations())).toEqual([])
  })
})

describe('servers that start at once', () => {
  const { adminUrl, dataFolder } = inject('postgres')
  const names = ['a', 'b'].map(name => `u_${name}${randomBytes(5).toString('hex')}`)
  const admin = async (sql: string) => {
    const client = new pg.Client({ connectionString: adminUrl })
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  beforeAll(async () => {
    for (const name of names) await admin(`create database ${name} owner silian_owner`)
  })
  afterAll(async () => {
    for (const name of names) await admin(`drop database ${name} with (force)`)
  })

  const ownerUrl = (name: string) => withLogin(adminUrl, 'silian_owner', db.secrets.ownerPassword, name)
  const start = async (name: string): Promise<string[]> => {
    const program = join(import.meta.dirname, 'upgrade-process.ts')
    const { stdout } = await promisify(execFile)(process.execPath, [
      program,
      ownerUrl(name),
      dataFolder,
      release,
      folder,
    ])
    return JSON.parse(stdout) as string[]
  }

  it('on several databases of one cluster all make the roles that they share', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'silian-empty-'))
    for (let round = 0; round < 5; round++)
      await Promise.all([...names, ...names].map(name => prepareDatabase(ownerUrl(name), db.secrets, empty)))
    await rm(empty, { recursive: true })
  })

  it('on one new database all succeed, and each migration is applied once', async () => {
    const [name, other] = names as [string, string]
    // two on the one, and one on another database of the same cluster: roles belong to all
    const [first, second, third] = await Promise.all([start(name), start(name), start(other)])
    expect([...first!, ...second!]).toEqual(['29991231T0000-wider'])
    expect(third).toEqual(['29991231T0000-wider'])
    for (const database of names) {
      const client = new pg.Client({ connectionString: ownerUrl(database) })
      await client.connect()
      const { rows } = await client.query<{ name: string }>('select name from migration order by 1')
      await client.end()
      expect(rows.map(row => row.name)).toEqual((await migrations()).map(one => one.name))
    }
    expect(await start(name)).toEqual([])
  })
})
