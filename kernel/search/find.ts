import type { Permit, Reach } from '../access/permit.ts'
import type { Principal } from '../access/principal.ts'
import type { Reader } from '../database/database.ts'
import { searchFor } from '../register/search.ts'
import type { Found, Hit } from './contract.ts'

interface KindOfThing {
  readonly kind: string
  /** Whoever is granted it finds what it reaches. */
  readonly action: string
}

/** A kind whose words are kept, under its own name; see `keepTexts`. */
export interface Named extends KindOfThing {
  /**
   * What those that were found are called: a statement giving `id`, `title_zh`, `title_en`, `note` for the programme
   * `$1` and the ids `$2`.
   */
  readonly titles: string
}

/** A kind that is looked for where it is kept: by a number, say. */
export interface Numbered extends KindOfThing {
  readonly find: (tx: Reader, reach: Reach, text: string, most: number) => Promise<Hit[]>
}

export type Sought = Named | Numbered

/** Of each kind. */
const SHOWN = 6
/** Looked at before they are put in order: the shortest name is most likely what was meant. */
const LOOKED_AT = 60

/**
 * What the caller may find of each kind, in the order of `kinds`. One statement for all that are found by name and one
 * for what they are called, and one for each kind that is looked for by number.
 */
export async function search(
  tx: Reader,
  kinds: readonly Sought[],
  { permit, principal }: { permit: Permit; principal: Principal },
  text: string,
): Promise<Found> {
  const granted = kinds.flatMap(kind => {
    const reach = permit(principal, kind.action)
    return reach.ok ? [{ ...kind, reach: reach.value }] : []
  })
  const hits = await findNamed(
    tx,
    granted.filter(kind => 'titles' in kind),
    text,
  )
  for (const kind of granted)
    if ('find' in kind) hits.set(kind.kind, await kind.find(tx, kind.reach, text.trim(), SHOWN + 1))
  return {
    groups: granted.flatMap(({ kind }) => {
      const found = hits.get(kind) ?? []
      return found.length > 0 ? [{ kind, hits: found.slice(0, SHOWN), more: found.length > SHOWN }] : []
    }),
  }
}

type Granted = Named & { readonly reach: Reach }

async function findNamed(tx: Reader, kinds: readonly Granted[], text: string): Promise<Map<string, Hit[]>> {
  const asked = kinds.flatMap(({ kind, reach }) => {
    const sought = searchFor(tx.programme, kind, text)
    if (!sought) return []
    const { everything, areaPaths: areas, organisationIds: organisations } = reach
    return [{ kind, ...sought, everything, areas, organisations }]
  })
  if (asked.length === 0) return new Map()
  const rows = await tx.query<{ kind: string; id: string }>(
    `select k.kind, f.id from jsonb_to_recordset($1) as k (kind text, pieces int[], words text[], everything boolean,
       areas text[], organisations uuid[])
     cross join lateral register_found(k.kind, k.pieces, k.words, k.everything, k.areas, k.organisations, $2) f (id)`,
    [JSON.stringify(asked), LOOKED_AT],
    'search-names',
  )
  return titled(tx, kinds, rows)
}

interface TitleRow {
  readonly kind: string
  readonly id: string
  readonly title_zh: string
  readonly title_en: string
  readonly note: string
}

async function titled(
  tx: Reader,
  kinds: readonly Granted[],
  rows: readonly { kind: string; id: string }[],
): Promise<Map<string, Hit[]>> {
  const ids = Map.groupBy(rows, ({ kind }) => kind)
  if (ids.size === 0) return new Map()
  // each kind is asked for its own alone: with the ids of all, the planner thinks of workers, which begin too slowly
  const found = kinds.filter(({ kind }) => ids.has(kind))
  const each = found.map(
    ({ kind, titles }, i) =>
      `select '${plain(kind)}' as kind, x.* from (${titles.replaceAll('$2', `$${i + 2}::uuid[]`)}) x (id, title_zh, title_en, note)`,
  )
  const titleRows = await tx.query<TitleRow>(
    `select * from (${each.join(' union all ')}) t order by length(title_zh), title_zh, id`,
    [tx.programme, ...found.map(({ kind }) => ids.get(kind)!.map(({ id }) => id))],
  )
  const hits = new Map<string, Hit[]>()
  for (const { kind, id, title_zh: titleZh, title_en: titleEn, note } of titleRows)
    hits.set(kind, [...(hits.get(kind) ?? []), { id, titleZh, titleEn, note }].slice(0, SHOWN + 1))
  return hits
}

/** Kinds are ours and become statement text, so nothing else may pass. */
function plain(kind: string): string {
  if (!/^[a-z][a-z_]*$/.test(kind)) throw new RangeError(`not a kind: ${kind}`)
  return kind
}
