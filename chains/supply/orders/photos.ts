import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'

const pictures = ['image/jpeg', 'image/png', 'image/webp'] as const

/** Ties uploads of whoever acts to an order, in their order; answers with their digests (hex). */
export async function keepPhotos(
  tx: Writer,
  orderId: string,
  photos: readonly string[],
): Promise<Result<string[], 'file.not_found'>> {
  if (photos.length === 0) return ok([])
  const files = await tx.db
    .selectFrom('file')
    .select(['id', 'sha256'])
    .where('programme_id', '=', tx.programme)
    .where('id', 'in', [...photos])
    .where('uploaded_by', '=', tx.actor)
    .where('type', 'in', pictures)
    .execute()
  const digests = new Map(files.map(file => [file.id, file.sha256.toString('hex')]))
  const missing = photos.find(photo => !digests.has(photo))
  if (missing) return refuse('file.not_found', { file: missing })
  await tx.db
    .insertInto('order_photo')
    .values(
      photos.map((file_id, i) => ({ programme_id: tx.programme, order_id: orderId, no: i + 1, file_id })),
    )
    .execute()
  return ok(photos.map(photo => digests.get(photo)!))
}

export async function photosOf(tx: Reader, orderId: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('order_photo')
    .select('file_id')
    .where('programme_id', '=', tx.programme)
    .where('order_id', '=', orderId)
    .orderBy('no')
    .execute()
  return rows.map(row => row.file_id)
}
