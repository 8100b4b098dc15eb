import type { Reader } from '@silian/kernel/database/database.ts'
import type { Flagship } from './contract.ts'

/** 一县一品: what counties are known for, with how many offers of it are on sale (S3-40). */
export const listFlagships = (tx: Reader, county?: string): Promise<Flagship[]> =>
  tx.query<Flagship>(
    `select f.id, f.county_code as "countyCode", a.name_zh as "countyName", f.class, f.name_zh as "nameZh", f.name_en as "nameEn",
       f.story_zh as "storyZh", f.story_en as "storyEn", f.source,
       (select count(*) from offer o join product p on p.programme_id = o.programme_id and p.id = o.product_id
         where o.programme_id = $1 and o.state = 'listed' and p.county_code = f.county_code
           and (p.class = f.class or starts_with(p.class, f.class || '/'))) as offers,
       coalesce((select jsonb_agg(jsonb_build_object('nameZh', r.name_zh, 'nameEn', r.name_en, 'workZh', r.work_zh,
           'workEn', r.work_en, 'source', r.source) order by r.no)
         from flagship_partner r where r.programme_id = $1 and r.flagship_id = f.id), '[]') as partners
     from flagship f join area a on a.code = f.county_code
     where f.programme_id = $1 and f.state = 'shown' and f.valid_to is null and ($2::text is null or f.county_code = $2) order by f.county_code, f.class`,
    [tx.programme, county ?? null],
    'flagships',
  )
