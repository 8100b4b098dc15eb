import type { Retention } from '../retention/classes.ts'

/**
 * The columns that registers, forms and score sheets are declared with. A declaration is data: one value gives the
 * table's API shape, its form, its import and its export. Labels, help and header synonyms stand in the message files
 * (`chains/messages/<language>/<declaration>.json`), by the column's name.
 */
export interface ColumnBase {
  /** An empty value is refused. Default true: what may be empty says so. */
  readonly required?: boolean
  /**
   * `sensitive` (identity number, bank account, health) and `personal` (name, phone, address) are sealed under their
   * row's key, masked in every answer and found by a keyed hash; `coded` (cause, class) is plain but never public
   * below five.
   */
  readonly personal?: 'sensitive' | 'personal' | 'coded'
  /**
   * What the law may hold its values by after their person asked to be erased. Every personal column says it; what else
   * a row about a person has goes with the row unless it says so.
   */
  readonly retention?: Retention
  /** Goes into the row's facts, for everyone and for ever: ids, codes and sums only. */
  readonly open?: boolean
  /** A list may be filtered by it; its table has an index for that. */
  readonly filter?: boolean
  /** A list may be sorted by it; its table has an index led by programme and it. */
  readonly sort?: boolean
  /** Found by words, pinyin and initials. */
  readonly search?: boolean
  /** Shown in a list unless the reader chooses otherwise. */
  readonly listed?: boolean
  /** Settled when the row is made. */
  readonly frozen?: boolean
  /** An edit is a proposal until somebody with `decide` accepts it. */
  readonly proposed?: boolean
  /** No two rows (or parts) of a programme have the same; of a sealed column by its keyed hash. */
  readonly unique?: boolean
  /** Worked out by the declaration from the others, never given. */
  readonly computed?: boolean
  /** Computed for rules alone: no page and no sheet shows it. */
  readonly inner?: boolean
  /** Written by a process's effect alone (`saveRows` with `byProcess`); forms, routes and imports leave it as it is. */
  readonly byProcess?: boolean
}

/** A table of all programmes whose rows have a key in text, `name_zh` and `name_en`. */
export interface Reference {
  readonly table: string
  readonly key: string
}

export type Column = ColumnBase &
  (
    | {
        readonly kind: 'text'
        readonly max: number
        /** What the text must be, beside its length. */
        readonly format?: 'code' | 'phone' | 'identity' | 'account' | 'credit_code' | 'long'
        /** One of a reference table's: its key stands in the row, its names are shown. */
        readonly reference?: Reference
      }
    /** A whole number of `unit` (fen, gram, piece, head, day…); the pages show yuan, kilograms and so on. */
    | {
        readonly kind: 'number'
        readonly unit?: string
        readonly min?: number
        readonly max?: number
        /** No other numbers: a sheet offers them. */
        readonly only?: readonly number[]
      }
    | { readonly kind: 'date' }
    | { readonly kind: 'year' }
    | { readonly kind: 'yes' }
    /** One, or some, of a few words; each word's label is in the messages. */
    | { readonly kind: 'choice'; readonly of: readonly string[] }
    | { readonly kind: 'choices'; readonly of: readonly string[] }
    | { readonly kind: 'area'; readonly level?: 'province' | 'city' | 'county' | 'township' | 'village' }
    | { readonly kind: 'organisation'; readonly types?: readonly string[] }
    /** A row of another register, by its id. */
    | { readonly kind: 'row'; readonly of: string }
    | { readonly kind: 'files'; readonly most: number }
  )

/** In camelCase, in the order of forms, lists and sheets; the table's columns are the same in snake_case. */
export type Columns = Readonly<Record<string, Column>>

/** A value as JSON carries it. Texts of areas, organisations and rows are their codes and ids. */
export type Value = string | number | boolean | readonly string[] | null
export type Values = Readonly<Record<string, Value>>

/** What a column holds, in the types of TypeScript. */
export type ValueOf<C extends Column> = C extends { readonly required: false } ? Held<C> | null : Held<C>
type Held<C extends Column> = C extends { readonly kind: 'number' | 'year' }
  ? number
  : C extends { readonly kind: 'yes' }
    ? boolean
    : C extends { readonly kind: 'choices' | 'files' }
      ? readonly string[]
      : C extends { readonly kind: 'choice'; readonly of: readonly (infer Word)[] }
        ? Word
        : string
export type ValuesOf<C extends Columns> = { readonly [Name in keyof C]: ValueOf<C[Name]> }

/** Sealed under its row's key: what a person is known by. Coded status stands in clear. */
export const isSealed = ({ personal }: ColumnBase): boolean =>
  personal === 'sensitive' || personal === 'personal'
export const referenceOf = (column: Column): Reference | undefined =>
  column.kind === 'text' ? column.reference : undefined
export const isRequired = ({ required = true }: ColumnBase): boolean => required

/** `villageCode` → `village_code`. */
export const snake = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
