import type { Reader } from '../../database/database.ts'

/**
 * Whether goods from an area count as coming from one of the 832 counties: its county was listed, or took the place of
 * one that was, which then lies below it. A township or village has its county's code in front.
 */
export async function isAssisted832(tx: Reader, code: string): Promise<boolean> {
  const [row] = await tx.query<{ assisted: boolean }>(
    `select exists (
       select 1 from area county
       join area listed on listed.assisted832
         and (listed.path = county.path or listed.path like county.path || '/%')
       where county.code = left($1, 6) and county.level = 'county') as assisted`,
    [code],
    'area-assisted',
  )
  return row!.assisted
}
