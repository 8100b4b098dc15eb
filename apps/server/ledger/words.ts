import { words } from '@silian/chains/words.ts'
import type { Language } from '@silian/kernel/declared/words.ts'
import type { TableFormat } from '@silian/kernel/sheets/table.ts'
import type { Account, AccountStatement } from './contract.ts'

export const say = (language: Language, key: string): string => words.say(language, 'ledger', key)

/** A code's word, or the code where there is none yet. */
export const wordOf = (language: Language, kind: 'kind' | 'place', code: string): string =>
  words.of(language, 'ledger')[`value.${kind}.${code}`] ?? code

export const titleOf = (language: Language, { place, of }: Account): string =>
  [wordOf(language, 'place', place), of].filter(part => part !== null).join(' ')

const formats: Readonly<Record<string, TableFormat>> = { fen: 'fen', g: 'gram' }
export const formatOf = (unit: string): TableFormat => formats[unit] ?? 'whole'

/** 元, kg, 件 … as the columns of amounts are headed. */
export const unitOf = (language: Language, unit: string): string =>
  words.of(language, 'ledger')[`value.unit.${unit}`] ?? unit

export const fileName = (
  language: Language,
  { account, from, to }: Pick<AccountStatement, 'account' | 'from' | 'to'>,
): string => `${say(language, 'statement')} ${titleOf(language, account)} ${from} ${to}`
