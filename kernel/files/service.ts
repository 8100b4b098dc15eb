import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { recordAccess } from '../access/audit.ts'
import type { Principal } from '../access/principal.ts'
import { type Command, command } from '../database/command.ts'
import type { Database, Scope, Writer } from '../database/database.ts'
import type { FileAnswer } from '../http/file-answer.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { typeOf } from './content-type.ts'
import type { FileKind } from './contract.ts'
import { kindTerms } from './kinds.ts'
import { picturesOf } from './pictures.ts'
import { type FileKit, fileRow, gather, readFileBytes, storeFile } from './store.ts'
import { type FileReaders, mayRead } from './uses.ts'

export interface NewFile {
  readonly name: string
  readonly kind: FileKind
  /** As declared with the request. */
  readonly type: string
  readonly content: Readable
}

export interface StoredAs {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly size: number
}

/** Refuses as `storeFile`, and `file.type_refused` for a type that is not of its kind. */
export async function takeFile(
  database: Database,
  scope: Scope,
  kit: FileKit,
  given: Command,
  { name, kind, type, content }: NewFile,
): Promise<Result<StoredAs>> {
  const terms = kindTerms[kind]
  const bytes = await gather(content, terms.most)
  if (bytes === undefined) return refuse('file.too_large', { most: terms.most })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const kept = kind === 'photo' ? await drawnAnew(bytes, type) : ok(bytes)
  if (!kept.ok) return kept
  return command<StoredAs, string>(database, scope, { ...given, input: { name, kind, sha256 } }, async tx => {
    const stored = await storeFile(tx, kit, {
      content: kept.value,
      ...(isPlain(type) || kind === 'photo' ? {} : { declaredType: type }),
      ...{ name, kind, most: terms.most, retentionClass: terms.retention },
      uploadedBy: tx.actor,
      encrypt: true,
    })
    if (!stored.ok) return stored
    const found = stored.value
    if (!terms.types.includes(found.type))
      return refuse('file.type_refused', { declared: 'unknown', found: found.type })
    return ok({ id: found.id, name, type: found.type, size: found.size })
  })
}

/** Wide enough to read a paper by; a photograph from a phone tells where it was taken, and that is not kept. */
const PHOTO_WIDTH = 2560

async function drawnAnew(bytes: Buffer, declared: string): Promise<Result<Buffer>> {
  if (bytes.length === 0) return refuse('file.empty')
  const found = await typeOf(bytes, isPlain(declared) ? undefined : declared)
  if (!found.ok) return found
  const made = await picturesOf(bytes, [PHOTO_WIDTH] as const)
  return made.ok ? ok(made.value[0].bytes) : made
}

/** Types that senders give when they do not know; the old one of Excel stands for CSV on Windows. */
const isPlain = (type: string): boolean =>
  ['', 'application/octet-stream', 'application/json', 'application/vnd.ms-excel'].includes(type)

/**
 * A file for whoever sent it, and for those who may read what it is attached to; everyone else is told that there is
 * none. What may show persons leaves a record of who looked. Refuses `file.not_found`, `file.damaged`.
 */
export async function giveFile(
  tx: Writer,
  kit: FileKit,
  readers: FileReaders,
  principal: Principal,
  id: string,
  requestId: string,
): Promise<Result<FileAnswer>> {
  const row = await fileRow(tx, id)
  const may = row && (await mayRead(tx, readers, principal, { id, uploadedBy: row.uploaded_by }))
  if (!row || !may) return refuse('file.not_found')
  const file = await readFileBytes(tx, kit, id)
  if (!file.ok) return file
  if (file.value.isSealed)
    await recordAccess(tx, {
      action: 'file.read',
      subjectType: 'file',
      subjectIds: [id],
      fields: ['content'],
      purpose: may === true ? row.kind : may.purpose,
      requestId,
    })
  const { bytes, type, name } = file.value
  return ok({ type, name: name === '' ? id : name, content: bytes })
}
