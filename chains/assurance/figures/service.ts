import type { Scope, Writer } from '@silian/kernel/database/database.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { isClosable } from '@silian/kernel/metric/define.ts'
import { closeMonth, type PublishRefusal } from '@silian/kernel/metric/publish.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { metrics } from '../../declared.ts'
import type { Kit } from '../../kit.ts'
import type { Cited, Ratio } from './contract.ts'

export interface Publishing {
  readonly period: string
  readonly holder: string
  /** Only this one; without, every one that is open. */
  readonly metric?: string | undefined
}

export interface Published {
  readonly factId: string
  readonly published: { metric: string; factId: string }[]
}

/**
 * Closes a month: publishes its figure of one metric, or of each that anyone can recompute and that is still open, all
 * at the same place of the log or none. Refusals: `metric.not_found`, and those of the kernel's `closeMonth`.
 */
export function publishMonth(
  kit: Pick<Kit, 'batch' | 'recorder'>,
  scope: Scope,
  { period, holder, metric: only }: Publishing,
): Promise<Result<Published, PublishRefusal | 'metric.not_found'>> {
  const closable = metrics.filter(metric => (only === undefined ? isClosable(metric) : metric.name === only))
  return kit.batch.write(scope, async tx => {
    const published: Published['published'] = []
    for (const metric of closable) {
      const closed = await closeMonth(tx, kit.recorder, metric, { period, holder })
      if (closed.ok) published.push({ metric: metric.name, factId: closed.value.factId })
      else if (only !== undefined || closed.code !== 'figure.published') return closed
    }
    const [first] = published
    if (closable.length === 0) return refuse('metric.not_found', { metric: only ?? '' })
    return first ? ok({ factId: first.factId, published }) : refuse('figure.published', { period })
  })
}

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
