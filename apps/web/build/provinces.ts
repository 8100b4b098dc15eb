import type { Plugin } from 'vite'
import { codeOf, countiesOf, type Feature, onGrid, type Point, polygonsOf, read } from './maps.ts'

/** Width of a province's drawing; its height follows. */
const WIDTH = 100
/** Boundaries are drawn on a grid of so many cells across: enough to know a province by. */
const CELLS = 70

/**
 * `virtual:provinces` has the way to a small drawing of each province, a few kilobytes: `{ name, height, path, places }`,
 * where each of its counties lies by code.
 */
export const provinces: Plugin = {
  name: 'provinces',
  resolveId: id => (/^virtual:provinces?(\/\d{6})?$/.test(id) ? `\0${id}` : undefined),
  load(id) {
    if (id === '\0virtual:provinces') return index()
    const code = /^\0virtual:province\/(\d{6})$/.exec(id)?.[1]
    const province = read('100000').find(feature => codeOf(feature) === code)
    return province && `export default ${JSON.stringify(drawingOf(province))}`
  },
}

const index = (): string =>
  `export default {${read('100000')
    .map(codeOf)
    .map(code => `'${code}': () => import('virtual:province/${code}')`)
    .join(',')}}`

function drawingOf(province: Feature): object {
  const [west, south, east, north] = boxOf(province)
  // a degree of longitude is as much shorter than one of latitude as the land lies north
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = WIDTH / ((east - west) * narrow)
  const at = ([x, y]: Point): string =>
    `${((x - west) * narrow * scale).toFixed(1)} ${((north - y) * scale).toFixed(1)}`
  const cells = CELLS / (east - west)
  const rings = polygonsOf(province)
    .flatMap(([outer]) => (outer ? [onGrid(outer, cells)] : []))
    .filter(ring => ring.length > 3)
  const places = read(codeOf(province))
    .flatMap(countiesOf)
    .flatMap(county => {
      const { centroid, center } = county.properties
      const point = centroid ?? center
      return point ? [[codeOf(county), at(point).split(' ').map(Number)] as const] : []
    })
  return {
    name: province.properties.name.replace(/(省|市|(壮族|回族|维吾尔)?自治区|特别行政区)$/, ''),
    height: Math.ceil((north - south) * scale),
    path: rings.map(ring => `M${ring.map(at).join('L')}Z`).join(''),
    places: Object.fromEntries(places),
  }
}

/** West, south, east and north of its largest piece of land. */
function boxOf(province: Feature): [number, number, number, number] {
  const largest = polygonsOf(province)
    .map(([outer = []]) => outer)
    .reduce((most, ring) => (ring.length > most.length ? ring : most))
  const xs = largest.map(([x]) => x)
  const ys = largest.map(([, y]) => y)
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}
