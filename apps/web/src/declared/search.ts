/** What an address says of a declared page: words and their texts. Which of them mean something, the page knows. */
export type TextSearch = Readonly<Record<string, string>>

export const textSearch = (raw: Record<string, unknown>): TextSearch =>
  Object.fromEntries(
    Object.entries(raw).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
    ),
  )
