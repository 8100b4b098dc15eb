import { pinyin } from 'pinyin-pro'
import type { RowParties } from '../access/permit.ts'
import type { Writer } from '../database/database.ts'
import type { Values } from '../declared/columns.ts'
import { pick, type Register } from './define.ts'

/** Rows that a search looks at before they are put in order; more than anybody reads. */
export const MOST_FOUND = 1000
/** The same where filters leave few of them: they are asked of what the words found. */
export const MOST_NARROWED = 50_000

/** Texts in one form: full-width signs, capitals and accents do not matter. */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** Runs of Chinese signs, and of letters and digits. */
const runsIn = (text: string): string[] =>
  plain(text).match(/\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv) ?? []

const isHan = (run: string): boolean => /^\p{Script=Han}/u.test(run)

/** What a text can be found by: itself, its pinyin and its initials. Each run stands after a blank. */
export function wordsOf(texts: readonly string[]): string {
  const runs = texts.flatMap(runsIn)
  const spoken = runs.filter(isHan).flatMap(run => {
    const syllables = pinyin(run, { toneType: 'none', type: 'array', nonZh: 'removed' }).map(plain)
    const initials = syllables.map(syllable => syllable[0] ?? '')
    // two letters are found at the beginning of a word only, so each pair is a word: 百色芒果 by mg
    const pairs = initials.slice(1).map((initial, i) => `${initials[i]}${initial}`)
    return [syllables.join(''), initials.join(''), ...pairs]
  })
  return [...new Set([...runs, ...spoken])].map(run => ` ${run}`).join('')
}

/** One and two Chinese signs; three letters; of a short word its beginning. */
function piecesOf(run: string, isQuery: boolean): string[] {
  const signs = [...run]
  if (isHan(run)) {
    const pairs = signs.slice(1).map((sign, i) => `${signs[i]}${sign}`)
    return isQuery && pairs.length > 0 ? pairs : [...signs, ...pairs]
  }
  const starts = signs.slice(0, 2).map((_, i) => `^${signs.slice(0, i + 1).join('')}`)
  const threes = signs.slice(2).map((sign, i) => `${signs[i]}${signs[i + 1]}${sign}`)
  if (!isQuery) return [...starts, ...threes]
  return threes.length > 0 ? threes : starts.slice(-1)
}

/** FNV-1a, as PostgreSQL's int: a clash costs a look, since words are compared after. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash | 0
}

const numbered = (programme: string, register: string, pieces: readonly string[]): number[] => [
  ...new Set(pieces.map(piece => numberOf(`${programme}/${register}/${piece}`))),
]

export interface SearchFor {
  readonly pieces: readonly number[]
  /** Each must stand in the row's words; a short one at the beginning of a word. */
  readonly words: readonly string[]
}

/** What to look for; undefined where nothing of the text can be found. */
export function searchFor(programme: string, register: string, text: string): SearchFor | undefined {
  const runs = runsIn(text).slice(0, 12)
  if (runs.length === 0) return undefined
  const pieces = runs.flatMap(run => piecesOf(run, true))
  const words = runs.map(run => (isHan(run) || run.length > 2 ? run : ` ${run}`))
  return { pieces: numbered(programme, register, pieces), words }
}

/** The columns a row is searched by: its key, and those that say `search`; never sealed ones. */
export const searchColumns = (register: Register): string[] =>
  pick(register.columns, column => column.search ?? false).concat(
    register.columns[register.key]!.search ? [] : [register.key],
  )

export interface Searched {
  readonly id: string
  readonly values: Values
  readonly parties: RowParties
}

/** Keeps the words of rows; one statement. */
export function keepWords(tx: Writer, register: Register, rows: readonly Searched[]): Promise<void> {
  const columns = searchColumns(register)
  return keepTexts(
    tx,
    register.name,
    rows.map(({ id, values, parties }) => ({
      id,
      texts: columns.flatMap(name => (typeof values[name] === 'string' ? [values[name] as string] : [])),
      parties,
    })),
  )
}

/** A thing of any kind and the texts it is found by; nothing personal. */
export interface Findable {
  readonly id: string
  readonly texts: readonly string[]
  readonly parties: RowParties
}

/** The same for what is no register of ours: organisations, products, offers. `name` is no register's. */
export async function keepTexts(tx: Writer, name: string, rows: readonly Findable[]): Promise<void> {
  if (rows.length === 0) return
  const words = rows.map(({ texts }) => wordsOf(texts))
  await tx.query(
    `insert into register_search (programme_id, register, row_id, area_path, organisation_ids, words, pieces)
     select $1, $2, u.id, u.path, u.organisations::uuid[], u.words, u.pieces::int[]
       from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[]) u (id, path, organisations, words, pieces)
     on conflict (programme_id, register, row_id) do update set area_path = excluded.area_path,
       organisation_ids = excluded.organisation_ids, words = excluded.words, pieces = excluded.pieces`,
    [
      tx.programme,
      name,
      rows.map(row => row.id),
      rows.map(row => row.parties.areaPath ?? null),
      rows.map(row => `{${(row.parties.organisationIds ?? []).filter(id => id !== null).join(',')}}`),
      words,
      words.map(
        text =>
          `{${numbered(
            tx.programme,
            name,
            text.split(' ').flatMap(run => (run === '' ? [] : piecesOf(run, false))),
          ).join(',')}}`,
      ),
    ],
    'register-search-keep',
  )
}

/** They are found no more. */
export async function dropTexts(tx: Writer, name: string, ids: readonly string[]): Promise<void> {
  await tx.query(
    'delete from register_search where programme_id = $1 and register = $2 and row_id = any($3::uuid[])',
    [tx.programme, name, ids],
    'register-search-drop',
  )
}
