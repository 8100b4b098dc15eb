/**
 * A row of the articles' inventory (`S3-46`), a public page (`P22`) or a public repository (`G9`), as the
 * domain reference numbers them.
 */
export type Cited = `S${0 | 1 | 2 | 3 | 4}-${number}` | `P${number}` | `G${number}`

/** Where a value comes from. Everything without a row is invented and says so. */
export type Source = Cited | 'invented'

export const rowId = /^(S[0-4]-\d{2}|[PG]\d{1,3})$/

export const isCited = (source: Source): source is Cited => rowId.test(source)
