import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../ids/ids.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import {
  bigintArray,
  boolArray,
  byteaArray,
  intArray,
  jsonArray,
  textArray,
  timeArray,
  uuidArray,
} from './array.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

/** What the server makes of an array parameter, element by element. */
async function served(type: string, array: Buffer): Promise<unknown[]> {
  const rows = await db.owner<{ value: unknown }>(
    `select value from unnest($1::${type}[]) with ordinality u(value, n) order by n`,
    [array],
  )
  return rows.map(row => row.value)
}

describe('array parameters', () => {
  it('arrive as they were given, nulls in their places', async () => {
    const id = newId()
    const at = new Date('1999-12-31T23:59:59.999Z')
    expect(await served('bool', boolArray([true, null, false]))).toEqual([true, null, false])
    expect(await served('int', intArray([0, -1, 2 ** 31 - 1, -(2 ** 31), null]))).toEqual([
      0,
      -1,
      2 ** 31 - 1,
      -(2 ** 31),
      null,
    ])
    const safe = [0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, null]
    expect(await served('bigint', bigintArray(safe))).toEqual(safe)
    expect(await served('uuid', uuidArray([id, null]))).toEqual([id, null])
    expect(await served('timestamptz', timeArray([at, null, new Date(0)]))).toEqual([at, null, new Date(0)])
    expect(await served('jsonb', jsonArray(['{"a":[1,"芒果"]}', null]))).toEqual([{ a: [1, '芒果'] }, null])
    expect(await served('bytea', byteaArray([Buffer.of(0, 255), Buffer.alloc(0), null]))).toEqual([
      Buffer.of(0, 255),
      Buffer.alloc(0),
      null,
    ])
  })

  it('may be empty', async () => {
    for (const [type, array] of [
      ['bool', boolArray([])],
      ['int', intArray([])],
      ['bigint', bigintArray([])],
      ['text', textArray([])],
      ['uuid', uuidArray([])],
      ['bytea', byteaArray([])],
      ['jsonb', jsonArray([])],
      ['timestamptz', timeArray([])],
    ] as const) {
      expect(await served(type, array)).toEqual([])
      const [row] = await db.owner<{ n: number }>(`select cardinality($1::${type}[]) as n`, [array])
      expect(row!.n).toBe(0)
    }
  })

  it('carry any text that the database can hold', async () => {
    const text = fc.string({ unit: 'grapheme' }).filter(s => s.isWellFormed() && !s.includes('\0'))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(text)), async texts => {
        expect(await served('text', textArray(texts))).toEqual(texts)
      }),
      { numRuns: 50 },
    )
  })

  it('are refused where the type is another', async () => {
    await expect(served('text', uuidArray([newId()]))).rejects.toThrow('binary data has array element type')
  })

  it('hold no half a UUID', () => {
    for (const bad of ['', 'x', newId().slice(1), `${newId()}0`, newId().replace(/^./, 'g')])
      expect(() => uuidArray([bad])).toThrow('not a UUID')
  })

  it('hold no fraction and nothing beyond their range', () => {
    expect(() => intArray([2 ** 31])).toThrow(RangeError)
    expect(() => bigintArray([0.5])).toThrow(RangeError)
  })
})
