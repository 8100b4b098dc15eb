import type { Database, Scope } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { must, ok } from '../result/result.ts'
import { type AccountKind, balances, openAccounts } from './accounts.ts'
import type { Entry, Outcome, Posting } from './entry.ts'
import { post, postAll } from './post.ts'

/** For tests: an entry of these postings. */
export const entry = (postings: readonly Posting[], more: Partial<Entry> = {}): Entry => ({
  id: newId(),
  kind: 'test',
  postings,
  ...more,
})

/** For tests: an entry that moves an amount from one account to another. */
export const move = (from: string, to: string, amount: number, more: Partial<Entry> = {}): Entry =>
  entry(
    [
      { account: from, amount: -amount },
      { account: to, amount },
    ],
    more,
  )

export const codes = (outcomes: readonly Outcome[]): string[] =>
  outcomes.map(o => (o.outcome === 'refused' ? o.code : o.outcome))

/** For tests: a programme's ledger, acted on in one transaction a call. */
export class Stage {
  readonly scope: Scope
  readonly #database: Database

  constructor(database: Database, programme: string, at = new Date('2026-03-01T02:00:00Z')) {
    this.#database = database
    this.scope = { programme, actor: 'tester', at }
  }

  at(at: string): Stage {
    return new Stage(this.#database, this.scope.programme, new Date(at))
  }

  /** Opens accounts of fen, `world` among them; one given as an amount is a ceiling filled from there. */
  async accounts(kinds: Readonly<Record<string, AccountKind | number>>): Promise<void> {
    const openings = Object.entries({ world: 'free' as const, ...kinds }).map(([account, kind]) => ({
      account,
      unit: 'fen',
      kind: typeof kind === 'number' ? ('ceiling' as const) : kind,
    }))
    const fill = Object.entries(kinds).flatMap(([account, amount]) =>
      typeof amount === 'number' ? [move('world', account, amount)] : [],
    )
    await this.write(async tx => {
      await openAccounts(tx, openings)
      await postAll(tx, fill)
    })
  }

  write<T>(work: (tx: Parameters<Parameters<Database['write']>[1]>[0]) => Promise<T>): Promise<T> {
    return this.#database.write(this.scope, async tx => ok(await work(tx))).then(must)
  }

  read<T>(work: Parameters<typeof Database.prototype.read<T>>[1]): Promise<T> {
    return this.#database.read(this.scope, work)
  }

  post(...entries: Entry[]): Promise<Outcome[]> {
    return this.write(tx => post(tx, entries))
  }

  /** `[balance, held]` of each account. */
  async standing(...accounts: string[]): Promise<[number, number][]> {
    const found = await this.read(tx => balances(tx, accounts))
    return accounts.map(account => [found.get(account)!.balance, found.get(account)!.held])
  }
}
