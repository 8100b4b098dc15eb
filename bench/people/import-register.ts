// Time and memory of importing a workbook into a declared register of twelve columns, at several sizes, each in a process of
// its own beside the same server; part of `npm run bench -- people`.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { putAreas } from '@silian/kernel/access/areas.ts'
import { Database } from '@silian/kernel/database/database.ts'
import { createLog } from '@silian/kernel/fact/key-facts.ts'
import { Keyring } from '@silian/kernel/fact/keyring.ts'
import { createRecorder } from '@silian/kernel/fact/record.ts'
import { gather, MOST_SHEET_BYTES, storeFile } from '@silian/kernel/files/store.ts'
import { Vault } from '@silian/kernel/personal/vault.ts'
import { defineRegister } from '@silian/kernel/register/define.ts'
import { performImport } from '@silian/kernel/register/import.ts'
import { askImport, readRun } from '@silian/kernel/register/import-run.ts'
import { must } from '@silian/kernel/result/result.ts'
import { type OutValue, type TableFormat, tableSheet } from '@silian/kernel/sheets/table.ts'
import { writeWorkbook } from '@silian/kernel/sheets/write.ts'
import { asOwner, type Stand } from '../stand.ts'
import { type Moved, watchMemory } from './memory.ts'

const PROGRAMME = 'bench'
const scope = { programme: PROGRAMME, actor: 'bench' }
const optional = { required: false } as const

const farm = defineRegister({
  name: 'bench_farm',
  columns: {
    code: { kind: 'text', max: 20, format: 'code', frozen: true, open: true },
    areaCode: { kind: 'area', filter: true },
    keeper: { kind: 'text', max: 40, personal: 'personal' },
    phone: { kind: 'text', max: 20, format: 'phone', personal: 'personal', ...optional },
    class: { kind: 'choice', of: ['lifted', 'watched'], filter: true },
    income: { kind: 'number', unit: 'fen', min: 0 },
    yield: { kind: 'number', unit: 'gram', min: 0 },
    joinedOn: { kind: 'date', ...optional },
    built: { kind: 'year', ...optional },
    relocated: { kind: 'yes', ...optional },
    people: { kind: 'number' },
    note: { kind: 'text', max: 200, ...optional },
  },
  key: 'code',
  parties: { area: 'areaCode' },
  permit: { read: { auditor: 'programme' }, import: { county_officer: 'area' } },
})
const words = { of: () => ({}), say: (_language: string, _name: string, key: string) => key }

const tables = `
  create table bench_farm (
    programme_id text not null, id uuid not null, version int not null, valid_from date not null, valid_to date,
    recorded_at timestamptz not null, recorded_by text not null, area_path text collate "C" not null,
    code text not null, area_code text not null, keeper bytea not null, phone bytea, class text not null,
    income bigint not null, yield bigint not null, joined_on date, built bigint, relocated boolean,
    people bigint not null, note text,
    primary key (programme_id, id), unique (programme_id, code)
  );
  select scoped('bench_farm', 'select, insert, update', 'select');
  create index on bench_farm (programme_id, area_path, code);
`

const formats: readonly TableFormat[] = [
  ...([
    'text',
    'text',
    'text',
    'text',
    'text',
    'fen',
    'gram',
    'date',
    'whole',
    'text',
    'whole',
    'text',
  ] as const),
]

function* rows(count: number): Generator<OutValue[]> {
  for (let i = 0; i < count; i++)
    yield [
      ...[
        `F${count}-${i}`,
        '451003',
        '示例',
        '13812345678',
        i % 3 ? 'lifted' : 'watched',
        100_000 + i,
        i * 100,
      ],
      ...['2020-01-02', 1990, i % 2 ? '是' : '否', i % 7, `备注 ${i}`],
    ]
}

/** The one import, in a process that has done nothing else. */
async function inChild([connection, folder, secrets, run]: string[]): Promise<void> {
  const { masterKey, indexKey } = JSON.parse(secrets!) as { masterKey: string; indexKey: string }
  const app = new Database('app', connection!, 4)
  const kit = {
    app,
    recorder: createRecorder(new Keyring(masterKey)),
    vault: new Vault({ masterKey, indexKey }),
    files: { dataFolder: folder!, masterKey },
  }
  const memory = watchMemory()
  const begun = performance.now()
  await performImport(kit, scope, farm, words, run!)
  const { peak, live } = memory.end()
  const seconds = (performance.now() - begun) / 1000
  const { rows, added } = must(await app.read(scope, tx => readRun(tx, kit.files, farm.name, run!)))
  await app.close()
  if (added !== rows) throw new Error(`of ${rows} rows ${added} were added`)
  console.log(JSON.stringify({ rows, seconds, peak, live } satisfies Moved))
}

/** Imports of so many rows each into a database of its own. */
export async function imports(
  stand: Stand,
  sizes: readonly number[],
  tell: (moved: Moved) => void,
): Promise<Moved[]> {
  const folder = await mkdtemp(join(tmpdir(), 'silian-import-bench-'))
  const moved: Moved[] = []
  try {
    // a run that was broken off has left one
    await stand.drop('bench_import')
    const connections = await stand.database('bench_import')
    await asOwner(connections, query => query(tables))
    const { masterKey, indexKey } = stand.secrets
    const [app, batch] = [
      new Database('app', connections.app, 4),
      new Database('batch', connections.batch, 2),
    ]
    const keyring = new Keyring(masterKey)
    must(
      await app.write(scope, tx =>
        createLog(tx, keyring, { name: PROGRAMME, origin: 'bench.example/bench' }),
      ),
    )
    const areas = ['450000', '451000', '451003'].map(code => ({ code, nameZh: code, nameEn: code }))
    must(await batch.write(scope, tx => putAreas(tx, areas)))
    const reach = {
      programme: PROGRAMME,
      everything: true,
      areaPaths: [],
      organisationIds: [],
      personIds: [],
    }
    const columns = Object.keys(farm.columns).map((label, i) => ({ label, format: formats[i]! }))
    for (const count of sizes) {
      const workbook = writeWorkbook([tableSheet({ name: 'farms', columns, rows: rows(count) })])
      const content = (await gather(workbook, MOST_SHEET_BYTES))!
      const upload = {
        content,
        most: MOST_SHEET_BYTES,
        retentionClass: 'passing',
        uploadedBy: 'bench',
      } as const
      const files = { dataFolder: folder, masterKey }
      const run = await app.write(scope, async tx => {
        const { id: file } = must(await storeFile(tx, files, { ...upload, encrypt: true }))
        return askImport(tx, farm, reach, { file, dryRun: false })
      })
      const args = ['--expose-gc', import.meta.filename, 'child', connections.app, folder]
      const more = [JSON.stringify({ masterKey, indexKey }), must(run).id]
      const { stdout } = await promisify(execFile)(process.execPath, [...args, ...more])
      moved.push(JSON.parse(stdout) as Moved)
      tell(moved.at(-1)!)
    }
    await Promise.all([app.close(), batch.close()])
    return moved
  } finally {
    await stand.drop('bench_import')
    await rm(folder, { recursive: true })
  }
}

const [, program, first, ...rest] = process.argv
if (program === import.meta.filename && first === 'child') await inChild(rest)
