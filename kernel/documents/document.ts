/** A document as data: what the writers of .docx and PDF are given. */
export interface Document {
  readonly title: string
  /** Below the title: the office, the month. */
  readonly subtitle: string
  readonly language: 'zh' | 'en'
  readonly blocks: readonly Block[]
  /** Small print at the foot of every page. */
  readonly footer: string
  /** Set by whoever makes it, so that the same document has the same bytes. */
  readonly at: Date
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'note'; readonly text: string }
  | Table

export interface Table {
  readonly kind: 'table'
  readonly caption: string
  readonly columns: readonly { readonly label: string; readonly align: 'left' | 'right' }[]
  readonly rows: readonly (readonly string[])[]
  /** Set apart at the end. */
  readonly total?: readonly string[]
}

/** Shares of the width by the longest text of each column; none below a tenth of the widest. */
export function widthsOf({ columns, rows, total }: Table): number[] {
  const lengths = columns.map((column, i) =>
    Math.max(4, ...[column.label, ...rows.map(row => row[i] ?? ''), total?.[i] ?? ''].map(lengthOf)),
  )
  const capped = lengths.map(length => Math.min(length, 36))
  const sum = capped.reduce((a, b) => a + b, 0)
  return capped.map(length => length / sum)
}

/** In half widths: a Chinese character takes two. */
const lengthOf = (text: string): number =>
  [...text].reduce((sum, char) => sum + (char.codePointAt(0)! > 0x2e80 ? 2 : 1), 0)
