import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { attachFiles } from '@silian/kernel/files/uses.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'

const pictures = ['image/jpeg', 'image/png', 'image/webp'] as const

/** Attaches photographs that whoever acts has uploaded to what it shows; answers with their digests (hex), in their order. */
export async function keepPhotos(
  tx: Writer,
  photos: readonly string[],
  ...subjects: readonly { readonly type: 'order' | 'claim' | 'review'; readonly id: string }[]
): Promise<Result<string[], 'file.not_found'>> {
  if (photos.length === 0) return ok([])
  const files = await tx.db
    .selectFrom('file')
    .select(['id', 'sha256'])
    .where('programme_id', '=', tx.programme)
    .where('id', 'in', [...photos])
    .where('type', 'in', pictures)
    .execute()
  const digests = new Map(files.map(file => [file.id, file.sha256.toString('hex')]))
  if (!photos.every(photo => digests.has(photo))) return refuse('file.not_found')
  const attached = await attachFiles(tx, photos, ...subjects)
  return attached.ok ? ok(photos.map(photo => digests.get(photo)!)) : attached
}

export async function photosOf(tx: Reader, id: string): Promise<string[]> {
  const rows = await tx.query<{ file_id: string }>(
    `select file_id from file_use where programme_id = $1 and subject_type = 'order' and subject_id = $2 order by file_id`,
    [tx.programme, id],
    'order-photos',
  )
  return rows.map(row => row.file_id)
}
