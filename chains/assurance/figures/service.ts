import type { Writer } from '@silian/kernel/database/database.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { ok, type Result } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import type { Cited, Ratio } from './contract.ts'

/** Puts articles' figures on record, each with its row: facts of kind `cited`, which no metric reads. */
export async function citeFigures(
  tx: Writer,
  kit: Kit,
  holder: string,
  figures: readonly Cited[],
): Promise<Result<null, never>> {
  for (const figure of figures) {
    const id = idFrom('cited', tx.programme, figure.key)
    const rows = await tx.db
      .insertInto('cited_figure')
      .values({
        programme_id: tx.programme,
        key: figure.key,
        row_id: figure.row,
        quote_zh: figure.quoteZh,
        label_en: figure.labelEn,
        value: figure.value,
        unit: figure.unit,
        as_of: figure.asOf,
        fact_id: id,
      })
      .onConflict(c => c.doNothing())
      .returning('key')
      .execute()
    if (rows.length > 0)
      await kit.recorder.record(tx, { type: 'figure.cited', id, subject: id, holder, pub: { ...figure } })
  }
  return ok(null)
}

/** Keeps ratios computed from cited figures, beside what the article printed. */
export async function keepRatios(tx: Writer, ratios: readonly Ratio[]): Promise<Result<null, never>> {
  await tx.db
    .insertInto('cited_ratio')
    .values(
      ratios.map(ratio => ({
        programme_id: tx.programme,
        key: ratio.key,
        label_zh: ratio.labelZh,
        label_en: ratio.labelEn,
        value: ratio.value,
        printed: ratio.printed,
        unit: ratio.unit,
      })),
    )
    .onConflict(c => c.doNothing())
    .execute()
  return ok(null)
}
