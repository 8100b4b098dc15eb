import type { Reader } from '@silian/kernel/database/database.ts'
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
       a.name_zh as "countyName", h.harvested_in::int[] as months, h.source
     from harvest_season h join produce_class c on c.path = h.class join area a on a.code = h.county_code
     where h.programme_id = $1 and h.state = 'shown' and h.valid_to is null and ($2::int is null or $2::text = any(h.harvested_in)) and ($3::text is null or h.county_code = $3)
       and ($4::text is null or h.class = $4 or starts_with(h.class, $4 || '/'))
     order by h.class, h.county_code`,
    [tx.programme, month ?? null, county ?? null, path ?? null],
  )
