import { type Mark, markCodes } from '../../value/products/contract.ts'

/** Everything of an offer that is counted. */
export interface Facet {
  readonly county: string
  readonly class: string
  readonly marks: readonly Mark[]
  /** Kinds of certificates. */
  readonly certificates: readonly string[]
  readonly cold: boolean
  readonly recognised: boolean
  /** Number of its band in `priceBands`, `householdBands`. */
  readonly price: number
  readonly households: number
}

/** With what its class and county lie in. */
export interface ReadFacet extends Facet {
  readonly paths: readonly string[]
  readonly steps: readonly string[]
}

/** Lower ends, in fen. */
export const priceBands = [0, 2000, 5000, 10_000, 20_000] as const
/** Lower ends. Fewer than five households are not counted out loud. */
export const householdBands = [0, 5, 20, 100] as const

export const bandOf = (bands: readonly number[], value: number): number =>
  bands.findLastIndex(from => value >= from)

/** One text for the same of everything: rows are counted by it. */
export const facetText = (facet: Facet): string =>
  [
    facet.county,
    facet.class,
    facet.marks.map(mark => markCodes.indexOf(mark)).join(''),
    facet.certificates.map(encodeURIComponent).join(','),
    facet.cold ? 1 : 0,
    facet.recognised ? 1 : 0,
    facet.price,
    facet.households,
  ].join('|')

const read = new Map<string, ReadFacet>()
const MOST_READ = 20_000

/** Read once: the same ones come with every answer. */
export function facetFrom(text: string): ReadFacet {
  const known = read.get(text)
  if (known) return known
  if (read.size >= MOST_READ) read.clear()
  const facet = parsed(text)
  const all = { ...facet, paths: classPaths(facet.class), steps: areaSteps(facet.county) }
  read.set(text, all)
  return all
}

function parsed(text: string): Facet {
  const [county, path, marks, certificates, cold, recognised, price, households] = text.split('|')
  return {
    county: county!,
    class: path!,
    marks: [...marks!].map(place => markCodes[Number(place)]!),
    certificates: certificates === '' ? [] : certificates!.split(',').map(decodeURIComponent),
    cold: cold === '1',
    recognised: recognised === '1',
    price: Number(price),
    households: Number(households),
  }
}

/** `fruit/tropical/mango` with what it lies in. */
export const classPaths = (path: string): string[] =>
  path.split('/').map((_, i, steps) => steps.slice(0, i + 1).join('/'))

/** 45, 4510, 451003. */
export const areaSteps = (county: string): string[] => [county.slice(0, 2), county.slice(0, 4), county]

/** What an offer is filtered by, as keys of tokens. */
export const filterKeys = (facet: Facet): string[] => [
  ...facet.marks.map(mark => `f:mark:${mark}`),
  ...facet.certificates.map(kind => `f:certificate:${kind}`),
  ...(facet.cold ? ['f:cold'] : []),
  ...(facet.recognised ? ['f:recognised'] : []),
  `f:households:${facet.households}`,
]
