import type { Reader } from '@silian/kernel/database/database.ts'
import type { WordKind } from './document.ts'
import { initialsOfMixed } from './mixed.ts'

/** A word of the catalogue. */
export interface Word {
  readonly key: string
  readonly word: string
  readonly kind: WordKind
  readonly token: number
  readonly spoken: string
  readonly initials: string
  /** That it finds. */
  readonly offers: number
  /** Of a class: what else it is called, and the tokens of those words in names. */
  readonly also_words: readonly string[] | null
  readonly also_tokens: readonly number[] | null
}

const NOTHING = { also_words: null, also_tokens: null }
const COLUMNS = 'w.key, w.word, w.kind, w.token, w.spoken, w.initials, w.offers'
const OWN = 'w.programme_id = $1 and w.generation = $2 and w.offers > 0'

/** Of what is spelt or begins alike, the words that find most. */
const MOST_ALIKE = 60

export interface Sought {
  readonly words?: readonly string[]
  readonly spoken?: readonly string[]
  readonly initials?: readonly string[]
}

/** Words that are written, spoken or abbreviated so. */
export const lookUp = (
  tx: Reader,
  generation: number,
  { words = [], spoken = [], initials = [] }: Sought,
): Promise<Word[]> =>
  tx.query<Word>(
    'select * from offer_words_alike($1, $2, $3, $4, $5)',
    [generation, words, spoken, initials, MOST_ALIKE],
    'offer-words-alike',
  )

type Plain = Omit<Word, 'also_words' | 'also_tokens'>
const withNothing = (rows: readonly Plain[]): Word[] => rows.map(row => ({ ...row, ...NOTHING }))

/** Words whose first letters those may be. */
export const lookUpMixed = (tx: Reader, generation: number, line: string): Promise<Word[]> =>
  lookUp(tx, generation, { initials: initialsOfMixed(line) })

/** Words that begin so, in signs, pinyin or initials; what finds most comes first. */
export const lookUpBeginning = async (tx: Reader, generation: number, part: string, most: number) =>
  withNothing(
    await tx.query<Plain>(
      'select * from offer_words_beginning($1, $2, $3)',
      [generation, part, most],
      'offer-words-beginning',
    ),
  )

/** Words that hold this; what finds most comes first. */
export const lookUpWithin = async (tx: Reader, generation: number, part: string, most: number) =>
  withNothing(
    await tx.query<Plain>(
      `select ${COLUMNS} from offer_word w where ${OWN} and strpos(w.word, $3) > 0
       order by w.kind = 'seller', w.offers desc, w.word limit $4`,
      [tx.programme, generation, part, most],
      'offer-words-within',
    ),
  )

/** Words that share a number of `near`. */
export async function lookUpNear(tx: Reader, generation: number, near: readonly number[]): Promise<Word[]> {
  if (near.length === 0) return []
  const rows = await tx.query<Plain>(
    'select * from offer_words_near($1, $2, 500)',
    [generation, near],
    'offer-words-near',
  )
  return withNothing(rows)
}

/** Tokens by key; what no offer has is not there. */
export async function tokensOf(
  tx: Reader,
  generation: number,
  keys: readonly string[],
): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map()
  const rows = await tx.query<{ key: string; token: number }>(
    'select distinct key, token from offer_word where programme_id = $1 and generation = $2 and key = any($3)',
    [tx.programme, generation, keys],
    'offer-tokens-of',
  )
  return new Map(rows.map(({ key, token }) => [key, token]))
}
