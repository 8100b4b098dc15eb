import { Kysely, PostgresDialect, type PostgresPool } from 'kysely'
import pg from 'pg'
import type { Reader, Scope } from './database.ts'
import type { Tables } from './tables.ts'

/** What `begin read only; set local` are to a transaction, as a statement that goes before another in the same exchange. */
const SCOPE = {
  name: 'scope',
  text: `select set_config('transaction_read_only', 'on', true), set_config('app.programme', $1, true)`,
}

/** For every new connection, before anybody has it: the name is there for all that is asked of it. */
export function prepareScope(client: pg.PoolClient): void {
  client.query({ ...SCOPE, values: [''] }).catch(() => undefined)
}

/** Of pg's own query, which says how its messages are sent and heard, what its types do not tell. */
interface Wired extends pg.Submittable {
  prepare(connection: Wire): void
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, connection: Wire): void
}

interface Wire {
  bind(config: { portal: string; statement: string; values: readonly unknown[] }): void
  execute(config: { portal: string }): void
}

interface Asked {
  readonly text: string
  readonly values: readonly unknown[]
  readonly name?: string | undefined
  /** Prepared even without values: otherwise it would go without its scope. */
  readonly queryMode: 'extended'
  readonly callback: (error: Error | null, result: pg.QueryResult) => void
}

const PgQuery = pg.Query as unknown as new (asked: Asked) => Wired

/**
 * A statement with its scope before it. Until both are done and the exchange ends, the server keeps them in one
 * transaction: if the scope cannot be set, the statement is not run, and what was set goes with the transaction.
 */
class ScopedQuery extends PgQuery {
  readonly #programme: string
  #scoped = false

  constructor(programme: string, asked: Asked) {
    super(asked)
    this.#programme = programme
  }

  override prepare(connection: Wire): void {
    connection.bind({ portal: '', statement: SCOPE.name, values: [this.#programme] })
    connection.execute({ portal: '' })
    super.prepare(connection)
  }

  override handleDataRow(message: unknown): void {
    if (this.#scoped) super.handleDataRow(message)
  }

  override handleCommandComplete(message: unknown, connection: Wire): void {
    if (this.#scoped) super.handleCommandComplete(message, connection)
    this.#scoped = true
  }
}

/** Takes a connection for each statement: nobody who waits for somebody else keeps one meanwhile. */
export class Looking implements Reader {
  readonly programme: string
  readonly actor: string
  readonly at: Date
  readonly #pool: pg.Pool
  #db: Kysely<Tables> | undefined

  constructor(pool: pg.Pool, { programme, actor, at = new Date() }: Scope) {
    this.#pool = pool
    this.programme = programme
    this.actor = actor
    this.at = at
  }

  get db(): Kysely<Tables> {
    this.#db ??= kyselyOver((text, values) => this.#ask(text, values))
    return this.#db
  }

  async query<Row extends object>(
    text: string,
    values: readonly unknown[] = [],
    name?: string,
  ): Promise<Row[]> {
    return (await this.#ask(text, values, name)).rows as Row[]
  }

  async #ask(text: string, values: readonly unknown[], name?: string): Promise<pg.QueryResult> {
    const client = await this.#pool.connect()
    try {
      return await new Promise((resolve, reject) => {
        const callback: Asked['callback'] = (error, result) => (error ? reject(error) : resolve(result))
        client.query(new ScopedQuery(this.programme, { text, values, name, queryMode: 'extended', callback }))
      })
    } catch (error) {
      // from here rather than from the socket's side
      Error.captureStackTrace(error as Error)
      throw error
    } finally {
      // one that was lost meanwhile the pool throws away
      client.release()
    }
  }
}

type Ask = (text: string, values: readonly unknown[]) => Promise<pg.QueryResult>

/** Kysely wants a pool; whoever asks has one connection and keeps it. */
export function kyselyOver(query: Ask): Kysely<Tables> {
  const kept = { query, release: () => undefined }
  const pool = { connect: async () => kept, end: async () => undefined, options: {} }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pool as unknown as PostgresPool }) })
}
