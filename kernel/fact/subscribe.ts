import type { Database, Scope, Writer } from '../database/database.ts'
import { forEachProgramme, type Programmes } from '../log/programmes.ts'
import { ok, Refused } from '../result/result.ts'
import { factsBetween, type LoggedFact } from './read.ts'
import { factsSequenced } from './signal.ts'

export type { LoggedFact } from './read.ts'

/** What a capability does when another's fact has reached the log. */
export interface Subscription {
  /** Names its cursor: with another name it begins at the first entry again. */
  readonly name: string
  readonly types: readonly string[]
  /** Runs in log order as role `batch`, in the transaction that moves the cursor, so its effect is there once. */
  readonly handle: (tx: Writer, fact: LoggedFact) => Promise<void>
  /** In place of `handle`: the facts of one transaction together, at least one. */
  readonly handleAll?: (tx: Writer, facts: readonly LoggedFact[]) => Promise<void>
}

/** Declares a subscription. */
export function subscribe(subscription: Subscription): Subscription {
  if (!/^[a-z][a-z0-9.-]*$/.test(subscription.name) || subscription.types.length === 0)
    throw new Error(`a subscription needs a name and kinds of facts: ${subscription.name}`)
  return subscription
}

/** A handler that could not take a fact; it stays before it until it can. */
export interface SubscriptionFailure {
  readonly name: string
  readonly index: number
  readonly code: string
  readonly error: unknown
}

export interface RunOptions {
  readonly onFailure?: (failure: SubscriptionFailure) => void
  /** The time of the handlers' transactions, for the demonstration loader. */
  readonly at?: Date
}

/** Entries looked at in one transaction. */
const BATCH = 200

/**
 * Brings each subscription to the end of the log, or to the fact that its handler fails on; others go on. Returns how
 * many facts were handled.
 */
export async function runSubscriptions(
  database: Database,
  programme: string,
  subscriptions: readonly Subscription[],
  options: RunOptions = {},
): Promise<number> {
  let handled = 0
  for (const subscription of subscriptions)
    handled += await runOne(database, programme, subscription, options)
  return handled
}

async function runOne(
  database: Database,
  programme: string,
  subscription: Subscription,
  options: RunOptions,
): Promise<number> {
  const scope: Scope = { programme, actor: 'system', ...(options.at ? { at: options.at } : {}) }
  let [handled, batch] = [0, BATCH]
  for (;;) {
    const step = await advance(database, scope, subscription, batch)
    if (step.failed && batch === 1) {
      await noteFailure(database, scope, step.failed)
      options.onFailure?.(step.failed)
      return handled
    }
    // a failure undoes its whole batch: one by one, those before it are done and it is found
    batch = step.failed ? 1 : batch
    handled += step.handled
    if (step.atEnd) return handled
  }
}

interface Step {
  readonly handled: number
  readonly atEnd: boolean
  readonly failed?: SubscriptionFailure
}

/** One transaction: from the cursor over at most `batch` entries. */
async function advance(
  database: Database,
  scope: Scope,
  subscription: Subscription,
  batch: number,
): Promise<Step> {
  let current: LoggedFact | undefined
  try {
    const result = await database.write<Step>(scope, async tx => {
      const [{ next, size }] = await Promise.all([lockCursor(tx, subscription.name), unhurried(tx)])
      const end = Math.min(next + batch, size)
      const facts = end > next ? await factsBetween(tx, next, end, subscription.types) : []
      current = facts[0]
      if (subscription.handleAll && facts.length > 0) await subscription.handleAll(tx, facts)
      else for (current of facts) await subscription.handle(tx, current)
      if (end > next) await moveCursor(tx, subscription.name, end)
      return ok({ handled: facts.length, atEnd: end >= size })
    })
    if (result.ok) return result.value
    throw new Refused(result.code, result.params)
  } catch (error) {
    if (!current) throw error
    const failed = { name: subscription.name, index: current.index, code: codeOf(error), error }
    return { handled: 0, atEnd: false, failed }
  }
}

/**
 * Whoever follows waits for no disk: what a crash takes back is done again, cursor and effect, and whatever is told of it
 * later is written after it.
 */
const unhurried = (tx: Writer) => tx.query('set local synchronous_commit = off')

async function lockCursor(tx: Writer, name: string): Promise<{ next: number; size: number }> {
  const lock = () =>
    tx.query<{ next_index: number }>(
      'select next_index from subscription where programme_id = $1 and name = $2 for update',
      [tx.programme, name],
      'subscription-lock',
    )
  let [cursor] = await lock()
  if (!cursor) {
    await tx.query('insert into subscription (programme_id, name) values ($1, $2) on conflict do nothing', [
      tx.programme,
      name,
    ])
    cursor = (await lock())[0]
  }
  const [log] = await tx.query<{ size: number }>(
    'select size from log where programme_id = $1',
    [tx.programme],
    'log-size',
  )
  return { next: cursor?.next_index ?? 0, size: log?.size ?? 0 }
}

const moveCursor = (tx: Writer, name: string, next: number) =>
  tx.query(
    `update subscription set next_index = $3, failed_at = null, failed_index = null, last_error_code = null
     where programme_id = $1 and name = $2`,
    [tx.programme, name, next],
    'subscription-move',
  )

/** What kind of failure it was: never its message, which may hold personal values. */
function codeOf(error: unknown): string {
  if (error instanceof Refused) return error.refusal.code
  const { code, name } = error as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown'
}

async function noteFailure(database: Database, scope: Scope, { name, index, code }: SubscriptionFailure) {
  await database.write(scope, async tx =>
    ok(
      await tx.query(
        `update subscription set failed_at = $3, failed_index = $4, last_error_code = $5
         where programme_id = $1 and name = $2 and next_index <= $4`,
        [tx.programme, name, tx.at, index, code],
      ),
    ),
  )
}

export interface SubscriptionsConfig {
  /** Under the role `batch`. */
  readonly database: Database
  readonly programmes: Programmes
  readonly subscriptions: readonly Subscription[]
  readonly signal: AbortSignal
  readonly onFailure?: (programme: string, failure: SubscriptionFailure) => void
  readonly onError?: (programme: string, error: unknown) => void
}

const POLL_MS = 500
/** A failing handler is tried again this often, and holds up nobody else. */
const AFTER_FAILURE_MS = 10_000

/** Runs the subscriptions of the programmes until stopped, each on its own; any number of processes may do so. */
export function startSubscriptions(config: SubscriptionsConfig): { readonly stopped: Promise<void> } {
  const follows = (programme: string) =>
    Promise.all(config.subscriptions.map(subscription => follow(config, programme, subscription)))
  return { stopped: forEachProgramme(config, follows) }
}

async function follow(
  config: SubscriptionsConfig,
  programme: string,
  subscription: Subscription,
): Promise<void> {
  const { database, signal } = config
  while (!signal.aborted) {
    const seen = factsSequenced.count(programme)
    let failed = false
    const onFailure = (failure: SubscriptionFailure) => {
      failed = true
      config.onFailure?.(programme, failure)
    }
    try {
      await runOne(database, programme, subscription, { onFailure })
    } catch (error) {
      failed = true
      config.onError?.(programme, error)
    }
    if (failed)
      await factsSequenced.wait(programme, factsSequenced.count(programme), AFTER_FAILURE_MS, signal)
    else await factsSequenced.wait(programme, seen, POLL_MS, signal)
  }
}
