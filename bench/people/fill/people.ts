import type { Filler, Size } from '../generate.ts'
import { PROGRAMME } from '../generate.ts'

/** Their heads alone: no list shows the others. */
const MEMBERS = 1
/** So many different names; everybody of a name has one hash. */
export const NAMES = 2000

export const nameOf = (n: number): string => `示范${n}`

/** Causes as in Guangdong's register of 2016 (2.5), classes as in 2.6; a tenth have been changed once. */
export async function people({ query, vault }: Filler, { households }: Size): Promise<void> {
  const hashes = (place: string) =>
    Array.from({ length: NAMES }, (_, n) => vault.index(PROGRAMME, place, nameOf(n)))
  await query(
    `insert into household (programme_id, id, code, village_code, area_path, class, cause, attribute, danger_level,
       warnings, member_count, per_head_income, net_income, head_name, head_name_index, registered_at, version,
       valid_from, valid_to, recorded_at, recorded_by)
     select $1, made('household' || i), 'G' || lpad(i::text, 8, '0'), p.village, p.path,
       (array['lifted', 'lifted', 'lifted', 'unstable', 'marginal', 'sudden', 'ordinary'])[1 + i % 7],
       (array['illness', 'illness', 'illness', 'labour', 'labour', 'disability', 'disability', 'study', 'funds', 'other'])[1 + i % 10],
       (array['general', 'low_income', 'destitute', null])[1 + i % 4],
       (array['a', 'b', 'c', 'd', null])[1 + i % 5],
       case when i % 20 = 0 then array['no_health'] when i % 33 = 0 then array['no_health', 'no_measure'] end,
       1 + i % 7, case when i % 9 > 0 then 500000 + i::bigint * 7919 % 1500000 end, 2000000, sha256('name'), ($3::bytea[])[1 + i % ${NAMES}],
       '2025-01-01T00:00:00Z', case when i % 10 = 0 then 2 else 1 end, '2024-01-01',
       case when i % 50 = 7 then date '2025-06-01' end, '2025-01-01T00:00:00Z', 'bench'
       from generate_series(1, $2::int) i join place p on p.n = (i - 1)::bigint * 10000 / $2::int`,
    [PROGRAMME, households, hashes('household.headName')],
  )
  await query(
    `insert into register_past (programme_id, register, row_id, version, valid_from, valid_to, recorded_at, recorded_by,
       state, parts)
     select programme_id, 'household', id, 1, '2023-01-01', '2024-01-01', '2024-12-01T00:00:00Z', 'bench',
       jsonb_strip_nulls(to_jsonb(h)), '{}' from household h where programme_id = $1 and version = 2`,
    [PROGRAMME],
  )
  await query(
    `insert into household_member (programme_id, id, household_id, no, name, name_index, id_number, id_number_index,
       relation, sex, birth_year, labour)
     select $1, made('member' || i || '/' || n), made('household' || i), n, sha256('name'),
       ($4::bytea[])[1 + (i + n) % ${NAMES}], sha256('number'), substr(sha256(('index' || i || '/' || n)::bytea), 1, 16),
       'head', case n % 2 when 0 then 'female' else 'male' end, 1960 + i % 50, 'ordinary'
       from generate_series(1, $2::int) i, generate_series(1, $3::int) n`,
    [PROGRAMME, households, MEMBERS, hashes('household.member.name')],
  )
}
