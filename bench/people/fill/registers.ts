import type { Filler, Size } from '../generate.ts'
import { PROGRAMME } from '../generate.ts'

/** How many rows each has for a household: on the small side still a batch of an export. */
export const shares = { visit: 1 / 2, supplier: 1 / 100, base: 1 / 100, vendingPoint: 1 / 100 } as const

const standard = 'programme_id, id, version, valid_from, recorded_at, recorded_by, area_path, code'
const given = (name: string, sign: string) =>
  `$1, made('${name}' || i), 1, '2024-01-01', '2025-01-01T00:00:00Z', 'bench', p.path, '${sign}' || lpad(i::text, 8, '0')`
const numbered = 'from generate_series(1, $2::int) i join place p on p.n = (i - 1)::bigint * 10000 / $2::int'

/** Visits to every second household, suppliers with their co-ops, bases and vending points. */
export async function registers({ query }: Filler, { households }: Size): Promise<void> {
  await query(
    `insert into visit (${standard}, household_id, visited_on, way, visitor, topics, findings, follow_up_on)
     select ${given('visit', 'V')}, made('household' || i * 2), date '2025-01-01' + i % 365,
       (array['home', 'phone', 'field', 'village_office'])[1 + i % 4], sha256('visitor'),
       case when i % 5 = 0 then array['income'] end, sha256('findings'),
       case when i % 3 = 0 then date '2025-06-01' + i % 200 end ${numbered}`,
    [PROGRAMME, households * shares.visit],
  )
  await query(
    `insert into subject_key (programme_id, subject_id, destroyed_at)
     select programme_id, id::text, recorded_at from household where programme_id = $1 and recorded_by = 'bench'
     union all select programme_id, id::text, recorded_at from visit where programme_id = $1 and recorded_by = 'bench'`,
    [PROGRAMME],
  )
  await query(
    `insert into organisation (programme_id, id, key, name_zh, name_en, type, area_code, valid_from, recorded_at)
     select $1, made('coop' || i), 'bench-' || i, '示范合作社' || i, 'Co-op ' || i, 'cooperative', p.county,
       '2020-01-01', '2025-01-01T00:00:00Z' ${numbered}`,
    [PROGRAMME, households * shares.supplier],
  )
  await query(
    `insert into supplier (${standard}, name, organisation_id, county_code, state, since)
     select ${given('supplier', 'S')}, '示范合作社' || i, made('coop' || i), p.county,
       (array['active', 'active', 'active', 'warned', 'suspended'])[1 + i % 5], date '2020-01-01' + i % 2000 ${numbered}`,
    [PROGRAMME, households * shares.supplier],
  )
  await query(
    `insert into base (${standard}, name, area_code, operator_id, type, land_area, yearly_output, gaps)
     select ${given('base', 'B')}, '示范基地' || i, p.county, made('coop' || 1 + i % $3::int),
       (array['crops', 'processing', 'livestock'])[1 + i % 3], case when i % 4 > 0 then i * 677 % 1000000 end,
       i::bigint * 7919 % 1000000000, case when i % 6 = 0 then array['land'] end ${numbered}`,
    [PROGRAMME, households * shares.base, households * shares.supplier],
  )
  await query(
    `insert into vending_point (${standard}, name, kind, area_code, address, operator_id, cabinets, state, placed_on,
       monthly_rent)
     select ${given('vending', 'P')}, '示范柜' || i, (array['canteen', 'unit', 'supermarket'])[1 + i % 3], p.county, '一号',
       made('coop' || 1 + i % $3::int), 1 + i % 40, (array['in_use', 'withdrawn'])[1 + i % 2],
       date '2024-01-01' + i % 700, case when i % 2 = 0 then i % 5000 * 100 end ${numbered}`,
    [PROGRAMME, households * shares.vendingPoint, households * shares.supplier],
  )
}
