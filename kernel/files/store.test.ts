import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '../database/database.ts'
import { must, ok, refuse } from '../result/result.ts'
import { deleteAfter } from '../retention/classes.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { type FileKit, fileRow, MOST_BYTES, readFileBytes, storeFile, type Upload } from './store.ts'
import { sweepFiles } from './sweep.ts'

const at = new Date('2026-01-05T01:00:00Z')
const scope: Scope = { programme: 'shenzhen', actor: 'tester', at }
let db: TestDatabase
let kit: FileKit
beforeAll(async () => {
  db = await testDatabase()
  kit = { dataFolder: await mkdtemp(join(tmpdir(), 'silian-files-')), masterKey: db.secrets.masterKey }
})
afterAll(async () => {
  await db.close()
  await rm(kit.dataFolder, { recursive: true })
})

const csv = Buffer.from('村,户数\n那坡,12\n')
const upload = (more: Partial<Upload> = {}): Upload => ({
  content: csv,
  declaredType: 'text/csv',
  retentionClass: 'passing',
  uploadedBy: 'tester',
  encrypt: false,
  ...more,
})
const store = (more?: Partial<Upload>) => db.app.write(scope, tx => storeFile(tx, kit, upload(more)))
const read = (id: string, programme = 'shenzhen') =>
  db.app.read({ ...scope, programme }, tx => readFileBytes(tx, kit, id))
const onDisk = async () =>
  (await readdir(join(kit.dataFolder, 'files'), { recursive: true, withFileTypes: true }).catch(() => []))
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
const diskOf = async (id: string) => (await onDisk()).find(path => path.endsWith(id))!

describe('an upload', () => {
  it('is kept under its digest and read as it was', async () => {
    const file = must(await store({ content: Readable.from([csv.subarray(0, 5), csv.subarray(5)]) }))
    expect(file).toEqual({
      id: file.id,
      sha256: createHash('sha256').update(csv).digest('hex'),
      type: 'text/csv',
      size: csv.length,
      deleteAfter: new Date('2026-02-04T01:00:00Z'),
    })
    expect(await diskOf(file.id)).toBe(
      join(kit.dataFolder, 'files/shenzhen', file.sha256.slice(0, 2), `${file.sha256}-${file.id}`),
    )
    expect(await readFile(await diskOf(file.id))).toEqual(csv)
    expect(await read(file.id)).toEqual(
      ok({
        bytes: csv,
        type: 'text/csv',
        organisationId: null,
        uploadedBy: 'tester',
        name: '',
        isSealed: false,
      }),
    )
    expect((await onDisk()).filter(path => path.endsWith('.part'))).toEqual([])
  })

  it('of the release before goes by the name it has in clear', async () => {
    const { id } = must(await store({ encrypt: true, name: '张三.csv' }))
    expect(must(await read(id)).name).toBe('张三.csv')
    await db.owner(`update file set name = '李四.csv', name_sealed = null where id = $1`, [id])
    expect(must(await read(id)).name).toBe('李四.csv')
  })

  it('with personal data is unreadable on disk, and its key in the database', async () => {
    const file = must(await store({ encrypt: true, retentionClass: 'application' }))
    const stored = await readFile(await diskOf(file.id))
    expect(stored.includes(Buffer.from('那坡'))).toBe(false)
    const row = (await db.app.read(scope, tx => fileRow(tx, file.id)))!
    expect(row.sealed_key!.length).toBe(32 + 29)
    expect(row.stored_sha256).not.toEqual(row.sha256)
    expect(must(await read(file.id)).bytes).toEqual(csv)
  })

  it('opens only with the key, the programme and the id it was sealed for', async () => {
    const [a, b] = [must(await store({ encrypt: true })), must(await store({ encrypt: true }))]
    await db.owner('update file set sealed_key = (select sealed_key from file where id = $1) where id = $2', [
      a.id,
      b.id,
    ])
    await expect(read(b.id)).rejects.toThrow()
    expect(must(await read(a.id)).bytes).toEqual(csv)
  })

  it('is not found from another programme, nor where there is none', async () => {
    const file = must(await store())
    const none = { ok: false, code: 'file.not_found', params: {} }
    expect(await read(file.id, 'beijing')).toEqual(none)
    expect(await read('01980000-0000-7000-8000-000000000000')).toEqual(none)
  })

  it('that the disk lost or changed is called damaged', async () => {
    const [lost, changed] = [must(await store()), must(await store())]
    await rm(await diskOf(lost.id))
    await writeFile(await diskOf(changed.id), 'else')
    for (const { id } of [lost, changed])
      expect(await read(id)).toEqual({ ok: false, code: 'file.damaged', params: { file: id } })
  })

  it.each([
    ['file.empty', {}, { content: Buffer.alloc(0) }],
    ['file.too_large', { most: MOST_BYTES }, { content: Buffer.alloc(MOST_BYTES + 1, 'a') }],
    ['file.too_large', { most: MOST_BYTES }, { content: Readable.from(endless()) }],
    ['file.type_refused', { declared: 'image/png', found: 'text/csv' }, { declaredType: 'image/png' }],
  ] as const)('is refused as %s and leaves nothing', async (code, params, more) => {
    const [before, rows] = [await onDisk(), await db.owner('select id from file order by 1')]
    expect(await store(more)).toEqual({ ok: false, code, params })
    expect(await onDisk()).toEqual(before)
    expect(await db.owner('select id from file order by 1')).toEqual(rows)
  })

  it('of exactly the limit is taken', async () => {
    expect(must(await store({ content: Buffer.alloc(MOST_BYTES, 'a') })).size).toBe(10_485_760)
  })
})

function* endless() {
  for (;;) yield Buffer.alloc(1024 * 1024, 'a')
}

describe('retention', () => {
  it('counts years and days from the upload, and keeps what is shown', () => {
    expect(deleteAfter('accounting', at)).toEqual(new Date('2057-01-01T01:00:00Z'))
    expect(deleteAfter('procurement', at)).toEqual(new Date('2041-01-05T01:00:00Z'))
    expect(deleteAfter('passing', at)).toEqual(new Date('2026-02-04T01:00:00Z'))
    expect(deleteAfter('public', at)).toBeNull()
  })
})

describe('the sweep', () => {
  it('destroys what has served its term, and what rolled back uploads left, and nothing else', async () => {
    await db.owner('delete from file')
    await rm(join(kit.dataFolder, 'files'), { recursive: true })
    const [kept, expired] = [must(await store({ retentionClass: 'public' })), must(await store())]
    let left = ''
    await db.app.write(scope, async tx => {
      left = must(await storeFile(tx, kit, upload())).id
      return refuse('no')
    })
    await writeFile(`${await diskOf(left)}.part`, 'cut off')
    expect((await onDisk()).length).toBe(4)
    expect(await sweepFiles(db.batch, kit, scope)).toEqual({ expired: [], orphans: 0 })

    const longAgo = new Date(Date.now() - 25 * 3_600_000)
    for (const path of await onDisk()) await utimes(path, longAgo, longAgo)
    const later = { ...scope, at: new Date('2026-02-04T01:00:00Z') }
    expect(await sweepFiles(db.batch, kit, later)).toEqual({ expired: [expired.id], orphans: 2 })
    expect(await onDisk()).toEqual([await diskOf(kept.id)])
    expect(must(await read(kept.id)).bytes).toEqual(csv)
    expect(await read(expired.id)).toMatchObject({ code: 'file.not_found' })
  })
})
