import { availableParallelism } from 'node:os'
import type { Kysely } from 'kysely'
import pg from 'pg'
import { type Refusal, Refused, type Result } from '../result/result.ts'
import { kyselyOver, Looking, prepareScope } from './look.ts'
import { withRetry } from './retry.ts'
import type { Tables } from './tables.ts'

// int8 comes as text: ours are fen, grams and counts that must fit a safe integer, or fail loudly
pg.types.setTypeParser(pg.types.builtins.INT8, text => {
  const n = Number(text)
  if (!Number.isSafeInteger(n)) throw new RangeError(`database number out of range: ${text}`)
  return n
})
// a date is a date of the calendar, not an instant of some zone
pg.types.setTypeParser(pg.types.builtins.DATE, text => text)

/** Whose rows a transaction sees and on whose behalf, and at what time, it acts. */
export interface Scope {
  readonly programme: string
  /** Id of the acting principal: an account, device or client; `system` for our own background work. */
  readonly actor: string
  /** Under whose key their word is signed: the organisation they act for. Without one nobody but the operator speaks. */
  readonly holder?: string
  /** The time of the transaction. Only the demonstration loader gives one; all others act now. */
  readonly at?: Date
}

/** A transaction that can only read. */
export interface Reader {
  readonly programme: string
  readonly actor: string
  readonly at: Date
  readonly db: Kysely<Tables>
  /** One statement of plain SQL; a `name` makes it a prepared one, for hot paths. */
  query<Row extends object>(text: string, values?: readonly unknown[], name?: string): Promise<Row[]>
}

/** A statement whose rows nobody asks for. */
export interface LastStatement {
  readonly text: string
  readonly values: readonly unknown[]
  readonly name?: string
  /** What to throw in place of its error. */
  readonly explain?: (error: unknown) => unknown
  /** It locks what others wait for, and goes after all that does not. */
  readonly isWaitedFor?: boolean
}

/** A transaction that can write. Its hooks keep announcements apart from what may still fail. */
export interface Writer extends Reader {
  /** The scope's holder. */
  readonly holder: string | undefined
  /** A statement to be made when the work is done; such go to the server in the order given, together with the commit; see `isWaitedFor`. */
  lastly(statement: () => LastStatement): void
  /** What must not happen unless the transaction did: signals, never anything that may fail it. */
  afterCommit(work: () => void): void
  /** A place for kernel parts to keep what they gather over the transaction. */
  readonly notes: Map<symbol, unknown>
}

export type Role = 'app' | 'batch' | 'owner'

/** Looks under way at once: more than there are cores for would only hinder each other. */
const LOOKS = Math.max(4, 2 * availableParallelism())

/** Connections under one database role. */
export class Database {
  readonly pool: pg.Pool
  /** For looks alone: they wait for none who writes. */
  readonly looks: pg.Pool
  readonly role: Role

  constructor(role: Role, connectionString: string, size: number) {
    this.role = role
    const options = {
      connectionString,
      application_name: `silian-${role}`,
      allowExitOnIdle: true,
      // a statement is sent at once, also while an earlier one is under way; each fails or not for itself
      pipeline: true,
    }
    this.pool = new pg.Pool({ ...options, max: size })
    this.looks = new pg.Pool({ ...options, max: Math.min(size, LOOKS) })
    for (const pool of [this.pool, this.looks]) {
      // an idle connection lost to a restart is replaced at the next use
      pool.on('error', () => undefined)
      // one lost inside a transaction fails that transaction's next statement, not the process
      pool.on('connect', client => client.on('error', () => undefined))
    }
    this.looks.on('connect', prepareScope)
  }

