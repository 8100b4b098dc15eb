import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Scope } from '../database/database.ts'
import { must, refuse } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { probeKind } from './fixtures/probe-import.ts'
import { faultCounts, importFaults } from './report.ts'
import { type ImportOptions, type ImportProgress, runImport } from './run.ts'

const scope: Scope = { programme: 'shenzhen', actor: 'tester' }
let db: TestDatabase
let folder: string
beforeAll(async () => {
  db = await testDatabase()
  await db.owner(
    'create table probe_row (programme_id text, key text, n int, primary key (programme_id, key))',
  )
  await db.owner(`select scoped('probe_row', 'select', 'select, insert')`)
  folder = await mkdtemp(join(tmpdir(), 'silian-import-'))
})
afterAll(async () => {
  await db.close()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  for (const table of ['import_fault', 'import_run', 'probe_row']) await db.owner(`delete from ${table}`)
})

let files = 0
async function file(content: string | Buffer): Promise<string> {
  const path = join(folder, `${files++}.csv`)
  await writeFile(path, content)
  return path
}
const run = (path: string, options?: ImportOptions) => runImport(db.batch, scope, probeKind, path, options)
const rows = () => db.owner<{ key: string; n: number }>('select key, n from probe_row order by key')
const faults = (id: string) => db.app.read(scope, tx => importFaults(tx, id))
const lines = (count: number, of = (i: number) => `k${i},${i % 10},王`) =>
  `键,数,姓名\n${Array.from({ length: count }, (_, i) => of(i)).join('\n')}\n`

describe('an import', () => {
  it('takes the good rows and reports the bad by row, column and reason, nothing personal', async () => {
    const path = await file(
      '键,数,姓名\nk1,1,王\nk2,二,王\n\nk3,13,王\n"k\n4",4,王\nk5,5,欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧\nk6\nk1,9,王\n',
    )
    const report = must(await run(path))
    expect(report).toEqual({ run: report.run, rows: 7, added: 2, unchanged: 1, bad: 4, resumedAfter: 0 })
    expect(await rows()).toEqual([
      { key: 'k\n4', n: 4 },
      { key: 'k1', n: 1 },
    ])
    expect(await faults(report.run)).toEqual([
      { row: 3, column: 'n', code: 'cell.not_whole', params: {}, excerpt: '二' },
      { row: 5, column: 'n', code: 'probe.unlucky', params: { n: 13 }, excerpt: '13' },
      { row: 7, column: 'name', code: 'cell.too_long', params: { most: 20 }, excerpt: null },
      { row: 8, column: '', code: 'row.too_short', params: { cells: 1 }, excerpt: null },
    ])
    expect(await db.app.read(scope, tx => faultCounts(tx, report.run))).toEqual(
      ['cell.not_whole', 'cell.too_long', 'probe.unlucky', 'row.too_short'].map(code => ({ code, n: 1 })),
    )
    expect(await db.app.read({ ...scope, programme: 'beijing' }, tx => importFaults(tx, report.run))).toEqual(
      [],
    )
  })

  it('changes nothing the second time', async () => {
    const path = await file(lines(2500))
    expect(must(await run(path))).toMatchObject({ rows: 2500, added: 2500, unchanged: 0, bad: 0 })
    const before = await rows()
    expect(must(await run(path))).toMatchObject({ rows: 2500, added: 0, unchanged: 2500, bad: 0 })
    expect(await rows()).toEqual(before)
    expect(await db.owner('select state, rows_done from import_run order by id')).toEqual([
      { state: 'done', rows_done: 2500 },
      { state: 'done', rows_done: 2500 },
    ])
  })

  it.each([
    ['UTF-8 with a byte order mark', Buffer.from('\ufeff键,数,姓名\n品,1,王\n')],
    ['GB18030', Buffer.from('bcfc2ccafd2cd0d5c3fb0d0ac6b72c312ccdf50d0a', 'hex')],
    ['UTF-16', Buffer.from('\ufeff键\t数\t姓名\r\n品\t1\t王\r\n', 'utf16le')],
    ['semicolons', Buffer.from('键;数;姓名\n品;1;王\n')],
  ])('reads %s', async (_, content) => {
    expect(must(await run(await file(content)))).toMatchObject({ rows: 1, added: 1 })
    expect(await rows()).toEqual([{ key: '品', n: 1 }])
  })

  it.each([
    ['import.empty', {}, '\n\n'],
    ['import.columns_missing', { columns: ['数', '姓名'] }, '键,size\nk,1\n'],
    ['import.column_twice', { column: '键' }, '键,数,姓名,键\n'],
    ['import.quote_open', { row: 3 }, '键,数,姓名\nk,1,王\nk2,"2,王\nk3,3,王\n'],
  ])('is refused as %s', async (code, params, content) => {
    expect(await run(await file(content))).toEqual(refuse(code, params))
    expect(await rows()).toEqual([])
    expect(await db.owner('select state, refused from import_run')).toEqual([
      { state: 'done', refused: code },
    ])
  })

  it('keeps what came before an open quotation mark, and ends there', async () => {
    const path = await file(`${lines(1500)}"k,1,王\n${'x,1,王\n'.repeat(100_000)}`)
    expect(await run(path)).toEqual(refuse('import.quote_open', { row: 1502 }))
    expect((await rows()).length).toBe(999)
    expect(await db.owner('select state, refused, rows_done from import_run')).toEqual([
      { state: 'done', refused: 'import.quote_open', rows_done: 999 },
    ])
  })

  it('tells how far it is', async () => {
    const told: ImportProgress[] = []
    const content = lines(2500, i => `k${i},${i % 100 === 0 ? 'x' : 1},王`)
    must(await run(await file(content), { onProgress: progress => told.push(progress) }))
    expect(told.map(({ done, bad }) => [done, bad])).toEqual([
      [999, 10],
      [1999, 20],
      [2500, 25],
    ])
    expect(told.every(({ total }) => total === Buffer.byteLength(content))).toBe(true)
    expect(told.at(-1)!.bytes).toBe(Buffer.byteLength(content))
  })

  it('goes on where it was told to stop', async () => {
    const path = await file(lines(4000))
    const stop = new AbortController()
    const onProgress = ({ done }: ImportProgress) => void (done >= 1999 && stop.abort(new Error('stop')))
    await expect(run(path, { signal: stop.signal, onProgress })).rejects.toThrow('stop')
    expect((await rows()).length).toBe(1999)
    expect(must(await run(path))).toMatchObject({ rows: 4000, added: 4000, unchanged: 0, resumedAfter: 1999 })
    expect((await rows()).length).toBe(4000)
  })

  it('run twice at once counts each row once', async () => {
    const path = await file(lines(5000, i => `k${i},${i % 500 === 0 ? 'x' : 1},王`))
    const results = await Promise.all([run(path), run(path)])
    const won = results.filter(result => result.ok)
    // one is sent away at the first chunk they meet at, or comes when the other has ended
    for (const result of results) if (!result.ok) expect(result.code).toBe('import.taken_over')
    expect(won.length).toBeGreaterThan(0)
    expect((await rows()).length).toBe(4990)
    const runs = await db.owner<{ id: string; state: string; rows_added: number; faults: number }>(
      `select id, state, rows_added, (select count(*) from import_fault where run_id = id) as faults
       from import_run order by id`,
    )
    expect(runs.map(({ state, faults }) => [state, faults])).toEqual(runs.map(() => ['done', 10]))
    expect(runs.reduce((sum, { rows_added }) => sum + rows_added, 0)).toBe(4990)
  })
})

