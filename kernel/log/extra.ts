import { hash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'

const PACKED = Buffer.of(1)
/** More than this no verifier unpacks. */
const MOST = 512 * 1024

/**
 * The bytes of a receipt's `extra` line (docs/log-format.md): its JSON packed as 0x01 ‖ SHA-256(D)[0..4) ‖ D, D its raw DEFLATE;
 * where that is not shorter, or the JSON too long to be unpacked again, the JSON itself.
 */
export function packed(json: Buffer): Buffer {
  if (json.length > MOST) return json
  const stream = deflateRawSync(json, { level: 9 })
  const whole = Buffer.concat([PACKED, hash('sha256', stream, 'buffer').subarray(0, 4), stream])
  return whole.length < json.length ? whole : json
}
