import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { Reader, Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { open, seal } from '../personal/cipher.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { deleteAfter, type RetentionClass } from '../retention/classes.ts'
import { type FileType, typeOf } from './content-type.ts'
import { pathOf, writeDurably } from './disk.ts'
import type { FileTable } from './tables.ts'

export const MOST_BYTES = 10 * 1024 * 1024
/** Workbooks and CSV files for import: 200,000 rows of 24 columns. */
export const MOST_SHEET_BYTES = 32 * 1024 * 1024

export interface FileKit {
  /** Absolute; files lie in `files/<programme>/` below it. */
  readonly dataFolder: string
  /** Base64, 32 bytes: seals the keys of personal files. */
  readonly masterKey: string
}

export interface Upload {
  readonly content: Uint8Array | Readable
  /** What the sender says it is; if given, it must be what the bytes are. */
  readonly declaredType?: string
  readonly name?: string
  readonly kind?: string
  /** In bytes; default `MOST_BYTES`. */
  readonly most?: number
  readonly retentionClass: RetentionClass
  /** Id of the account, device or client. */
  readonly uploadedBy: string
  readonly organisationId?: string
  /** For whatever may show a person: an identity card, a list of households, a signed paper. */
  readonly encrypt: boolean
}

export interface StoredFile {
  readonly id: string
  /** Hex, of the bytes as uploaded. */
  readonly sha256: string
  readonly type: FileType
  /** Bytes. */
  readonly size: number
  readonly deleteAfter: Date | null
}

export type UploadRefusal = 'file.empty' | 'file.too_large' | 'file.type_refused' | 'file.archive_refused'

/**
 * Keeps an upload of at most `most` bytes. Its bytes are safe on disk before the row is written, so that a row always has its
 * file; what a rolled back transaction leaves on disk is swept later. Refuses `file.empty`, `file.too_large` {most},
 * `file.type_refused` {declared, found} and `file.archive_refused` {reason}.
 */
export async function storeFile(
  tx: Writer,
  kit: FileKit,
  upload: Upload,
): Promise<Result<StoredFile, UploadRefusal>> {
  const most = upload.most ?? MOST_BYTES
  const bytes = await gather(upload.content, most)
  if (bytes === undefined) return refuse('file.too_large', { most })
  if (bytes.length === 0) return refuse('file.empty')
  const type = await typeOf(bytes, upload.declaredType)
  if (!type.ok) return type
  const id = newId()
  const key = upload.encrypt ? randomBytes(32) : undefined
  const bound = bindingOf(tx.programme, id)
  const stored = key ? seal(key, bound, bytes) : bytes
  const row: FileTable = {
    programme_id: tx.programme,
    id,
    sha256: sha256(bytes),
    stored_sha256: sha256(stored),
    type: type.value,
    size: bytes.length,
    retention_class: upload.retentionClass,
    uploaded_by: upload.uploadedBy,
    organisation_id: upload.organisationId ?? null,
    uploaded_at: tx.at,
    delete_after: deleteAfter(upload.retentionClass, tx.at),
    sealed_key: key ? seal(masterKey(kit), bound, key) : null,
    name: key ? '' : (upload.name ?? ''),
    name_sealed: key && upload.name ? seal(key, nameBindingOf(bound), Buffer.from(upload.name)) : null,
    kind: upload.kind ?? '',
  }
  await writeDurably(pathOf(kit.dataFolder, tx.programme, id, row.stored_sha256), stored)
  await tx.db.insertInto('file').values(row).execute()
  return ok({
    id,
    sha256: row.sha256.toString('hex'),
    type: type.value,
    size: row.size,
    deleteAfter: row.delete_after,
  })
}

export interface FileBytes {
  readonly bytes: Buffer
  readonly type: FileType
  readonly organisationId: string | null
  readonly uploadedBy: string
  readonly name: string
  readonly isSealed: boolean
}

/**
 * The bytes as they were uploaded, checked against their digest. Who may see them is for the caller to decide.
 * Refuses `file.not_found` and, where the disk lost or changed them, `file.damaged` {file}.
 */
export async function readFileBytes(
  tx: Reader,
  kit: FileKit,
  id: string,
): Promise<Result<FileBytes, 'file.not_found' | 'file.damaged'>> {
  const row = await fileRow(tx, id)
  if (!row) return refuse('file.not_found')
  const stored = await readFile(pathOf(kit.dataFolder, tx.programme, id, row.stored_sha256)).catch(missing)
  if (!stored || !sha256(stored).equals(row.stored_sha256)) return refuse('file.damaged', { file: id })
  const bound = bindingOf(tx.programme, id)
  const bytes = row.sealed_key ? open(keyOf(kit, tx.programme, id, row.sealed_key), bound, stored) : stored
  return ok({
    bytes,
    type: row.type,
    organisationId: row.organisation_id,
    uploadedBy: row.uploaded_by,
    name: nameOf(kit, tx.programme, row),
    isSealed: row.sealed_key !== null,
  })
}

type Named = Pick<FileTable, 'id' | 'name' | 'name_sealed' | 'sealed_key'>

/** As its sender called it; names of the release before stand in clear. */
export function nameOf(
  kit: FileKit,
  programme: string,
  { id, name, name_sealed, sealed_key }: Named,
): string {
  if (!name_sealed || !sealed_key) return name
  const binding = nameBindingOf(bindingOf(programme, id))
  return open(keyOf(kit, programme, id, sealed_key), binding, name_sealed).toString('utf8')
}

/** What is known of a file without its bytes. */
export const fileRow = (tx: Reader, id: string): Promise<FileTable | undefined> =>
  tx.db
    .selectFrom('file')
    .selectAll()
    .where('programme_id', '=', tx.programme)
    .where('id', '=', id)
    .executeTakeFirst()

/** All bytes, or undefined as soon as they are too many. */
export async function gather(content: Uint8Array | Readable, most: number): Promise<Buffer | undefined> {
  if (content instanceof Uint8Array)
    return content.length > most
      ? undefined
      : Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const parts: Buffer[] = []
  let size = 0
  for await (const part of content as AsyncIterable<Buffer>) {
    size += part.length
    if (size > most) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()
const bindingOf = (programme: string, id: string): string => JSON.stringify(['file', programme, id])
const nameBindingOf = (bound: string): string => `${bound} name`
const keyOf = (kit: FileKit, programme: string, id: string, sealed: Uint8Array): Buffer =>
  open(masterKey(kit), bindingOf(programme, id), sealed)
const masterKey = (kit: FileKit): Buffer => Buffer.from(kit.masterKey, 'base64')

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
  return undefined
}
