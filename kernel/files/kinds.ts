import type { RetentionClass } from '../retention/classes.ts'
import { type FileType, fileTypes, XLSX } from './content-type.ts'
import type { FileKind } from './contract.ts'
import { MOST_BYTES, MOST_SHEET_BYTES } from './store.ts'

interface KindTerms {
  readonly types: readonly FileType[]
  /** Bytes. */
  readonly most: number
  readonly retention: RetentionClass
}

/** All of them may show persons, so all are sealed on disk. */
export const kindTerms: Readonly<Record<FileKind, KindTerms>> = {
  import: { types: [XLSX, 'text/csv'], most: MOST_SHEET_BYTES, retention: 'passing' },
  attachment: { types: fileTypes, most: MOST_BYTES, retention: 'application' },
  photo: { types: ['image/jpeg', 'image/png', 'image/webp'], most: MOST_BYTES, retention: 'application' },
}
