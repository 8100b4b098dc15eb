import { concat, uint32, utf8 } from './bytes.ts'
import type { Cosignature } from './cosignature.ts'
import { sha256 } from './sha256.ts'
import { uint64 } from './uint64.ts'

/**
 * How many units must be drawn so that, where a share `rate` of the sum is invented, none of it is hit with a chance of
 * at most 1 − `confidence`: n ≥ ln(1 − confidence) ÷ ln(1 − rate). 299 for 1 % at 95 %, 59 for 5 %.
 */
export const drawsFor = (confidence: number, rate: number): number =>
  Math.ceil(Math.log(1 - confidence) / Math.log(1 - rate))

/**
 * The seed of a draw (docs/log-format.md): what was stated, and who saw a later tree, by their own keys. The publisher
 * cannot know it when the statement is made, because it cannot sign for the witnesses.
 */
export function sampleSeed(statement: Uint8Array, cosignatures: readonly Cosignature[]): Uint8Array {
  const parts = cosignatures
    .toSorted((a, b) => compareBytes(a.witness.key, b.witness.key))
    .flatMap(({ witness, time, signature }) => [witness.key, uint64(time), signature])
  return sha256(concat(utf8('silian/sample/v1\n'), statement, ...parts))
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, i) => byte !== b[i])
  return at < 0 ? 0 : a[at]! - b[at]!
}

const RANGE = 2n ** 64n

/**
 * Unit `k` of a draw from `total` units, counted from 0: each equally likely, and independent of the others and of how
 * many are drawn. A number of 64 bits that would favour the lower units is passed over for the next one.
 */
export function unitAt(seed: Uint8Array, k: number, total: bigint): bigint {
  if (total <= 0n || total >= RANGE) throw new RangeError('nothing to draw from')
  const even = RANGE - (RANGE % total)
  for (let attempt = 0; ; attempt++) {
    const hash = sha256(concat(utf8('silian/unit/v1\n'), seed, uint32(k), uint32(attempt)))
    const number = new DataView(hash.buffer, hash.byteOffset).getBigUint64(0)
    if (number < even) return number % total
  }
}

/** The first `count` units of a draw, in the order in which they fall; one may fall twice. */
export const drawUnits = (seed: Uint8Array, count: number, total: bigint): bigint[] =>
  Array.from({ length: count }, (_, k) => unitAt(seed, k, total))
