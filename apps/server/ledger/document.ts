import type { Language } from '@silian/kernel/declared/words.ts'
import type { Block, Document } from '@silian/kernel/documents/document.ts'
import { inUnit } from '@silian/kernel/sheets/table.ts'
import { momentOf } from '@silian/kernel/time/shanghai.ts'
import type { AccountStatement } from './contract.ts'
import { formatOf, say, titleOf, unitOf, wordOf } from './words.ts'

/** A statement to print: opening and closing balance, every line, what is held now. */
export function documentOf(found: AccountStatement, language: Language, at: Date): Document {
  const { account, from, to } = found
  return {
    ...{ title: say(language, 'statement'), language, at },
    subtitle: `${titleOf(language, account)} · ${from} — ${to}`,
    blocks: [linesOf(found, language), ...holdsOf(found, language)],
    footer: `${account.name} · ${momentOf(at)}`,
  }
}

/** Amounts as they are counted: fen as yuan with two decimals, grams as kilograms, all else whole. */
function amountText(amount: number, unit: string): string {
  const decimals = { fen: 2, gram: 3 }[formatOf(unit) as string] ?? 0
  const text = inUnit(formatOf(unit), amount).toFixed(decimals)
  return text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
}

function linesOf(found: AccountStatement, language: Language): Block {
  const { account, opening, closing, received, given, items } = found
  const amount = (value: number) => amountText(value, account.unit)
  return {
    kind: 'table',
    caption: `${say(language, 'lines')} (${unitOf(language, account.unit)})`,
    columns: [
      ...['at', 'kind', 'about'].map(name => ({
        label: say(language, `column.${name}`),
        align: 'left' as const,
      })),
      ...['received', 'given', 'balance'].map(name => ({
        label: say(language, `column.${name}`),
        align: 'right' as const,
      })),
    ],
    rows: [
      ['', say(language, 'opening'), '', '', '', amount(opening)],
      ...items.map(line => [
        ...[momentOf(new Date(line.at)), wordOf(language, 'kind', line.kind), line.about ?? ''],
        ...[line.amount > 0 ? amount(line.amount) : '', line.amount < 0 ? amount(-line.amount) : ''],
        amount(line.balance),
      ]),
    ],
    total: ['', say(language, 'closing'), '', amount(received), amount(given), amount(closing)],
  }
}

function holdsOf({ account, holds }: AccountStatement, language: Language): Block[] {
  if (holds.length === 0) return []
  return [
    {
      kind: 'table',
      caption: `${say(language, 'holds')} (${unitOf(language, account.unit)})`,
      columns: ['at', 'kind', 'about', 'held', 'expiresAt'].map(name => ({
        label: say(language, `column.${name}`),
        align: name === 'held' ? ('right' as const) : ('left' as const),
      })),
      rows: holds.map(({ at, kind, about, remaining, expiresAt }) => [
        ...[momentOf(new Date(at)), wordOf(language, 'kind', kind), about ?? ''],
        ...[amountText(remaining, account.unit), expiresAt ? momentOf(new Date(expiresAt)) : ''],
      ]),
      total: ['', say(language, 'holds.all'), '', amountText(account.held, account.unit), ''],
    },
    { kind: 'note', text: say(language, 'holds.note') },
  ]
}
