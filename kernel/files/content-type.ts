import { fileTypeFromBuffer } from 'file-type'
import { ok, type Result, refuse } from '../result/result.ts'
import { inspectZip } from './zip.ts'

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const fileTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'application/pdf',
  XLSX,
  'text/csv',
] as const
export type FileType = (typeof fileTypes)[number]

const known = new Set<string>(fileTypes)

/**
 * What the bytes are, whatever they were called. Refuses `file.type_refused` {declared, found} where that is none of
 * `fileTypes` or not what was declared, where anything was, and `file.archive_refused` {reason} for a workbook with macros or one that
 * would unpack to too much.
 */
export async function typeOf(
  bytes: Buffer,
  declared?: string,
): Promise<Result<FileType, 'file.type_refused' | 'file.archive_refused'>> {
  const found = (await fileTypeFromBuffer(bytes))?.mime ?? (looksLikeText(bytes) ? 'text/csv' : 'unknown')
  if (!known.has(found) || (declared !== undefined && found !== declared)) {
    // whoever declared it may have put anything there
    return refuse('file.type_refused', { declared: known.has(declared ?? '') ? declared! : 'unknown', found })
  }
  const trouble = found === XLSX ? inspectZip(bytes) : undefined
  if (trouble) return refuse('file.archive_refused', { reason: trouble })
  return ok(found as FileType)
}

// control characters other than tab, line feed and carriage return, and what stands for bytes that are no text
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NOT_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd]/

function looksLikeText(bytes: Buffer): boolean {
  const utf8 = bytes.toString('utf8')
  return !NOT_TEXT.test(utf8) || !NOT_TEXT.test(new TextDecoder('gb18030').decode(bytes))
}
