/** Hashes in a full tile, and entries in a full bundle. */
export const tileWidth = 256

/** Place of one tile: `width` is 256 when full, else the number of hashes in the partial tile. */
export interface TilePlace {
  readonly level: number
  readonly index: number
  readonly width: number
}

/** Tile number in groups of three digits, all but the last marked with `x`: 1234067 → `x001/x234/067`. */
export function tileNumber(index: number): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
}

const partial = (width: number): string => (width === tileWidth ? '' : `.p/${width}`)

/** Path of a hash tile. */
export const tilePath = ({ level, index, width }: TilePlace): string =>
  `tile/${level}/${tileNumber(index)}${partial(width)}`

/** Path of a bundle of entries. */
export const bundlePath = (index: number, width: number): string =>
  `tile/entries/${tileNumber(index)}${partial(width)}`

/** Number of hashes at a tile level of a tree: complete subtrees of 256^level leaves. */
export const levelWidth = (size: number, level: number): number => Math.floor(size / tileWidth ** level)

/** Width of tile `index` at `level` of a tree; 0 when there is none. */
export const widthOf = (size: number, level: number, index: number): number =>
  Math.max(0, Math.min(tileWidth, levelWidth(size, level) - index * tileWidth))

/** Every tile of a tree of the given size, level by level. */
export function* tilesOf(size: number): Generator<TilePlace> {
  for (let level = 0; levelWidth(size, level) > 0; level++) {
    for (let index = 0; widthOf(size, level, index) > 0; index++) {
      yield { level, index, width: widthOf(size, level, index) }
    }
  }
}

/** Paths of every bundle of a log of the given size, in order. */
export function* bundlePathsOf(size: number): Generator<string> {
  for (let index = 0; widthOf(size, 0, index) > 0; index++) yield bundlePath(index, widthOf(size, 0, index))
}
