import type { Disbelieved } from '@silian/chains/supply/payments/statement-contract.ts'

/** The day with the most messages that were not believed, of the last seven. */
export function worstDay(
  items: readonly Pick<Disbelieved, 'day' | 'count'>[],
  now: Date,
): { readonly day: string; readonly count: number } | undefined {
  const since = now.getTime() - 7 * 86_400_000
  const counts = new Map<string, number>()
  for (const { day, count } of items)
    if (Date.parse(day) >= since) counts.set(day, (counts.get(day) ?? 0) + count)
  return [...counts]
    .map(([day, count]) => ({ day, count }))
    .sort((a, b) => b.count - a.count || (a.day < b.day ? 1 : -1))[0]
}
