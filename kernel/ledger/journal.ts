import { rowsOf } from '../database/cursor.ts'
import type { Reader } from '../database/database.ts'
import { addDays, dateOf, startOf } from '../time/shanghai.ts'
import { balanceOf } from './balance.ts'

/** Days in Shanghai, both within the period. */
interface JournalPeriod {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

interface EntryRow {
  readonly id: string
  readonly at: Date
  readonly kind: string
  readonly subject: string | null
  readonly reverses: string | null
  readonly observed: boolean
  readonly fact: string | null
  readonly account: string
  readonly unit: string
  readonly amount: number
  readonly undertaking: string | null
}

interface BalanceRow {
  readonly account: string
  readonly unit: string
  readonly balance: number
}

/**
 * A programme's ledger as a plain-text journal, in what `hledger` and `ledger` both read: account and commodity
 * directives, a transaction for each entry in the order of time, and a last one that asserts our balances, so that
 * either program refuses a journal that does not agree with them. A period begins with what was there. Names hold ids
 * and nothing of persons. To be read in one snapshot; a few thousand lines are in memory at a time.
 */
export async function* journal(tx: Reader, { from, to }: JournalPeriod = {}): AsyncGenerator<string> {
  const start = from === undefined ? undefined : startOf(from)
  const end = to === undefined ? undefined : startOf(addDays(to, 1))
  // all rows will be asked for: the plan that ends first, not the one that begins first
  await tx.query('set local cursor_tuple_fraction = 1')
  yield head(tx, from, to)
  yield* directives(tx)
  if (from && start) yield* stated(tx, start, from, ['opening', 'opening balances'], opened)
  let last = from ?? ''
  for await (const [text, date] of transactions(tx, start, end)) {
    yield text
    last = date
  }
  const day = [last, to ?? dateOf(tx.at)].sort().at(-1)!
  yield* stated(tx, end, day, ['closing', 'balances as the ledger keeps them'], asserted)
}

const head = ({ programme, at }: Reader, from = '', to = ''): string =>
  `; Silian ledger journal of the programme ${programme}, ${from || 'from the beginning'} to ${to || at.toISOString()}
; Read it with: hledger -f FILE check -s, hledger -f FILE balance, ledger -f FILE --pedantic balance
; Holds reserve what lies on an account and move nothing: they are no postings and are not in here.
; The code of a transaction is the entry's id, its description the kind of happening; days are those of Asia/Shanghai.

`

async function* directives(tx: Reader): AsyncGenerator<string> {
  for (const tag of ['subject', 'fact', 'reverses', 'observed', 'undertaking']) yield `tag ${tag}\n`
  const units = await tx.query<{ unit: string }>(
    'select distinct unit from ledger_account where programme_id = $1 order by unit',
    [tx.programme],
  )
  for (const { unit } of units)
    yield `commodity ${commodityOf(unit)}\n${unit === 'fen' ? '    format 1000.00 CNY\n' : ''}`
  const accounts = 'select account from ledger_account where programme_id = $1 order by account'
  for await (const { account } of rowsOf<{ account: string }>(tx, accounts, [tx.programme]))
    yield `account ${journalName(account)}\n`
  yield '\n'
}

/** Entries by time; one without postings is not told: it only held or released. */
async function* transactions(
  tx: Reader,
  start: Date | undefined,
  end: Date | undefined,
): AsyncGenerator<[text: string, date: string]> {
  let gathered: EntryRow[] = []
  for await (const row of rowsOf<EntryRow>(tx, ENTRIES, [tx.programme, start ?? null, end ?? null])) {
    if (gathered[0] && gathered[0].id !== row.id) {
      yield told(gathered)
      gathered = []
    }
    gathered.push(row)
  }
  if (gathered.length > 0) yield told(gathered)
}

/** A fact of the same subject that was recorded with the entry; one of its kind before others. */
const ENTRIES = `
  select e.id, e.at, e.kind, e.subject, e.reverses, e.observed, p.account, a.unit, p.amount,
    p.undertaking_id as undertaking,
    (select f.id from fact f where f.programme_id = e.programme_id and f.subject = e.subject
       and f.recorded_at = e.recorded_at order by f.type = e.kind desc, f.id limit 1) as fact
  from ledger_entry e
  join ledger_posting p on p.programme_id = e.programme_id and p.entry_id = e.id
  join ledger_account a on a.programme_id = e.programme_id and a.account = p.account
  where e.programme_id = $1 and ($2::timestamptz is null or e.at >= $2) and ($3::timestamptz is null or e.at < $3)
  order by e.at, e.id, p.no`

function told(rows: readonly EntryRow[]): [text: string, date: string] {
  const { id, at, kind, ...entry } = rows[0]!
  const date = dateOf(at)
  const tags = { subject: entry.subject, fact: entry.fact, reverses: entry.reverses }
  const lines = [
    `${date} (${id}) ${kind}`,
    ...Object.entries(tags).flatMap(([name, value]) => (value === null ? [] : [tag(name, value)])),
    ...(entry.observed ? [tag('observed', 'yes')] : []),
    ...rows.flatMap(({ account, amount, unit, undertaking }) => [
      posting(account, amount, unit),
      ...(undertaking === null ? [] : [tag('undertaking', undertaking)]),
    ]),
  ]
  return [`${lines.join('\n')}\n\n`, date]
}

/** A comma would end a tag's value. */
const tag = (name: string, value: string): string => `    ; ${name}: ${value.replaceAll(/[\s,]+/g, ' ')}`

const posting = (account: string, amount: number, unit: string): string =>
  `    ${journalName(account)}  ${journalAmount(amount, unit)}`

/** A transaction over all accounts as they stood at a moment; of units that balance, as all entries do. */
async function* stated(
  tx: Reader,
  before: Date | undefined,
  date: string,
  [code, description]: readonly [code: string, description: string],
  line: (row: BalanceRow) => string | undefined,
): AsyncGenerator<string> {
  let begun = false
  for await (const row of rowsOf<BalanceRow>(tx, BALANCES, [tx.programme, before ?? null])) {
    const text = line(row)
    if (text === undefined) continue
    yield begun ? `${text}\n` : `${date} (${code}) ${description}\n${text}\n`
    begun = true
  }
  if (begun) yield '\n'
}

/** Counted back from the balances that the ledger keeps, never added up from the postings that are told. */
const BALANCES = `
  select a.account, a.unit, (${balanceOf('a')} - coalesce(p.since, 0))::bigint as balance
  from ledger_account a
  left join (select account, sum(amount) as since from ledger_posting
    where programme_id = $1 and at >= $2 group by account) p on p.account = a.account
  where a.programme_id = $1 order by a.account`

const opened = ({ account, unit, balance }: BalanceRow): string | undefined =>
  balance === 0 ? undefined : posting(account, balance, unit)

const asserted = ({ account, unit, balance }: BalanceRow): string =>
  `${posting(account, 0, unit)} = ${journalAmount(balance, unit)}`

/** `payable/household/<id>` as `payable:household:<id>`; either name leads back to the other. */
export const journalName = (account: string): string => account.replaceAll(':', '.').replaceAll('/', ':')
export const accountNamed = (name: string): string => name.replaceAll(':', '/').replaceAll('.', ':')

/** Fen as yuan with two decimals, all else whole. */
export function journalAmount(amount: number, unit: string): string {
  if (unit !== 'fen') return `${amount} ${commodityOf(unit)}`
  const fen = Math.abs(amount)
  const yuan = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
  return `${amount < 0 ? '-' : ''}${yuan} CNY`
}

/** What is not of letters alone stands in quotes. */
export const commodityOf = (unit: string): string =>
  unit === 'fen' ? 'CNY' : /^[A-Za-z]+$/.test(unit) ? unit : `"${unit}"`
