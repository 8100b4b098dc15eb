import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { isProduceClass } from '../../value/products/classes.ts'
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
     where f.programme_id = $1 and ($2::text is null or f.county_code = $2) order by f.county_code, f.class`,
    [tx.programme, county ?? null],
    'flagships',
  )

export type NewFlagship = Omit<Flagship, 'id' | 'countyName' | 'offers'> & { readonly id?: string }

/** Puts a county's flagship and its partners on record; refuses `product.class_unknown` {class}. */
export async function keepFlagship(
  tx: Writer,
  flagship: NewFlagship,
): Promise<Result<{ id: string }, 'product.class_unknown'>> {
  if (!(await isProduceClass(tx, flagship.class)))
    return refuse('product.class_unknown', { class: flagship.class })
  const id = flagship.id ?? newId(tx.at.getTime())
  await tx.query(
    `insert into flagship (programme_id, id, county_code, class, name_zh, name_en, story_zh, story_en, source, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[tx.programme, id, flagship.countyCode, flagship.class, flagship.nameZh, flagship.nameEn],
      ...[flagship.storyZh, flagship.storyEn, flagship.source, tx.at],
    ],
  )
  await tx.query(
    `insert into flagship_partner (programme_id, flagship_id, no, name_zh, name_en, work_zh, work_en, source)
     select $1, $2, no, r->>'nameZh', r->>'nameEn', r->>'workZh', r->>'workEn', r->>'source'
     from jsonb_array_elements($3::jsonb) with ordinality as given (r, no)`,
    [tx.programme, id, JSON.stringify(flagship.partners)],
  )
  return ok({ id })
}
