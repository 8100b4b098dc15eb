import type { Permit, Reach } from '../access/permit.ts'
import type { Principal } from '../access/principal.ts'
import type { Reader } from '../database/database.ts'
import type { Found, Hit } from './contract.ts'
import { searchQuery } from './words.ts'

/** A kind of thing that can be found by whoever is granted its action. */
export interface Findable {
  readonly kind: string
  readonly action: string
  /** Looks where the things themselves are kept; without it, they have search entries. */
  readonly find?: (tx: Reader, reach: Reach, text: string, most: number) => Promise<Hit[]>
}

const MOST = 6

/**
 * What the caller may find of each kind, in the order of `kinds`. One statement for all that have entries, one for each
 * kind that is looked for where it is kept.
 */
export async function search(
  tx: Reader,
  kinds: readonly Findable[],
  { permit, principal }: { permit: Permit; principal: Principal },
  text: string,
): Promise<Found> {
  const granted = kinds.flatMap(kind => {
    const reach = permit(principal, kind.action)
    return reach.ok ? [{ ...kind, reach: reach.value }] : []
  })
  const hits = await findEntries(
    tx,
    granted.filter(({ find }) => find === undefined),
    text,
  )
  for (const { kind, find, reach } of granted)
    if (find) hits.set(kind, await find(tx, reach, text.trim(), MOST + 1))
  return {
    groups: granted.flatMap(({ kind }) => {
      const found = hits.get(kind) ?? []
      return found.length > 0 ? [{ kind, hits: found.slice(0, MOST), more: found.length > MOST }] : []
    }),
  }
}

interface Row {
  readonly kind: string
  readonly id: string
  readonly title_zh: string
  readonly title_en: string
  readonly note: string
}

async function findEntries(
  tx: Reader,
  kinds: readonly { kind: string; reach: Reach }[],
  text: string,
): Promise<Map<string, Hit[]>> {
  const query = searchQuery(text)
  if (!query || kinds.length === 0) return new Map()
  const reaches = kinds.map(({ kind, reach: { everything, areaPaths, organisationIds } }) => ({
    kind,
    everything,
    areas: areaPaths,
    organisations: organisationIds,
  }))
  const rows = await tx.query<Row>(
    'select kind, id, title_zh, title_en, note from search_find($1, $2, $3)',
    [JSON.stringify(reaches), query, MOST + 1],
    'search-find',
  )
  const hits = new Map<string, Hit[]>()
  for (const { kind, id, title_zh: titleZh, title_en: titleEn, note } of rows)
    hits.set(kind, [...(hits.get(kind) ?? []), { id, titleZh, titleEn, note }])
  return hits
}
