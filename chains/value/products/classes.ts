import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import type { HarvestSeason, ProduceClass } from './contract.ts'

/** The produce tree, each node after its parent. */
export const listProduceClasses = (tx: Reader): Promise<ProduceClass[]> =>
  tx.query<ProduceClass>(
    `select path, level, name_zh as "nameZh", name_en as "nameEn", synonyms from produce_class order by path`,
    [],
    'produce-classes',
  )

export const isProduceClass = async (tx: Reader, path: string): Promise<boolean> =>
  (await tx.query('select 1 from produce_class where path = $1', [path], 'produce-class')).length > 0

interface HarvestFilter {
  readonly month?: number | undefined
  readonly county?: string | undefined
  readonly class?: string | undefined
}

/** 上市月历: what is harvested in a month, of a county, of a class with those below it. */
export const harvestCalendar = (tx: Reader, { month, county, class: path }: HarvestFilter) =>
  tx.query<HarvestSeason>(
    `select h.class, c.name_zh as "classZh", c.name_en as "classEn", h.county_code as "countyCode",
       a.name_zh as "countyName", h.months, h.source
     from harvest_season h join produce_class c on c.path = h.class join area a on a.code = h.county_code
     where h.programme_id = $1 and ($2::int is null or $2 = any(h.months)) and ($3::text is null or h.county_code = $3)
       and ($4::text is null or h.class = $4 or starts_with(h.class, $4 || '/'))
     order by h.class, h.county_code`,
    [tx.programme, month ?? null, county ?? null, path ?? null],
  )

export type NewSeason = Pick<HarvestSeason, 'class' | 'countyCode' | 'months' | 'source'>

/** Puts on record what is harvested where; what is said again takes the place of what was said. */
export const keepSeasons = (tx: Writer, seasons: readonly NewSeason[]): Promise<unknown> =>
  tx.query(
    `insert into harvest_season (programme_id, class, county_code, months, source)
     select $1, s.class, s."countyCode", s.months, s.source
     from jsonb_to_recordset($2::jsonb) as s (class text, "countyCode" text, months int[], source text)
     on conflict (programme_id, class, county_code) do update set months = excluded.months, source = excluded.source`,
    [tx.programme, JSON.stringify(seasons)],
  )
