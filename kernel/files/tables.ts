import type { RetentionClass } from '../retention/classes.ts'
import type { FileType } from './content-type.ts'

export interface FileTable {
  programme_id: string
  id: string
  sha256: Buffer
  stored_sha256: Buffer
  type: FileType
  size: number
  retention_class: RetentionClass
  uploaded_by: string
  organisation_id: string | null
  uploaded_at: Date
  delete_after: Date | null
  sealed_key: Buffer | null
  /** As the sender called it, for a file that shows nobody; else sealed under the file's own key, since it may say who is in it. */
  name: string
  name_sealed: Buffer | null
  kind: string
}

export interface FileUseTable {
  programme_id: string
  file_id: string
  subject_type: string
  subject_id: string
  attached_by: string
  attached_at: Date
}

declare module '../database/tables.ts' {
  interface Tables {
    file: FileTable
    file_use: FileUseTable
  }
}
