import { z } from 'zod'
import { id, text } from '../http/shapes.ts'

/** What a file is for decides what it may be, how large, and how long it is kept. */
export const fileKind = z.enum(['import', 'attachment', 'photo'])
export type FileKind = z.infer<typeof fileKind>

/**
 * `POST /files?kind`: the body is the file itself, its `content-type` what it is, or `application/octet-stream`, its name in
 * the header `x-file-name`, percent-encoded. `?name=` is for names that tell nothing: an address is kept by proxies.
 */
export const fileName = text(200)
export const newFileQuery = z.object({ name: fileName.optional(), kind: fileKind })
export const fileStored = z.object({
  id,
  name: z.string(),
  type: z.string(),
  /** Bytes. */
  size: z.number().int(),
})
export const filePath = z.object({ file: id })
