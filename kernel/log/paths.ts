/** What a path below `/log/<programme>/tile/` asks for. `width` is 256 of a full tile or bundle. */
export type TilePath =
  | { readonly kind: 'tile'; readonly level: number; readonly index: number; readonly width: number }
  | { readonly kind: 'bundle'; readonly index: number; readonly width: number }

const PATH = /^(entries|0|[1-5]?\d|6[0-3])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/

/** Reads `<L>/<N>[.p/<W>]` or `entries/<N>[.p/<W>]`; undefined for anything that is not in its one right form. */
export function parseTilePath(path: string): TilePath | undefined {
  const [, place, digits = '', partial] = PATH.exec(path) ?? []
  const index = Number(digits.replaceAll(/[x/]/g, ''))
  const width = partial === undefined ? 256 : Number(partial)
  if (place === undefined || !Number.isSafeInteger(index) || indexPath(index) !== digits) return undefined
  if (partial !== undefined && width > 255) return undefined
  return place === 'entries'
    ? { kind: 'bundle', index, width }
    : { kind: 'tile', level: Number(place), index, width }
}

/** An index in groups of three digits, all but the last with an `x`: 1234067 is `x001/x234/067`. */
export function indexPath(index: number): string {
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  return padded.replaceAll(/\d{3}(?=\d)/g, group => `x${group}/`)
}
