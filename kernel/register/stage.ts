import { putAreas } from '../access/areas.ts'
import { createOrganisation } from '../access/organisations.ts'
import type { Reach } from '../access/permit.ts'
import type { Reader, Writer } from '../database/database.ts'
import { fault } from '../declared/values.ts'
import { type TestLog, testLog } from '../log/test-log.ts'
import { Vault } from '../personal/vault.ts'
import { must, ok, type Result } from '../result/result.ts'
import type { TestDatabase } from '../testing/test-database.ts'
import { defineRegister } from './define.ts'
import type { RegisterKit } from './kit.ts'

/** The stage of this folder's tests: a register of cold stores with rooms, and one of checks made in them. */
export const coldStore = defineRegister({
  name: 'cold_store',
  columns: {
    code: { kind: 'text', max: 20, format: 'code', frozen: true, open: true, search: true, sort: true },
    name: { kind: 'text', max: 60, search: true },
    areaCode: { kind: 'area', filter: true },
    operatorId: { kind: 'organisation', types: ['cooperative'], filter: true },
    capacity: { kind: 'number', unit: 'gram', min: 1, open: true, sort: true, filter: true, required: false },
    cooling: { kind: 'choice', of: ['ammonia', 'freon'], filter: true, personal: 'coded' },
    uses: { kind: 'choices', of: ['fruit', 'meat', 'fish'], filter: true, required: false },
    opened: { kind: 'date', required: false },
    isPublic: { kind: 'yes', required: false },
    keeper: { kind: 'text', max: 40, personal: 'personal', required: false },
    keeperPhone: {
      ...{ kind: 'text', max: 20, format: 'phone', personal: 'personal', filter: true, required: false },
      proposed: true,
    },
    rooms: { kind: 'number', computed: true, sort: true },
    plans: { kind: 'files', most: 3, required: false },
    meter: { kind: 'text', max: 20, unique: true, required: false },
    passedOn: { kind: 'date', byProcess: true, required: false },
  },
  key: 'code',
  label: 'name',
  parts: {
    room: {
      columns: {
        label: { kind: 'text', max: 8 },
        celsius: { kind: 'number' },
        lock: { kind: 'text', max: 20, personal: 'sensitive', unique: true, filter: true, required: false },
      },
      key: 'label',
      most: 5,
    },
  },
  parties: { area: 'areaCode', organisations: ['operatorId'] },
  dated: true,
  permit: {
    read: { coop_clerk: 'organisation', county_officer: 'area', auditor: 'programme' },
    create: { county_officer: 'area' },
    change: { county_officer: 'area' },
    close: { county_officer: 'area' },
    reveal: { county_officer: 'area' },
    decide: { county_officer: 'area' },
    succeed: { county_officer: 'area' },
  },
  check: ({ parts }) =>
    parts.room.flatMap((room, i) =>
      room.celsius > 15 ? [fault(`room.${i + 1}.celsius`, 'cold_store.warm', { celsius: room.celsius })] : [],
    ),
  compute: ({ parts }) => ({ values: { rooms: parts.room.length } }),
})

export const check = defineRegister({
  name: 'cold_check',
  columns: {
    code: { kind: 'text', max: 20 },
    storeId: { kind: 'row', of: 'cold_store', filter: true },
  },
  key: 'code',
  parties: { area: 'storeId' },
  refers: [coldStore],
  permit: { read: { county_officer: 'area' }, create: { county_officer: 'area' } },
})

const tables = `
  create table cold_store (
    programme_id text not null, id uuid not null, version int not null, valid_from date not null, valid_to date,
    recorded_at timestamptz not null, recorded_by text not null, area_path text collate "C" not null,
    code text not null, name text not null, area_code text not null, operator_id uuid not null, capacity bigint,
    cooling text not null, uses text[], opened date, is_public boolean, keeper bytea, keeper_phone bytea,
    keeper_phone_index bytea, rooms bigint not null, passed_on date, meter text, plans uuid[],
    primary key (programme_id, id), unique (programme_id, code), unique (programme_id, meter)
  );
  select scoped('cold_store', 'select, insert, update', 'select');
  create index on cold_store (programme_id, area_path, code);
  create index on cold_store (programme_id, capacity, id);
  create table cold_store_room (
    programme_id text not null, id uuid not null, cold_store_id uuid not null, no int not null,
    label text not null, celsius bigint not null, lock bytea, lock_index bytea, ended boolean not null default false,
    primary key (programme_id, id), unique (programme_id, cold_store_id, no),
    foreign key (programme_id, cold_store_id) references cold_store (programme_id, id)
  );
  select scoped('cold_store_room', 'select, insert, update (ended), delete', 'select');
  create unique index on cold_store_room (programme_id, lock_index) where not ended;
  create table cold_check (
    programme_id text not null, id uuid not null, version int not null, valid_from date not null, valid_to date,
    recorded_at timestamptz not null, recorded_by text not null, area_path text collate "C" not null,
    code text not null, store_id uuid not null,
    primary key (programme_id, id), unique (programme_id, code),
    foreign key (programme_id, store_id) references cold_store (programme_id, id)
  );
  select scoped('cold_check', 'select, insert, update', 'select');
`

const areas = [
  '450000',
  '451000',
  '451003',
  '451028',
  '451003901',
  '451003901001',
  '451028901',
  '451028901001',
]

export interface RegisterStage {
  readonly kit: RegisterKit
  readonly log: TestLog
  readonly coop: string
  readonly union: string
  /** All of the programme, and two counties of it. */
  readonly all: Reach
  readonly here: Reach
  readonly there: Reach
  write<T>(work: (tx: Writer) => Promise<T>, at?: string, actor?: string): Promise<T>
  /** The code of a refusal. */
  refused(work: (tx: Writer) => Promise<Result<unknown>>, at?: string): Promise<string>
  read<T>(work: (tx: Reader) => Promise<T>): Promise<T>
}

export async function setRegisterStage(db: TestDatabase): Promise<RegisterStage> {
  await db.owner(tables)
  const log = await testLog(db)
  const scopeAt = (at = '2026-03-10', actor = 'tester') => ({
    ...log.scope,
    actor,
    at: new Date(`${at}T02:00:00Z`),
  })
  must(
    await db.batch.write(scopeAt(), tx =>
      putAreas(
        tx,
        areas.map(code => ({ code, nameZh: `地${code}`, nameEn: `Place ${code}` })),
      ),
    ),
  )
  const organisation = async (key: string, type: 'cooperative' | 'union') =>
    must(
      await db.app.write(scopeAt(), tx =>
        createOrganisation(tx, {
          key,
          nameZh: key,
          nameEn: key,
          type,
          areaCode: '451003',
          validFrom: '2020-01-01',
        }),
      ),
    ).id
  const nothing = { programme: log.scope.programme, everything: false, organisationIds: [], personIds: [] }
  return {
    kit: { recorder: log.recorder, vault: new Vault(db.secrets) },
    log,
    coop: await organisation('coop', 'cooperative'),
    union: await organisation('union', 'union'),
    all: { ...nothing, everything: true, areaPaths: [] },
    here: { ...nothing, areaPaths: ['45/4510/451003'] },
    there: { ...nothing, areaPaths: ['45/4510/451028'] },
    write: async (work, at, actor) =>
      must(await db.app.write(scopeAt(at, actor), async tx => ok(await work(tx)))),
    refused: async (work, at) => {
      const result = await db.app.write(scopeAt(at), work)
      return result.ok ? 'done' : result.code
    },
    read: work => db.app.read(scopeAt(), work),
  }
}
