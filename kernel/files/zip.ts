/** 200,000 rows of 24 columns take no more; they are read in a stream, so it is time that this bounds, not memory. */
const MOST_UNPACKED = 400 * 1024 * 1024
const MOST_RATIO = 150
const MOST_ENTRIES = 2000

const END = 0x06054b50
const ENTRY = 0x02014b50
const ENTRY_HEAD = 46
const END_HEAD = 22

export type ZipTrouble = 'damaged' | 'macros' | 'encrypted' | 'too_many_entries' | 'unpacks_too_large'

export interface ZipEntry {
  readonly name: string
  readonly encrypted: boolean
  readonly unpacked: number
}

/**
 * What is wrong with a workbook as an archive, from its directory alone. The directory may lie about sizes, so whoever
 * unpacks must stop at the declared ones.
 */
export function inspectZip(bytes: Buffer): ZipTrouble | undefined {
  const entries = directory(bytes)
  return entries ? inspectEntries(entries, bytes.length) : 'damaged'
}

/** The same for a directory already read; `size` is the archive's, in bytes. */
export function inspectEntries(entries: readonly ZipEntry[], size: number): ZipTrouble | undefined {
  if (entries.length > MOST_ENTRIES) return 'too_many_entries'
  if (entries.some(entry => entry.encrypted)) return 'encrypted'
  if (entries.some(entry => /vbaproject|\/macrosheets\//i.test(entry.name))) return 'macros'
  if (!entries.some(entry => entry.name === 'xl/workbook.xml')) return 'damaged'
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0)
  if (unpacked > MOST_UNPACKED || unpacked > MOST_RATIO * size) return 'unpacks_too_large'
  return undefined
}

function directory(bytes: Buffer): ZipEntry[] | undefined {
  const end = endOf(bytes)
  if (end === undefined) return undefined
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  const entries: ZipEntry[] = []
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_HEAD > end || bytes.readUInt32LE(at) !== ENTRY) return undefined
    const nameLength = bytes.readUInt16LE(at + 28)
    entries.push({
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      unpacked: bytes.readUInt32LE(at + 24),
      name: bytes.toString('utf8', at + ENTRY_HEAD, at + ENTRY_HEAD + nameLength),
    })
    at += ENTRY_HEAD + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  // a directory that says less than there is hides something
  return at === end ? entries : undefined
}

/** The end record stands last, before a comment of at most 64 KiB. */
function endOf(bytes: Buffer): number | undefined {
  const first = Math.max(0, bytes.length - END_HEAD - 0xffff)
  for (let at = bytes.length - END_HEAD; at >= first; at--)
    if (bytes.readUInt32LE(at) === END && at + END_HEAD + bytes.readUInt16LE(at + 20) === bytes.length)
      return at
  return undefined
}
