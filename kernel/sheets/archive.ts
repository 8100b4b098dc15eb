import type { Readable } from 'node:stream'
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl'
import { inspectEntries, type ZipTrouble } from '../files/zip.ts'
import { Refused } from '../result/result.ts'

/** A workbook's parts by their names. */
export interface Archive {
  /** Unpacked bytes; undefined where there is no such part. */
  size(name: string): number | undefined
  /** Throws `Refused('sheet.damaged')` where there is none, or it is not what the directory says. */
  part(name: string): AsyncGenerator<Buffer>
  close(): void
}

/**
 * Opens a workbook in memory or on disk. Throws `Refused('sheet.damaged')` {reason} and
 * `Refused('file.archive_refused')` {reason} for macros, encryption, and what would unpack to too much.
 */
export async function openArchive(source: Buffer | string): Promise<Archive> {
  const zip = await (typeof source === 'string'
    ? openPromise(source, options)
    : fromBufferPromise(source, options)
  ).catch(unreadable)
  try {
    const entries = await entriesOf(zip)
    return archiveOf(zip, entries)
  } catch (error) {
    zip.close()
    throw error
  }
}

// sizes are checked while unpacking: the directory may lie
const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true }

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  if (zip.entryCount > 2000) throw refusedFor('too_many_entries')
  try {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
  } catch (error) {
    unreadable(error)
  }
  const trouble = inspectEntries(
    [...entries.values()].map(entry => ({
      name: entry.fileName,
      encrypted: entry.isEncrypted(),
      unpacked: entry.uncompressedSize,
    })),
    zip.fileSize,
  )
  if (trouble) throw refusedFor(trouble)
  return entries
}

function archiveOf(zip: ZipFile, entries: ReadonlyMap<string, Entry>): Archive {
  return {
    size: name => entries.get(name)?.uncompressedSize,
    part: async function* (name) {
      const entry = entries.get(name)
      if (!entry) throw new Refused('sheet.damaged', { reason: 'part_missing' })
      const stream: Readable = await zip.openReadStreamPromise(entry).catch(unreadable)
      try {
        for await (const piece of stream) yield piece as Buffer
      } catch (error) {
        unreadable(error)
      }
    },
    close: () => zip.close(),
  }
}

const refusedFor = (reason: ZipTrouble): Refused => new Refused('file.archive_refused', { reason })

function unreadable(error: unknown): never {
  if (error instanceof Refused) throw error
  throw new Refused('sheet.damaged', { reason: 'archive' })
}
