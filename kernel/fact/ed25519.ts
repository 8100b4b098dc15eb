import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject } from 'node:crypto'

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** Id by which entries name their actor: first 8 bytes of SHA-256 of the raw public key, lower-case hex. */
export const keyIdOf = (publicKey: Buffer): string => hash('sha256', publicKey, 'hex').slice(0, 16)

export interface RawKeyPair {
  /** 32 bytes each, as RFC 8032 has them. */
  readonly seed: Buffer
  readonly publicKey: Buffer
}

export function generateRaw(): RawKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    seed: privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32),
  }
}

export const privateKeyOf = (seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })

export const publicKeyOf = (raw: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' })

const P = 2n ** 255n - 19n
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n
/** The y coordinates of the eight points whose "signatures" anyone can make. */
const SMALL_ORDER = new Set([
  0n,
  1n,
  P - 1n,
  2707385501144840649318225287225658788936804267575313519463743609750303402022n,
  P - 2707385501144840649318225287225658788936804267575313519463743609750303402022n,
])

/** Whether 32 bytes are a public key that somebody can hold: canonical, on the curve, not of small order. */
export function isUsableKey(raw: Buffer): boolean {
  if (raw.length !== 32) return false
  const y = BigInt(`0x${Buffer.from(raw).reverse().toString('hex')}`) & (2n ** 255n - 1n)
  if (y >= P || SMALL_ORDER.has(y)) return false
  // x² = (y² − 1) / (d·y² + 1) has a root if numerator times denominator is a square
  const square = (y * y) % P
  return power((square - 1n) * (D * square + 1n), (P - 1n) / 2n) === 1n
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, factor] = [1n, ((base % P) + P) % P]
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % P
    factor = (factor * factor) % P
  }
  return result
}
