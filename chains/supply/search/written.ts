const counts = new Map<string, number>()

/** How often this process has written what the shop finds in a programme: what was kept before is asked again. */
export const writings = (programme: string): number => counts.get(programme) ?? 0

export function hasWritten(programme: string): void {
  counts.set(programme, writings(programme) + 1)
}
