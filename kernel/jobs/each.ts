/**
 * Does the same with many, one after the other. One that fails keeps none of the others from its turn: the first failure
 * is thrown when all had theirs, so that the job tells of it.
 */
export async function eachInTurn<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = []
  for (const item of items)
    try {
      await work(item)
    } catch (error) {
      failures.push(error)
    }
  if (failures.length > 0) throw failures[0]
}
