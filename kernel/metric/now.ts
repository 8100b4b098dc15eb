import type { Reader } from '../database/database.ts'
import { dimensionsOf, type Metric } from './define.ts'

/** Replaced areas and merged organisations with who goes on for them, at the head of a statement; $1 is the programme. */
export const NOW = `with recursive area_step (id, now) as (
    select code, replaced_by from area where replaced_by is not null
    union
    select s.id, t.replaced_by from area_step s join area t on t.code = s.now and t.replaced_by is not null),
  area_now as (
    select s.id, s.now from area_step s join area t on t.code = s.now and t.replaced_by is null),
  organisation_step (id, now) as (
    select id, successor_id from organisation where programme_id = $1 and successor_id is not null
    union
    select s.id, t.successor_id from organisation_step s
    join organisation t on t.programme_id = $1 and t.id = s.now and t.successor_id is not null),
  organisation_now as (
    select s.id::text as id, s.now::text as now from organisation_step s
    join organisation t on t.programme_id = $1 and t.id = s.now and t.successor_id is null)`

/** Whether anything has been replaced, merged or moved that a metric could tell otherwise. One statement. */
export async function tellsOtherwise(tx: Reader, metric: Metric): Promise<boolean> {
  const dimensions = dimensionsOf(metric)
  const has = (kind: string): boolean => dimensions.some(dimension => dimension.kind === kind)
  if (!has('area') && !has('organisation')) return false
  const [row] = await tx.query<{ told: boolean }>(
    `select ($2 and exists (select 1 from area where replaced_by is not null))
       or ($3 and exists (select 1 from organisation where programme_id = $1 and successor_id is not null))
       or ($4 and exists (select 1 from organisation_past p join organisation o
            on o.programme_id = p.programme_id and o.id = p.organisation_id
            where p.programme_id = $1 and p.area_code <> o.area_code)) as told`,
    [tx.programme, has('area'), has('organisation'), dimensions.some(({ follows }) => follows !== undefined)],
    'metric-told-otherwise',
  )
  return row!.told
}
