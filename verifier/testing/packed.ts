import { deflateRawSync } from 'node:zlib'
import { sha256 } from './keys.ts'

/** `extra` of a receipt, packed as its JSON is or around a stream that a test makes. */
export const packed = (json: Uint8Array | string, stream: Buffer = deflateRawSync(json)): Buffer =>
  Buffer.concat([Buffer.of(1), sha256(stream).subarray(0, 4), stream])
