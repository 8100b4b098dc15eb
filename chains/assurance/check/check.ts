import type { Database, Reader } from '@silian/kernel/database/database.ts'
import type { Keyring } from '@silian/kernel/fact/keyring.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { metrics } from '../../declared.ts'
import { Areas } from './areas.ts'
import { Book } from './book.ts'
import { compareTable, type Expectation } from './compare.ts'
import { compareFacts } from './consistency.ts'
import { compareCursors, readCursors } from './cursors.ts'
import { type PaidOuts, paidOuts } from './derive.ts'
import { type Fact, factIn } from './entry.ts'
import { Evidence, type LogRow } from './evidence.ts'
import { benefits, citations } from './expect/benefits.ts'
import { bulletins } from './expect/bulletins.ts'
import { areaCodes } from './expect/declared.ts'
import { ledgerTables } from './expect/ledger.ts'
import { ledgerOf } from './expect/ledger-of.ts'
import { orders } from './expect/orders.ts'
import { parties } from './expect/parties.ts'
import { promises } from './expect/promises.ts'
import { registers } from './expect/registers.ts'
import { Figures, readKept } from './figures.ts'
import { read } from './fold/read.ts'
import { LateCount } from './late.ts'
import { openFacts, strayOpenings } from './openings.ts'
import { type CheckReport, Findings } from './report.ts'
import { compareSplits } from './split.ts'
import { totalsOf } from './totals.ts'

export interface CheckMeans {
  /** Role `batch`: it may read every table, of one programme at a time. */
  readonly batch: Database
  readonly keyring: Keyring
}

export interface CheckProgress {
  readonly phase: 'facts' | 'tables'
  readonly done: number
  readonly total: number
}

/**
 * Recomputes a programme from the bytes of its log and compares every counted table with that: an empty list of
 * differences means that buyers', sellers' and households' totals, stock and balances agree to the fen. All is read in
 * one snapshot, with facts that still wait for the log, so that a server may run meanwhile. Changes nothing.
 * `at` is the time of the check, for a world with a clock of its own.
 */
export function checkProgramme(
  { batch, keyring }: CheckMeans,
  programme: string,
  onProgress: (progress: CheckProgress) => void = () => undefined,
  { at }: { at?: Date } = {},
): Promise<CheckReport> {
  return batch.read({ programme, actor: 'system', ...(at ? { at } : {}) }, async tx => {
    await tx.query('set transaction isolation level repeatable read')
    return new Check(tx, keyring, onProgress).run()
  })
}

class Check {
  readonly #tx: Reader
  readonly #keyring: Keyring
  readonly #onProgress: (progress: CheckProgress) => void
  readonly #findings = new Findings()
  readonly #book = new Book()
  readonly #evidence: Evidence
  readonly #late = new LateCount()
  #pending = 0
  #outs: PaidOuts = { paid: new Map(), disputed: [] }

  constructor(tx: Reader, keyring: Keyring, onProgress: (progress: CheckProgress) => void) {
    this.#tx = tx
    this.#keyring = keyring
    this.#onProgress = onProgress
    this.#evidence = new Evidence(tx, this.#findings)
  }

  async run(): Promise<CheckReport> {
    const [log] = await this.#tx.query<LogRow>(
      'select size, origin, checkpoint from log where programme_id = $1',
      [this.#tx.programme],
    )
    if (!log) this.#findings.differs('log', 'log', '*', 'a row', 'no row')
    else await this.#compareAll(log)
    return this.#report()
  }

  async #compareAll(log: LogRow): Promise<void> {
    const cursors = await readCursors(this.#tx)
    const kept = await readKept(this.#tx, metrics, cursors)
    const figures = new Figures(await this.#figureFacts(), kept, cursors)
    await this.#fold(log, figures)
    const book = this.#book
    const keys = [...book.keys.values()].filter(({ role, alg }) => role === 'log' && alg === 'ed25519')
    await this.#evidence.compare(
      log,
      book.names,
      keys.map(({ key }) => Buffer.from(key, 'base64')),
    )
    await strayOpenings(this.#tx, this.#findings)
    compareFacts(this.#findings, book)
    compareSplits(this.#findings, book)
    compareCursors(this.#findings, book, cursors, this.#evidence.size)
    figures.verify(this.#findings)
    figures.compareCursors(this.#findings)
    await this.#compareTables(figures, cursors)
  }

  /** What defines and closes figures, wherever it stands: which period a fact counts in depends on it. */
  async #figureFacts(): Promise<Fact[]> {
    const rows = await this.#tx.query<{ entry: Buffer; log_index: number | null }>(
      `select f.entry, e.log_index from fact f left join log_entry e on e.programme_id = f.programme_id and e.fact_id = f.id
       where f.programme_id = $1 and f.type in ('metric.defined', 'figure.published') order by f.at, f.id`,
      [this.#tx.programme],
    )
    return rows.flatMap(({ entry, log_index }) => factIn(entry, log_index ?? 0, log_index === null) ?? [])
  }

  async #fold(log: LogRow, figures: Figures): Promise<void> {
    for await (const facts of this.#evidence.logged()) {
      await this.#read(facts, figures)
      this.#onProgress({
        phase: 'facts',
        done: this.#evidence.size,
        total: Math.max(log.size, this.#evidence.size),
      })
    }
    const pending = await this.#evidence.pending()
    this.#pending = pending.length
    await this.#read(pending, figures)
  }

  async #read(facts: readonly Fact[], figures: Figures): Promise<void> {
    const opened = await openFacts(this.#tx, this.#keyring, this.#findings, facts)
    for (const fact of facts) {
      read(this.#book, this.#findings, fact, opened.get(fact.id) ?? new Map())
      figures.add(fact, opened.get(fact.id))
      this.#late.add(fact)
    }
  }

  async #compareTables(figures: Figures, cursors: ReadonlyMap<string, number>): Promise<void> {
    const book = this.#book
    const { programme, at } = this.#tx
    const counties = [...book.products.values(), ...book.payouts.values()].map(each => each.county)
    const areas = await Areas.read(this.#tx, [...areaCodes(book), ...counties])
    this.#outs = paidOuts(book, cursors.get('payout') ?? 0)
    const ledger = ledgerTables(ledgerOf(book, this.#outs), at)
    const tables: (Expectation | (() => Expectation))[] = [
      ...parties(book, programme),
      ...registers(book, areas),
      ...promises(book, programme, dateOf(at)),
      ...orders(book),
      ...benefits(book, areas, this.#outs),
      citations(book),
      bulletins(book, this.#findings),
      ...figures.tables(),
      ...ledger.before,
      ledger.accounts,
    ]
    for (const [i, table] of tables.entries()) {
      await compareTable(this.#tx, this.#findings, typeof table === 'function' ? table() : table)
      this.#onProgress({ phase: 'tables', done: i + 1, total: tables.length })
    }
  }

  #report(): CheckReport {
    const { differences, more, compared, notRecomputed, opened, erased } = this.#findings
    return {
      programme: this.#tx.programme,
      ok: differences.length === 0,
      entries: this.#evidence.size + this.#pending,
      facts: { logged: this.#evidence.size, pending: this.#pending, opened, erased },
      totals: totalsOf(this.#book, this.#outs),
      compared: Object.values(compared).reduce((a, b) => a + b, 0),
      tables: compared,
      notRecomputed,
      late: this.#late.byKind,
      differences,
      more,
    }
  }
}
