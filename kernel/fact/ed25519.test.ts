import { sign, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isUsableKey as verifierTakes } from '../../verifier/ed25519.ts'
import { actorKeyId } from '../../verifier/keys.ts'
import { generateRaw, isUsableKey, keyIdOf, privateKeyOf, publicKeyOf } from './ed25519.ts'

describe('keys', () => {
  it('are made, sign and verify', () => {
    const { seed, publicKey } = generateRaw()
    expect([seed.length, publicKey.length]).toEqual([32, 32])
    const signature = sign(null, Buffer.from('x'), privateKeyOf(seed))
    expect(verify(null, Buffer.from('x'), publicKeyOf(publicKey), signature)).toBe(true)
    expect(verify(null, Buffer.from('y'), publicKeyOf(publicKey), signature)).toBe(false)
  })

  it('are those of RFC 8032 for the seed of its first test', () => {
    const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')
    const signature = sign(null, Buffer.alloc(0), privateKeyOf(seed))
    expect(signature.toString('hex').slice(0, 32)).toBe('e5564300c360ac729086e2cc806e828a')
  })

  it('have the id that the verifier gives them', () => {
    const { publicKey } = generateRaw()
    expect(keyIdOf(publicKey)).toBe(actorKeyId(publicKey))
    expect(keyIdOf(publicKey)).toMatch(/^[0-9a-f]{16}$/)
  })
})

/** The points of order 1, 2, 4 and 8. */
const SMALL_ORDER = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '0000000000000000000000000000000000000000000000000000000000000000',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
]

describe('usable keys', () => {
  it('are all that are made', () => {
    for (let n = 0; n < 20; n++) expect(isUsableKey(generateRaw().publicKey)).toBe(true)
  })

  it('are none of the eight points for which anyone can sign, in either spelling', () => {
    for (const hex of SMALL_ORDER) {
      const raw = Buffer.from(hex, 'hex')
      expect(isUsableKey(raw)).toBe(false)
      raw[31] = raw[31]! ^ 0x80
      expect(isUsableKey(raw)).toBe(false)
    }
  })

  it('have 32 bytes and one spelling', () => {
    const y = Buffer.alloc(32, 0xff)
    expect(isUsableKey(y)).toBe(false)
    expect(isUsableKey(generateRaw().publicKey.subarray(1))).toBe(false)
    expect(isUsableKey(Buffer.alloc(0))).toBe(false)
  })

  it('are exactly those that the verifier takes', () => {
    const raw = fc.uint8Array({ minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(raw, bytes => isUsableKey(Buffer.from(bytes)) === verifierTakes(bytes)),
      { numRuns: 200 },
    )
  })
})
