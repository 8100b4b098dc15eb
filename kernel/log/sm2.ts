import { sm2 } from 'sm-crypto-v2'

/** A pair for SM2 with SM3: the point uncompressed (65 bytes), the private number (32 bytes). */
export interface Sm2Pair {
  readonly publicKey: Buffer
  readonly privateKey: Buffer
}

export function generateSm2(): Sm2Pair {
  const { publicKey, privateKey } = sm2.generateKeyPairHex()
  return { publicKey: Buffer.from(publicKey, 'hex'), privateKey: Buffer.from(privateKey, 'hex') }
}

/** The DER signature under GM/T 0009's user id `1234567812345678`, which node's own crypto cannot give. */
export const signSm2 = (message: Buffer, privateKey: Buffer): Buffer =>
  Buffer.from(sm2.doSignature(message, privateKey.toString('hex'), { der: true, hash: true }), 'hex')
