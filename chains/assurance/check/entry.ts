import { createHash } from 'node:crypto'

/** A fact as its bytes tell it; nothing here is read from the columns beside them. */
export interface Fact {
  /** Place in the log; facts that wait stand behind all that are in it. */
  readonly index: number
  readonly pending: boolean
  readonly id: string
  readonly type: string
  readonly log: string
  readonly at: Date
  readonly actor: string
  readonly by: string
  readonly pub: Readonly<Record<string, unknown>>
  readonly c: Readonly<Record<string, string>>
  readonly refs: readonly string[]
  /** Leaf hash of the bytes, base64. */
  readonly leaf: string
}

const LEAF = Buffer.of(0)
const DOMAIN = Buffer.from('xf/commit/v1\n')

/** RFC 6962 leaf: SHA-256(0x00 ‖ entry). */
export const leafOf = (bytes: Buffer): Buffer => createHash('sha256').update(LEAF).update(bytes).digest()

/** SHA-256("xf/commit/v1\n" ‖ salt ‖ u32 big-endian length ‖ value), base64. */
export function commitmentOf(salt: Buffer, value: Buffer): string {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(value.length)
  return createHash('sha256').update(DOMAIN).update(salt).update(length).update(value).digest('base64')
}

type Shape = Omit<Fact, 'at' | 'index' | 'pending' | 'leaf'> & { readonly at: string }

/** The fact in an entry's bytes; undefined when they are none. */
export function factIn(bytes: Buffer, index: number, pending: boolean): Fact | undefined {
  try {
    const entry = JSON.parse(bytes.toString('utf8')) as Shape
    const at = new Date(entry.at)
    if (typeof entry.pub !== 'object' || typeof entry.c !== 'object' || Number.isNaN(at.getTime()))
      return undefined
    return { ...entry, at, index, pending, leaf: leafOf(bytes).toString('base64') }
  } catch {
    return undefined
  }
}
