import type { Reader } from '@silian/kernel/database/database.ts'
import type { Language } from '@silian/kernel/declared/words.ts'
import { accountNamed } from '@silian/kernel/ledger/journal.ts'
import { type StatementLine, statementLines } from '@silian/kernel/ledger/statement.ts'
import type { OutSheet } from '@silian/kernel/sheets/sheet-xml.ts'
import { type OutValue, type TableColumn, tableSheet } from '@silian/kernel/sheets/table.ts'
import type { Account, AccountStatement } from './contract.ts'
import { aboutOf } from './places.ts'
import { boundsOf } from './reads.ts'
import { fileName, formatOf, say, unitOf, wordOf } from './words.ts'

/** How many lines have what they are about looked up together. */
const TOGETHER = 500

/** A statement as sheets: all its lines with their running balance, then what is held now. */
export const sheetsOf = (tx: Reader, found: AccountStatement, language: Language): OutSheet[] => [
  tableSheet({
    name: say(language, 'statement'),
    mark: fileName(language, found),
    columns: lineColumns(language, found.account),
    rows: lineRows(tx, found, language),
  }),
  tableSheet({
    name: say(language, 'holds'),
    mark: say(language, 'holds.note'),
    columns: [
      { label: say(language, 'column.at'), format: 'instant' },
      { label: say(language, 'column.kind'), format: 'text' },
      { label: say(language, 'column.about'), format: 'text' },
      amountColumn(language, found.account, 'held'),
      { label: say(language, 'column.expiresAt'), format: 'instant' },
    ],
    rows: found.holds.map(({ at, kind, about, remaining, expiresAt }) => [
      ...[at, wordOf(language, 'kind', kind), about, remaining, expiresAt],
    ]),
  }),
]

const lineColumns = (language: Language, account: Account): TableColumn[] => [
  { label: say(language, 'column.at'), format: 'instant' },
  { label: say(language, 'column.kind'), format: 'text' },
  { label: say(language, 'column.about'), format: 'text' },
  amountColumn(language, account, 'received'),
  amountColumn(language, account, 'given'),
  amountColumn(language, account, 'balance'),
  { label: say(language, 'column.entry'), format: 'text', width: 40 },
]

const amountColumn = (language: Language, { unit }: Account, name: string): TableColumn => ({
  label: `${say(language, `column.${name}`)} (${unitOf(language, unit)})`,
  format: formatOf(unit),
})

async function* lineRows(
  tx: Reader,
  found: AccountStatement,
  language: Language,
): AsyncGenerator<OutValue[]> {
  const { opening, closing, received, given } = found
  const lines = statementLines(tx, accountNamed(found.account.name), ...boundsOf(found), opening)
  yield [null, say(language, 'opening'), null, null, null, opening, null]
  let gathered: StatementLine[] = []
  for await (const line of lines)
    if (gathered.push(line) === TOGETHER) {
      yield* rowsOf(tx, gathered, language)
      gathered = []
    }
  yield* rowsOf(tx, gathered, language)
  yield [null, say(language, 'closing'), null, received, given, closing, null]
}

async function* rowsOf(
  tx: Reader,
  lines: readonly StatementLine[],
  language: Language,
): AsyncGenerator<OutValue[]> {
  const about = await aboutOf(
    tx,
    lines.map(({ subject }) => subject),
  )
  for (const { at, kind, subject, amount, balance, entry } of lines)
    yield [
      ...[at.toISOString(), wordOf(language, 'kind', kind), about.get(subject ?? '') ?? null],
      ...[amount > 0 ? amount : null, amount < 0 ? -amount : null, balance, entry],
    ]
}
