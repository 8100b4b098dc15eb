/**
 * Arrays as parameters in PostgreSQL's binary form. As text every element would be escaped here and parsed there, and
 * bytes would travel as hexadecimal digits: of a hundred facts that was the larger part of the work.
 */
interface Element<T> {
  /** As in pg_type; the same in every PostgreSQL. */
  readonly oid: number
  size(value: T): number
  write(value: T, to: Buffer, at: number): void
}

function arrayOf<T>(element: Element<T>): (values: readonly (T | null)[]) => Buffer {
  return values => {
    const sizes = values.map(value => (value === null ? -1 : element.size(value)))
    const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + 4 + Math.max(0, size), 20))
    // dimensions, whether there are nulls, type, length, first subscript
    let at = 0
    for (const head of [1, sizes.includes(-1) ? 1 : 0, element.oid, values.length, 1])
      at = bytes.writeInt32BE(head, at)
    values.forEach((value, i) => {
      at = bytes.writeInt32BE(sizes[i]!, at)
      if (value === null) return
      element.write(value, bytes, at)
      at += sizes[i]!
    })
    return bytes
  }
}

/** Microseconds from here: 2000-01-01T00:00:00Z. */
const EPOCH = Date.UTC(2000, 0, 1)

export const boolArray = arrayOf<boolean>({
  oid: 16,
  size: () => 1,
  write: (value, to, at) => to.writeUInt8(value ? 1 : 0, at),
})

export const byteaArray = arrayOf<Buffer>({
  oid: 17,
  size: value => value.length,
  write: (value, to, at) => value.copy(to, at),
})

/** Safe integers. */
export const bigintArray = arrayOf<number>({
  oid: 20,
  size: () => 8,
  write: (value, to, at) => to.writeBigInt64BE(BigInt(value), at),
})

export const intArray = arrayOf<number>({
  oid: 23,
  size: () => 4,
  write: (value, to, at) => to.writeInt32BE(value, at),
})

export const textArray = arrayOf<string>({
  oid: 25,
  size: value => Buffer.byteLength(value),
  write: (value, to, at) => to.write(value, at),
})

export const timeArray = arrayOf<Date>({
  oid: 1184,
  size: () => 8,
  write: (value, to, at) => to.writeBigInt64BE(BigInt(value.getTime() - EPOCH) * 1000n, at),
})

/** Throws for what is no UUID. */
export const uuidArray = arrayOf<string>({
  oid: 2950,
  size: () => 16,
  write: (value, to, at) => {
    const digits = value.replaceAll('-', '')
    if (digits.length !== 32 || to.write(digits, at, 16, 'hex') !== 16)
      throw new RangeError(`not a UUID: ${value}`)
  },
})

/** JSON texts, for jsonb. */
export const jsonArray = arrayOf<string>({
  oid: 3802,
  // the text follows the version of the form
  size: value => 1 + Buffer.byteLength(value),
  write: (value, to, at) => {
    to.writeUInt8(1, at)
    to.write(value, at + 1)
  },
})