  /** Runs reads in one snapshot-free read-only transaction. */
  async read<T>(scope: Scope, work: (tx: Reader) => Promise<T>): Promise<T> {
    return this.#run(scope, 'begin read only', async tx => {
      const value = await work(tx)
      // what was read is read: nobody waits for the end
      tx.commit().catch(() => undefined)
      return value
    })
  }

  /**
   * Reads for hot paths: each statement goes alone, with its scope, in one exchange instead of begin, statement and end.
   * It is a read-only transaction of its own, so there are no cursors and no settings that last; `read` has those.
   */
  async look<T>(scope: Scope, work: (tx: Reader) => Promise<T>): Promise<T> {
    return work(new Looking(this.looks, { ...scope, programme: programmeId(scope.programme) }))
  }

  /**
   * Runs a command in one transaction. A refusal, returned or thrown, rolls everything back and is returned; other
   * errors are thrown. Serialisation failures and deadlocks are done again from the start.
   */
  async write<T, C extends string = string>(
    scope: Scope,
    work: (tx: Writer) => Promise<Result<T, C>>,
  ): Promise<Result<T, C>> {
    try {
      return await withRetry(() =>
        this.#run(scope, 'begin', async tx => {
          const result = await work(tx)
          if (!result.ok) throw new RolledBack(result)
          await tx.commit()
          return result
        }),
      )
    } catch (error) {
      if (error instanceof RolledBack) return error.refusal as Refusal<C>
      if (error instanceof Refused) return error.refusal as Refusal<C>
      throw error
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.pool.end(), this.looks.end()])
  }

  async #run<T>(scope: Scope, begin: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const programme = programmeId(scope.programme)
    const client = await this.pool.connect()
    const tx = new Transaction(client, scope)
    let value: T
    try {
      together(client)
      // travels with the first statement; should it fail, that one finds no programme and no rows
      const begun = client.query(`${begin}; set local app.programme = '${programme}'`)
      begun.catch(() => undefined)
      value = await work(tx)
      await begun
      client.release()
    } catch (error) {
      // a connection that cannot even roll back is broken and must not go back to the pool
      await client.query('rollback').then(
        () => client.release(),
        () => client.release(true),
      )
      throw error
    }
    // the connection may be another's by now: nothing that fails here concerns it
    tx.announce()
    return value
  }
}

class RolledBack extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

export const PROGRAMME_ID = /^[a-z0-9][a-z0-9-]{0,31}$/

/** What is sent until everything that is ready has been done leaves in one piece. */
function together(client: pg.PoolClient): void {
  const { stream } = client.connection
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/** The only text that reaches `set local`, so it is checked here whatever came before. */
function programmeId(id: string): string {
  if (!PROGRAMME_ID.test(id)) throw new RangeError(`not a programme id: ${id}`)
  return id
}

class Transaction implements Writer {
  readonly programme: string
  readonly actor: string
  readonly holder: string | undefined
  readonly at: Date
  readonly notes = new Map<symbol, unknown>()
  readonly #client: pg.PoolClient
  readonly #last: (() => LastStatement)[] = []
  readonly #after: (() => void)[] = []
  #db: Kysely<Tables> | undefined

  constructor(client: pg.PoolClient, scope: Scope) {
    this.#client = client
    this.programme = scope.programme
    this.actor = scope.actor
    this.holder = scope.holder
    this.at = scope.at ?? new Date()
  }

  get db(): Kysely<Tables> {
    this.#db ??= kyselyOver((text, values) => this.#client.query(text, [...values]))
    return this.#db
  }

  async query<Row extends object>(
    text: string,
    values: readonly unknown[] = [],
    name?: string,
  ): Promise<Row[]> {
    const result = await this.#client.query<Row>({ text, values: [...values], ...(name ? { name } : {}) })
    return result.rows
  }

  lastly(statement: () => LastStatement): void {
    this.#last.push(statement)
  }

  afterCommit(work: () => void): void {
    this.#after.push(work)
  }

  /** Sends the last statements and the commit, waits for all of them, and throws what failed first. */
  async commit(): Promise<void> {
    const made = this.#last.map(make => make())
    const last = [...made.filter(one => !one.isWaitedFor), ...made.filter(one => one.isWaitedFor)]
    together(this.#client)
    const sent = last.map(({ text, values, name, explain = same }) =>
      this.query(text, values, name).catch(error => {
        throw explain(error)
      }),
    )
    const ended = this.#client.query('commit')
    for (const outcome of await Promise.allSettled([...sent, ended]))
      if (outcome.status === 'rejected') throw outcome.reason
    // an error that the work kept to itself has undone it all the same
    if ((await ended).command !== 'COMMIT') throw new Error('a statement failed, and with it the transaction')
  }

  announce(): void {
    for (const work of this.#after) work()
  }
}

const same = (error: unknown): unknown => error