describe('an import killed in the middle', () => {
  it('resumes after the last chunk that was kept, and reports each bad row once', async () => {
    const path = await file(lines(10_000, i => `k${i},${i % 100 === 7 ? 'x' : i % 10},王`))
    const child = fork(join(import.meta.dirname, 'fixtures/doomed-import.ts'), [
      db.connections.batch,
      path,
      '4000',
    ])
    onTestFinished(() => void child.kill('SIGKILL'))
    const [done] = await once(child, 'message')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(done).toBe(4999)
    expect((await rows()).length).toBe(4949)
    expect(await db.owner('select state, rows_done, rows_bad from import_run')).toEqual([
      { state: 'running', rows_done: 4999, rows_bad: 50 },
    ])

    const report = must(await run(path))
    expect(report).toEqual({
      run: report.run,
      rows: 10_000,
      added: 9900,
      unchanged: 0,
      bad: 100,
      resumedAfter: 4999,
    })
    expect((await rows()).length).toBe(9900)
    const reported = await faults(report.run)
    expect(reported.map(({ row }) => row)).toEqual(Array.from({ length: 100 }, (_, i) => i * 100 + 9))
    expect(await db.owner('select state, count(*) from import_run group by 1')).toEqual([
      { state: 'done', count: 1 },
    ])
  })
})

/** Bytes that are held, without what only waits to be collected. */
function held(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { arrayBuffers, heapUsed } = process.memoryUsage()
  return arrayBuffers + heapUsed
}

describe('memory', () => {
  it('does not grow with the file', async () => {
    const path = join(folder, 'large.csv')
    const out = createWriteStream(path)
    out.write('键,数,姓名\n')
    // the same thousand rows again and again: 30 MB that leave 1,000 rows
    const block = Array.from({ length: 1000 }, (_, i) => `k${i},1,${'王'.repeat(18)}\n`).join('')
    for (let i = 0; i < 480; i++) if (!out.write(block)) await once(out, 'drain')
    await new Promise<void>(resolve => out.end(resolve))
    let [most, calls] = [0, 0]
    const onProgress = () => {
      if (calls++ % 50 === 0) most = Math.max(most, held())
    }
    const before = held()
    expect(must(await run(path, { onProgress }))).toMatchObject({ rows: 480_000, added: 1000 })
    // as text in memory the file alone would take 20 MB in one and 60 MB in another encoding, its rows over 200
    expect(calls).toBeGreaterThan(50)
    expect((most - before) / 1024 / 1024).toBeLessThan(50)
  })
})
