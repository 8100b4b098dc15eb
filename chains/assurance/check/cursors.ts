import type { Reader } from '@silian/kernel/database/database.ts'
import type { Book } from './book.ts'
import type { Findings } from './report.ts'

/** How far each subscription has read, by name. */
export async function readCursors(tx: Reader): Promise<Map<string, number>> {
  const rows = await tx.query<{ name: string; next_index: number }>(
    'select name, next_index from subscription where programme_id = $1',
    [tx.programme],
  )
  return new Map(rows.map(row => [row.name, row.next_index]))
}

/** A cursor moves with its effect: what it has passed is settled, and nothing beyond it is. */
export function compareCursors(
  findings: Findings,
  book: Book,
  cursors: ReadonlyMap<string, number>,
  size: number,
): void {
  for (const [name, next] of cursors) {
    findings.count('subscription')
    if (next > size) findings.differs('subscription', name, 'next_index', `at most ${size}`, String(next))
  }
  const next = cursors.get('settlement') ?? 0
  for (const order of book.orders.keys()) {
    const completed = book.stepOf(order, 'completed')?.fact
    if (!completed) continue
    const isPassed = !completed.pending && completed.index < next
    if (isPassed === book.settlements.has(order)) continue
    const bound = isPassed ? `at most ${completed.index}` : `more than ${completed.index}`
    findings.differs('subscription', 'settlement', 'next_index', bound, String(next))
  }
}
