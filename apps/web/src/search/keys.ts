/** Where the focus goes among `count` places, the first of which is the field; undefined: nowhere else. */
export function stepOf(key: string, at: number, count: number): number | undefined {
  if (count < 2 || at < 0) return undefined
  if (key === 'ArrowDown') return (at + 1) % count
  if (key === 'ArrowUp') return (at + count - 1) % count
  // in the field, Enter opens the first of what was found
  return key === 'Enter' && at === 0 ? 1 : undefined
}
