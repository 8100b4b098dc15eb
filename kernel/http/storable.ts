/**
 * Where in what was sent a text stands that no database column holds: half of a surrogate pair, or the character NUL,
 * which clean JSON may spell out all the same. The place reads as in a problem's `fields`: `body/members/0/name`.
 */
export function unstorable(value: unknown, place: string): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000') ? undefined : place
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, item] of Object.entries(value)) {
    const found = unstorable(item, `${place}/${name}`)
    if (found) return found
  }
  return undefined
}
