import type { Filler, Size } from '../generate.ts'
import { PROGRAMME } from '../generate.ts'

/** Open cases for a household. */
export const CASES = 1 / 10
const STATES = `(values ('agriculture_check', 'agriculture_officer'), ('revitalisation_check', 'county_officer'),
  ('county_recommendation', 'county_officer'), ('platform_review', 'platform_reviewer')) s (state, role)`

/**
 * Cases of suppliers' entry that all wait: at their county and above it, or on the one desk of the platform. Nobody
 * has as much before them in use.
 */
export async function work({ query }: Filler, { households }: Size): Promise<void> {
  await query(
    `insert into process_case (programme_id, id, process, version, title, state, area_path, organisation_id, opened_at,
       opened_by, opened_fact, opened_leaf, form, move_no, entered_on, due_on)
     select $1, made('case' || i), 'supplier_entry', 1, '示范入驻' || i, s.state, '45/4510/' || p.county,
       made('coop' || 1 + i % ($2::int / 50)), timestamptz '2025-01-01T00:00:00Z' + i * interval '1 minute', 'bench',
       made('case' || i), sha256('leaf'), '{}', 1, '2025-01-01', date '2026-11-01' + i % 90
       from generate_series(1, $2::int) i
       join place p on p.n = (i - 1) % 20 * 500
       join (select *, row_number() over () - 1 as n from ${STATES}) s on s.n = i / 20 % 4`,
    [PROGRAMME, households * CASES],
  )
  await query(
    `insert into process_task (programme_id, id, case_id, process, state, move_no, kind, role, area_path, opened_at, due_on)
     select c.programme_id, made('task' || c.id), c.id, c.process, c.state, 1, 'task', s.role,
       case when s.role <> 'platform_reviewer' then c.area_path end, c.opened_at, c.due_on
       from process_case c join ${STATES} on s.state = c.state where c.programme_id = $1 and c.opened_by = 'bench'`,
    [PROGRAMME],
  )
  await query(
    `insert into process_desk (programme_id, desk, due_on, task_id, process, state)
     select t.programme_id, t.role || '@' || d.at, t.due_on, t.id, t.process, t.state
       from process_task t join process_case c on c.programme_id = t.programme_id and c.id = t.case_id,
         unnest(case when t.area_path is null then array['*']
           else array['45', '45/4510', t.area_path] end) d (at)
      where t.programme_id = $1 and c.opened_by = 'bench'`,
    [PROGRAMME],
  )
}
