import type { Filler } from '../generate.ts'

/**
 * Twenty counties of five townships of a hundred villages below the city of the small world; the first county and the
 * first village are the small world's own, where its people are. `place` numbers the villages from nought.
 */
export async function places({ query }: Filler): Promise<void> {
  await query(`
    create temp table place as
      select i * 500 + j * 100 + k as n, c.county, t.town, v.village,
        '45/4510/' || c.county || '/' || t.town || '/' || v.village as path
        from generate_series(0, 19) i, generate_series(0, 4) j, generate_series(0, 99) k,
          lateral (select case i when 0 then '451003' else (451040 + i)::text end as county) c,
          lateral (select c.county || case i + j when 0 then '901' else (100 + j)::text end as town) t,
          lateral (select t.town || case i + j + k when 0 then '001' else (200 + k)::text end as village) v`)
  await query('alter table place add primary key (n)')
  await query(`
    insert into area (code, name_zh, name_en, level, parent_code, path, valid_from, assisted832)
    select distinct on (p.code) p.code, p.sign || p.code, p.code, p.level, p.parent, p.path, date '1949-10-01', false
      from place, lateral (values
        (county, '县', 'county', '451000', '45/4510/' || county),
        (town, '镇', 'township', county, '45/4510/' || county || '/' || town),
        (village, '村', 'village', town, path)) p (code, sign, level, parent, path)
    on conflict do nothing`)
  await query('analyze area')
}
