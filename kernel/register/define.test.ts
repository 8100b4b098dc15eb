import { describe, expect, it } from 'vitest'
import type { Column, Columns } from '../declared/columns.ts'
import { migrationOf } from './ddl.ts'
import { defineRegister, type RegisterSpec } from './define.ts'
import { check, coldStore } from './stage.ts'

const code = { kind: 'text', max: 10 } as const
const define = (columns: Columns, more: Partial<RegisterSpec<Columns, never>> = {}) =>
  defineRegister({
    name: 'thing',
    columns: { code, ...columns },
    key: 'code',
    parties: {},
    permit: { read: { auditor: 'programme' } },
    ...more,
  } as RegisterSpec<Columns, never>)

describe('a declaration', () => {
  it('that works is filled with what it leaves out', () => {
    expect(define({})).toMatchObject({
      label: 'code',
      parts: {},
      dated: false,
      parties: { organisations: [] },
    })
  })

  it.each<[string, Columns, Partial<RegisterSpec<Columns, never>>]>([
    ['its name is not snake_case', {}, { name: 'aThing' }],
    ['snake_case is not camelCase', { snake_case: code }, {}],
    ['version is a name that stands already', { version: code }, {}],
    ['sumFrom is a name that stands already', { sum: code, sumFrom: code }, {}],
    ['no column other', {}, { key: 'other' }],
    ['its key code must be a required text in clear', { code: { ...code, personal: 'personal' } }, {}],
    ['its label n must be a text in clear', { n: { kind: 'number' } }, { label: 'n' }],
    ['phone is a phone, and so personal', { phone: { ...code, format: 'phone' } }, {}],
    [
      'name is personal and goes into public facts',
      { name: { ...code, personal: 'personal', open: true } },
      {},
    ],
    [
      'name is sealed: found by its whole value (filter), never sorted',
      { name: { ...code, personal: 'personal', sort: true } },
      {},
    ],
    ['age is sealed and no text', { age: { kind: 'number', personal: 'personal' } }, {}],
    ['note is too free to be public', { note: { ...code, format: 'long', open: true } }, {}],
    ['sum is for rules alone and shown', { sum: { ...code, computed: true, inner: true, listed: true } }, {}],
    ['given is for rules alone and shown', { given: { ...code, inner: true } }, {}],
    ['n is searched and no text', { n: { kind: 'number', search: true } }, {}],
    ['sure has no order', { sure: { kind: 'yes', sort: true } }, {}],
    ['kind is of words that are none, or twice the same', { kind: { kind: 'choice', of: ['a', 'a'] } }, {}],
    ['storeId names a row of cold_store, which it does not refer to', { storeId: rowOf('cold_store') }, {}],
    [
      'its area party n names neither an area nor a row',
      { n: { kind: 'number' } },
      { parties: { area: 'n' } },
    ],
    [
      'its area party place may not be empty',
      { place: { kind: 'area', required: false } },
      { parties: { area: 'place' } },
    ],
    ['its party code names no organisation', {}, { parties: { organisations: ['code'] } }],
    ['nobody could find its rows', {}, { permit: { read: { county_officer: 'area' } } }],
    ['proposed columns and somebody who decides go together', { name: { ...code, proposed: true } }, {}],
  ])('that could not work says: %s', (reason, columns, more) => {
    expect(() => define(columns, more)).toThrow(`: ${reason}`)
  })

  it('writes its own migration', () => {
    expect(migrationOf(check)).toBe(`create table cold_check (
  programme_id text not null,
  id uuid not null,
  version int not null,
  valid_from date not null,
  valid_to date,
  recorded_at timestamptz not null,
  recorded_by text not null,
  area_path text collate "C" not null,
  code text not null,
  store_id uuid not null,
  primary key (programme_id, id),
  unique (programme_id, code),
  foreign key (programme_id, store_id) references cold_store (programme_id, id)
);
select scoped('cold_check', 'select, insert, update', 'select');
create index on cold_check (programme_id, area_path, code);
create index on cold_check (programme_id, valid_from);
create index on cold_check (programme_id, store_id, area_path, code);
`)
    const sql = migrationOf(coldStore)
    for (const line of [
      'keeper_phone bytea,',
      'keeper_phone_index bytea,',
      'create index on cold_store (programme_id, operator_id, area_path, code);',
      'create index on cold_store (programme_id, capacity, id);',
      "create index on cold_store (programme_id, area_path, code) where uses <> '{}';",
      "select scoped('cold_store_room', 'select, insert, update (ended), delete', 'select');",
      'create unique index on cold_store_room (programme_id, lock_index) where not ended;',
    ])
      expect(sql).toContain(line)
  })
})

function rowOf(of: string): Column {
  return { kind: 'row', of }
}
