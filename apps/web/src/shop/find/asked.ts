import type { SearchSort } from '@silian/chains/supply/search/contract.ts'

/** What the address says is looked for: every value as text, several of one filter with commas between. */
export const filters = [
  'pavilion',
  'county',
  'class',
  'mark',
  'certificate',
  'cold',
  'recognised',
  'households',
  'priceFrom',
  'priceTo',
] as const
export type Filter = (typeof filters)[number]

/** Those that take several values. */
const manifold: ReadonlySet<Filter> = new Set(['county', 'class', 'mark', 'certificate', 'households'])

export const sorts: readonly SearchSort[] = ['relevance', 'sold', 'benefit', 'price', 'price_down', 'newest']

export type Asked = Readonly<Partial<Record<Filter | 'q' | 'sort', string>>>

/** The known parts of an address; everything else of it is left out. */
export function askedOf(search: Readonly<Record<string, string | undefined>>): Asked {
  const kept = ['q', 'sort', ...filters] as const
  return Object.fromEntries(kept.flatMap(name => (search[name] ? [[name, search[name]]] : [])))
}

export const valuesOf = (asked: Asked, filter: Filter): readonly string[] => asked[filter]?.split(',') ?? []

/** The address with a value of a filter turned on or off. */
export function toggled(asked: Asked, filter: Filter, value: string): Asked {
  const before = valuesOf(asked, filter)
  const after = before.includes(value)
    ? before.filter(one => one !== value)
    : manifold.has(filter)
      ? [...before, value]
      : [value]
  const { [filter]: _, ...others } = asked
  return after.length === 0 ? others : { ...others, [filter]: after.join(',') }
}

/** The address with one part said anew; nothing said takes it out. */
export function withPart(asked: Asked, part: keyof Asked, value: string): Asked {
  const { [part]: _, ...others } = asked
  return value === '' ? others : { ...others, [part]: value }
}

export const countOf = (asked: Asked): number =>
  filters.reduce((sum, filter) => sum + valuesOf(asked, filter).length, 0)

export const sortOf = ({ sort }: Asked): SearchSort => sorts.find(one => one === sort) ?? 'relevance'
