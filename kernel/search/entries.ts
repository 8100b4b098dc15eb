import type { Writer } from '../database/database.ts'
import { lexemesOf } from './words.ts'

/** A thing that is found by its names. Nothing personal: whoever may find it sees all of this. */
export interface SearchEntry {
  /** What it is, as the permissions and pages call it: `organisation`, or a register's name. */
  readonly kind: string
  readonly id: string
  readonly titleZh: string
  readonly titleEn?: string
  /** Tells it from others of the same name. */
  readonly note?: string
  /** Found by these too: codes, other names. */
  readonly texts?: readonly string[]
  /** Its parties, by which a reach is applied. */
  readonly areaPath?: string | null
  readonly organisationIds?: readonly string[]
}

/** Makes things findable, or findable by what they are called now. One statement for any number. */
export async function putEntries(tx: Writer, entries: readonly SearchEntry[]): Promise<void> {
  if (entries.length === 0) return
  await tx.query(
    `insert into search_entry (programme_id, kind, id, title_zh, title_en, note, words, area_path, organisation_ids)
     select $1, r.kind, r.id, r.title_zh, r.title_en, r.note, array_to_tsvector(r.words), r.area_path, r.organisation_ids
       from jsonb_to_recordset($2::jsonb) as r (kind text, id uuid, title_zh text, title_en text, note text, words text[],
         area_path text, organisation_ids uuid[])
     on conflict (programme_id, kind, id) do update set title_zh = excluded.title_zh, title_en = excluded.title_en,
       note = excluded.note, words = excluded.words, area_path = excluded.area_path,
       organisation_ids = excluded.organisation_ids`,
    [tx.programme, JSON.stringify(entries.map(entry => rowOf(tx.programme, entry)))],
    'search-put',
  )
}

const rowOf = (programme: string, entry: SearchEntry): object => {
  const { kind, id, titleZh, titleEn = '', note = '', texts = [] } = entry
  return {
    kind,
    id,
    title_zh: titleZh,
    title_en: titleEn,
    note,
    words: [`@${programme}/${kind}`, ...lexemesOf([titleZh, titleEn, ...texts])],
    area_path: entry.areaPath ?? null,
    organisation_ids: entry.organisationIds ?? [],
  }
}

/** They are found no more. */
export async function dropEntries(tx: Writer, kind: string, ids: readonly string[]): Promise<void> {
  await tx.query(
    'delete from search_entry where programme_id = $1 and kind = $2 and id = any($3::uuid[])',
    [tx.programme, kind, ids],
    'search-drop',
  )
}
