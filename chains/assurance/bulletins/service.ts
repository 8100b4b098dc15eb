import type { Writer } from '@silian/kernel/database/database.ts'
import { contentHash } from '@silian/kernel/documents/content-hash.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { isClosable } from '@silian/kernel/metric/define.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { monthOf } from '@silian/kernel/time/shanghai.ts'
import type { Selectable } from 'kysely'
import type { Kit } from '../../kit.ts'
import type { Rendered, Section } from './contract.ts'
import { metricNamed, render } from './render.ts'
import { checkText, contentOf, draftText, referencesOf, type TextRefusal } from './rules.ts'
import type { BulletinTable } from './tables.ts'

export type BulletinRow = Selectable<BulletinTable>

/** Drafts a month's bulletin from the metrics as they stand. Refusal: `bulletin.exists` {month}. */
export async function draftBulletin(
  tx: Writer,
  { id = newId(tx.at.getTime()), month }: { id?: string | undefined; month: string },
): Promise<Result<{ id: string; version: number }, 'bulletin.exists'>> {
  const { title, sections } = draftText(month)
  const figures = await render(tx, referencesOf(month))
  const rows = await tx.query(
    `insert into bulletin (programme_id, id, month, title, state, version, sections, figures, drafted_at, drafted_by)
     values ($1, $2, $3, $4, 'draft', 1, $5, $6, $7, $8) on conflict do nothing returning 1`,
    [
      ...[tx.programme, id, month, title],
      ...[JSON.stringify(sections), JSON.stringify(figures)],
      tx.at,
      tx.actor,
    ],
  )
  return rows.length === 0 ? refuse('bulletin.exists', { month }) : ok({ id, version: 1 })
}

export type WriteRefusal = 'bulletin.not_found' | 'bulletin.published' | 'bulletin.changed'

/**
 * Writes a draft's words anew; its figures are worked out again, never taken from the caller. Refusals:
 * `bulletin.not_found`, `bulletin.published`, `bulletin.changed` {version}, and those of `checkText`.
 */
export async function writeBulletin(
  tx: Writer,
  id: string,
  { version, title, sections }: { version: number; title: string; sections: readonly Section[] },
): Promise<Result<{ id: string; version: number }, WriteRefusal | TextRefusal>> {
  const draft = await lockDraft(tx, id, version)
  if (!draft.ok) return draft
  const fine = checkText(title, sections, new Set(draft.value.figures.map(figure => figure.key)))
  if (!fine.ok) return fine
  const figures = await render(tx, draft.value.figures)
  await tx.query(
    `update bulletin set title = $3, sections = $4, figures = $5, version = version + 1
     where programme_id = $1 and id = $2`,
    [tx.programme, id, title, JSON.stringify(sections), JSON.stringify(figures)],
  )
  return ok({ id, version: version + 1 })
}

async function lockDraft(
  tx: Writer,
  id: string,
  version: number,
): Promise<Result<BulletinRow, WriteRefusal>> {
  const [row] = await tx.query<BulletinRow>(
    `select programme_id, id, month, title, state, version, sections, figures, drafted_at, drafted_by, published_at,
       fact_id, content_hash from bulletin where programme_id = $1 and id = $2 for update`,
    [tx.programme, id],
  )
  if (!row) return refuse('bulletin.not_found')
  if (row.state !== 'draft') return refuse('bulletin.published')
  if (row.version !== version) return refuse('bulletin.changed', { version: row.version })
  return ok(row)
}

export type PublishRefusal = WriteRefusal | 'bulletin.month_open' | 'bulletin.figure_open'

/**
 * Freezes a draft: works its figures out a last time and puts the hash of all it says into the log, on the facts of the
 * published figures. Refusals: those of a write; `bulletin.month_open` {month} before the month is over;
 * `bulletin.figure_open` {metric, month} while a figure that anyone can recompute has not been published.
 */
export async function publishBulletin(
  tx: Writer,
  kit: Pick<Kit, 'recorder'>,
  holder: string,
  id: string,
  version: number,
): Promise<Result<{ factId: string }, PublishRefusal>> {
  const draft = await lockDraft(tx, id, version)
  if (!draft.ok) return draft
  const { month, title, sections } = draft.value
  if (monthOf(tx.at) <= month) return refuse('bulletin.month_open', { month })
  const figures = await render(tx, draft.value.figures)
  const open = figures.find(figure => isClosable(metricNamed(figure.metric)) && !isClosed(figure))
  if (open) return refuse('bulletin.figure_open', { metric: open.metric, month: open.to })
  const content = contentHash(contentOf({ month, title, sections, figures }))
  const facts = [...new Set(figures.flatMap(figure => figure.factIds))]
  const { id: factId } = await kit.recorder.record(tx, {
    type: 'bulletin.published',
    subject: id,
    holder,
    refs: await leavesOf(tx, facts),
    pub: { bulletin: id, month, version, content, figures: facts },
  })
  await tx.query(
    `update bulletin set state = 'published', figures = $3, published_at = $4, fact_id = $5, content_hash = $6
     where programme_id = $1 and id = $2`,
    [tx.programme, id, JSON.stringify(figures), tx.at, factId, content],
  )
  return ok({ factId })
}

/** A figure of one month rests on that month's own fact. */
const isClosed = ({ grain, factIds }: Rendered): boolean => grain !== 'month' || factIds.length > 0

async function leavesOf(tx: Writer, facts: readonly string[]): Promise<Buffer[]> {
  const rows = await tx.query<{ leaf_hash: Buffer }>(
    'select leaf_hash from fact where programme_id = $1 and id = any($2::uuid[]) order by id',
    [tx.programme, facts],
  )
  return rows.map(row => row.leaf_hash)
}
