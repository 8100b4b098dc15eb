/** What the shop's address says of pavilion and filters. */
export interface ShopSearch {
  readonly pavilion?: string
  readonly county?: string
  readonly class?: string
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

export function shopSearch(raw: Record<string, unknown>): ShopSearch {
  const [pavilion, county, kind] = [text(raw.pavilion), text(raw.county), text(raw.class)]
  return { ...(pavilion && { pavilion }), ...(county && { county }), ...(kind && { class: kind }) }
}
