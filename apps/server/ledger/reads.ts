import type { Reach } from '@silian/kernel/access/permit.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { accountNamed, journalName } from '@silian/kernel/ledger/journal.ts'
import { openHolds, type Statement, type StatementLine, statement } from '@silian/kernel/ledger/statement.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { addDays, dateOf, startOf, yearOf } from '@silian/kernel/time/shanghai.ts'
import type { Account, AccountStatement, Line } from './contract.ts'
import { aboutOf, type Found, findAccount, findAccounts, type Which } from './places.ts'

const HOLDS = 100

interface Period {
  readonly from: string
  readonly to: string
}
type AskedPeriod = { readonly [end in keyof Period]?: string | undefined }

/** A year so far, if nothing is said. */
const periodOf = (tx: Reader, { from, to }: AskedPeriod): Period => ({
  from: from ?? `${yearOf(tx.at)}-01-01`,
  to: to ?? dateOf(tx.at),
})

/** The instants between which a period lies, the second not within it. */
export const boundsOf = ({ from, to }: Period): [Date, Date] => [startOf(from), startOf(addDays(to, 1))]

export async function listAccounts(
  tx: Reader,
  reach: Reach,
  { after, limit, ...which }: Which & { readonly after?: string | undefined; readonly limit: number },
): Promise<Page<Account>> {
  const query = { ...which, limit: limit + 1, after: after === undefined ? undefined : accountNamed(after) }
  return pageFrom(await findAccounts(tx, reach, query), limit, ({ account }) => journalName(account), shown)
}

/** One account as its own statement begins with it. Refuses `ledger_account.not_found`. */
async function readAccount(
  tx: Reader,
  reach: Reach,
  name: string,
): Promise<Result<Account, 'ledger_account.not_found'>> {
  const found = await findAccount(tx, reach, accountNamed(name))
  return found ? ok(shown(found)) : refuse('ledger_account.not_found')
}

const shown = ({ account, of, unit, kind, balance, held }: Found): Account => ({
  ...{ name: journalName(account), place: account.split('/').slice(0, 2).join('/') },
  ...{ of, unit, kind, balance, held },
})

interface StatementAsked extends AskedPeriod {
  readonly limit: number
  readonly after?: string | undefined
}

/** A page of an account's statement. Refuses `ledger_account.not_found` and `page.cursor`. */
export async function readStatement(
  tx: Reader,
  reach: Reach,
  name: string,
  asked: StatementAsked,
): Promise<Result<AccountStatement, 'ledger_account.not_found' | 'page.cursor'>> {
  const account = await readAccount(tx, reach, name)
  if (!account.ok) return account
  const period = periodOf(tx, asked)
  const [from, to] = boundsOf(period)
  const found = await statement(tx, accountNamed(name), from, to, asked)
  if (!found.ok)
    return found.code === 'page.cursor' ? refuse('page.cursor') : refuse('ledger_account.not_found')
  return ok({ account: account.value, ...period, ...(await told(tx, accountNamed(name), found.value)) })
}

async function told(tx: Reader, account: string, found: Statement) {
  const holds = await openHolds(tx, account, HOLDS)
  const about = await aboutOf(
    tx,
    [...found.lines, ...holds].map(({ subject }) => subject),
  )
  const { opening, closing, received, given, next = null } = found
  return {
    ...{ opening, closing, received, given, next },
    items: found.lines.map(line => lineOf(line, about)),
    holds: holds.map(({ id, remaining, kind, subject, at, expiresAt }) => ({
      ...{ id, remaining, kind, about: about.get(subject ?? '') ?? null },
      ...{ at: at.toISOString(), expiresAt: expiresAt?.toISOString() ?? null },
    })),
  }
}

const lineOf = (
  { entry, no, at, kind, subject, observed, amount, balance }: StatementLine,
  about: ReadonlyMap<string, string>,
): Line => ({
  ...{ entry, no, at: at.toISOString(), kind, about: about.get(subject ?? '') ?? null },
  ...{ observed, amount, balance },
})
