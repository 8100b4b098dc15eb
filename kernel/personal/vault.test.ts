import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Reader, Scope } from '../database/database.ts'
import { must, ok } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { normalPhone } from './blind-index.ts'
import { type Clear, Vault } from './vault.ts'

const scope: Scope = { programme: 'shenzhen', actor: 'tester', at: new Date('2026-01-05T01:00:00Z') }
const elsewhere: Scope = { ...scope, programme: 'beijing' }
let db: TestDatabase
let vault: Vault
beforeAll(async () => {
  db = await testDatabase()
  vault = new Vault(db.secrets)
  await db.owner(
    `create table secretive (programme_id text not null, id text not null, phone bytea, phone_index bytea,
       primary key (programme_id, id))`,
  )
  await db.owner(`select scoped('secretive', 'select, insert, update', 'select')`)
})
afterAll(() => db.close())

const seal = async (values: readonly Clear[], where = scope) =>
  must(await db.app.write(where, async tx => ok(await vault.sealMany(tx, values))))
const phone = (subject: string, text: string): Clear => ({ subject, field: 'secretive.phone', text })
const keys = () => db.owner<{ n: number }>('select count(*)::int as n from subject_key').then(r => r[0]!.n)

/** A transaction that counts its statements. */
function counting(tx: Reader): { tx: Reader; count: () => number } {
  let n = 0
  const counted = Object.create(tx, {
    query: {
      value: (...args: Parameters<Reader['query']>) => {
        n += 1
        return tx.query(...args)
      },
    },
    programme: { value: tx.programme },
  })
  return { tx: counted, count: () => n }
}

describe('vault', () => {
  it('opens what it sealed in an earlier transaction, null for null', async () => {
    const [sealed] = await seal([phone('p1', '13812341234')])
    const text = await db.app.read(scope, tx => vault.open(tx, 'p1', 'secretive.phone', sealed!))
    expect(text).toBe('13812341234')
    expect(await db.app.read(scope, tx => vault.open(tx, 'p1', 'secretive.phone', null))).toBeNull()
  })

  it('keeps only wrapped keys', async () => {
    const rows = await db.owner<{ sealed_key: Buffer }>(`select sealed_key from subject_key`)
    for (const row of rows) expect(row.sealed_key.length).toBe(1 + 12 + 32 + 16)
    const other = new Vault({ ...db.secrets, masterKey: Buffer.alloc(32, 7).toString('base64') })
    const [sealed] = await seal([phone('p1', 'x')])
    const open = db.app.read(scope, tx => other.open(tx, 'p1', 'secretive.phone', sealed!))
    await expect(open).rejects.toThrow()
  })

  it('does not open a value moved to another row, column or programme', async () => {
    const [sealed] = await seal([phone('p1', '13812341234'), phone('p2', '13900000000')])
    const open = (where: Scope, subject: string, field: string) =>
      db.app.read(where, tx => vault.open(tx, subject, field, sealed!))
    await expect(open(scope, 'p2', 'secretive.phone')).rejects.toThrow()
    await expect(open(scope, 'p1', 'secretive.name')).rejects.toThrow()
    await expect(open(elsewhere, 'p1', 'secretive.phone')).rejects.toThrow('without a key')
    await seal([phone('p1', 'other')], elsewhere)
    await expect(open(elsewhere, 'p1', 'secretive.phone')).rejects.toThrow()
  })

  it('seals a thousand rows with two statements and opens them with one', async () => {
    const values = Array.from({ length: 1000 }, (_, i) => phone(`many${i}`, `138${i}`))
    const sealed = must(
      await db.app.write(scope, async tx => {
        const counted = counting(tx)
        const all = await vault.sealMany(counted.tx as typeof tx, values)
        expect(counted.count()).toBe(2)
        return ok(all)
      }),
    )
    await db.app.read(scope, async tx => {
      const counted = counting(tx)
      const rows = values.map(({ subject, field }, i) => ({ subject, field, sealed: sealed[i]! }))
      expect(await vault.openMany(counted.tx, rows)).toEqual(values.map(value => value.text))
      expect(await vault.openMany(counted.tx, rows.slice(0, 10))).toHaveLength(10)
      expect(counted.count()).toBe(1)
    })
  })

  it('makes one key when two transactions need it at once', async () => {
    const before = await keys()
    const sealed = await Promise.all(Array.from({ length: 8 }, (_, i) => seal([phone('race', `n${i}`)])))
    expect(await keys()).toBe(before + 1)
    const texts = await db.app.read(scope, tx =>
      vault.openMany(
        tx,
        sealed.map(([one]) => ({ subject: 'race', field: 'secretive.phone', sealed: one! })),
      ),
    )
    expect(texts).toEqual(Array.from({ length: 8 }, (_, i) => `n${i}`))
  })

  it('finds a row by the blind index of what somebody types', async () => {
    await db.app.write(scope, async tx => {
      for (const [id, number] of [
        ['a', '13800000001'],
        ['b', '13800000002'],
      ] as const)
        await tx.query('insert into secretive values ($1, $2, $3, $4)', [
          tx.programme,
          id,
          await vault.seal(tx, id, 'secretive.phone', number),
          vault.index(tx.programme, 'secretive.phone', number),
        ])
      return ok(null)
    })
    const found = (where: Scope, typed: string) =>
      db.app.read(where, tx =>
        tx.query('select id from secretive where programme_id = $1 and phone_index = $2', [
          tx.programme,
          vault.index(tx.programme, 'secretive.phone', normalPhone(typed)),
        ]),
      )
    expect(await found(scope, '+86 138 0000 0002')).toEqual([{ id: 'b' }])
    expect(await found(scope, '13800000003')).toEqual([])
    expect(await found(elsewhere, '13800000002')).toEqual([])
  })
})

