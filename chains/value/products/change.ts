import type { Writer } from '@silian/kernel/database/database.ts'
import type { Values } from '@silian/kernel/declared/columns.ts'
import type { Effect } from '@silian/kernel/process/define.ts'
import { textIn } from '@silian/kernel/process/values.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import type { Mark, Product } from './contract.ts'

/** What may be said anew of a product. */
export type ProductChange = Partial<
  Pick<Product, 'nameZh' | 'nameEn' | 'class' | 'variety' | 'grade' | 'marks' | 'storyZh' | 'storyEn'>
>

const texts = ['nameZh', 'nameEn', 'class', 'variety', 'grade', 'storyZh', 'storyEn'] as const

/** What a proposal says; nothing of what it leaves out. */
export function changeIn(form: Values): ProductChange {
  const said = texts.flatMap(name => (textIn(form, name) ? [[name, textIn(form, name)] as const] : []))
  const marks = form.marks as readonly Mark[] | null | undefined
  return { ...Object.fromEntries(said), ...(marks && marks.length > 0 ? { marks: [...marks] } : {}) }
}

/** Says it of the product, in the transaction of the decision. */
export const applyChange: Effect = (tx, kit, { about, form }) =>
  changeProduct(tx, kit, about ?? '', changeIn(form))

/** Refuses `product.not_found`. */
export async function changeProduct(
  tx: Writer,
  kit: Pick<Kit, 'recorder'>,
  id: string,
  change: ProductChange,
): Promise<Result<null, 'product.not_found'>> {
  const [row] = await tx.query<{
    cooperative_id: string
    name_zh: string
    class: string
    county_code: string
  }>(
    `update product set name_zh = coalesce($3, name_zh), name_en = coalesce($4, name_en), class = coalesce($5, class),
       variety = coalesce($6, variety), grade = coalesce($7, grade), marks = coalesce($8::text[], marks),
       story_zh = coalesce($9, story_zh), story_en = coalesce($10, story_en)
     where programme_id = $1 and id = $2 returning cooperative_id, name_zh, class, county_code`,
    [
      ...[tx.programme, id, change.nameZh ?? null, change.nameEn ?? null, change.class ?? null],
      ...[change.variety ?? null, change.grade ?? null, change.marks ?? null],
      ...[change.storyZh ?? null, change.storyEn ?? null],
    ],
  )
  if (!row) return refuse('product.not_found')
  await kit.recorder.record(tx, {
    type: 'product.changed',
    subject: id,
    holder: `area:${row.county_code}`,
    pub: { product: id, name: row.name_zh, class: row.class },
  })
  return ok(null)
}