describe('erasure', () => {
  it('leaves what was sealed unreadable for ever, and lets nothing be sealed again', async () => {
    const [gone, stays] = await seal([phone('gone', '13812341234'), phone('stays', '13912341234')])
    must(
      await db.app.write(scope, async tx => {
        await vault.erase(tx, ['gone', 'never-seen'])
        expect(await vault.open(tx, 'gone', 'secretive.phone', gone!)).toBeNull()
        return ok(null)
      }),
    )
    const texts = await db.app.read(scope, tx =>
      vault.openMany(tx, [
        { subject: 'gone', field: 'secretive.phone', sealed: gone! },
        { subject: 'stays', field: 'secretive.phone', sealed: stays! },
      ]),
    )
    expect(texts).toEqual([null, '13912341234'])
    expect(
      await db.owner(
        `select subject_id, sealed_key, destroyed_at from subject_key where sealed_key is null order by 1`,
      ),
    ).toEqual([
      { subject_id: 'gone', sealed_key: null, destroyed_at: scope.at },
      { subject_id: 'never-seen', sealed_key: null, destroyed_at: scope.at },
    ])
    for (const subject of ['gone', 'never-seen'])
      expect(await db.app.write(scope, async tx => ok(await vault.seal(tx, subject, 'f', 'x')))).toEqual({
        ok: false,
        code: 'subject.erased',
        params: { subject },
      })
  })

  it('touches the programme only, and keeps its first date', async () => {
    await seal([phone('twice', 'x')])
    const [there] = await seal([phone('twice', 'there')], elsewhere)
    for (const at of ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'])
      await db.app.write({ ...scope, at: new Date(at) }, async tx => ok(await vault.erase(tx, ['twice'])))
    expect(
      await db.owner(
        `select destroyed_at from subject_key where subject_id = 'twice' and programme_id = 'shenzhen'`,
      ),
    ).toEqual([{ destroyed_at: new Date('2026-02-01T00:00:00Z') }])
    expect(await db.app.read(elsewhere, tx => vault.open(tx, 'twice', 'secretive.phone', there!))).toBe(
      'there',
    )
  })

  it('is not undone by the working role: keys cannot be deleted', async () => {
    const remove = db.app.write(scope, async tx => ok(await tx.query('delete from subject_key')))
    await expect(remove).rejects.toMatchObject({ code: '42501' })
  })
})
