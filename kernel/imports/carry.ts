import type { Database, Scope, Writer } from '../database/database.ts'
import { must, ok, Refused, refuse } from '../result/result.ts'
import type { Fault } from './columns.ts'

/** Where a run stands. */
export interface Run {
  readonly id: string
  readonly done: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly bad: number
}

export interface PlacedFault extends Fault {
  /** Default the only one. */
  readonly sheet?: string
  /** The row, as a spreadsheet counts. */
  readonly number: number
}

export interface Outcome {
  readonly added: number
  readonly changed?: number
  readonly unchanged: number
  readonly bad: number
  readonly faults: readonly PlacedFault[]
}

/** So much as goes in together with its checkpoint. The same run must find the same steps again. */
export interface Step {
  /** Good and bad ones. */
  readonly records: number
  /** 0–100 of the file, when this is done. */
  readonly percent: number
  write(tx: Writer, onSent: () => void): Promise<Outcome>
}

export interface CarryOptions {
  /** Stops between two steps by throwing its reason; the next run goes on from there. */
  readonly signal?: AbortSignal | undefined
  readonly onStep?: (run: Run, step: Step) => void
  /** Writes each step, learns what comes of it, and takes it back. */
  readonly dryRun?: boolean
}

/**
 * Carries a run through its steps, each in one transaction with its faults and the checkpoint, reading one ahead while
 * the one before is written. Throws what a step throws, and `Refused('import.taken_over')`.
 */
export async function carry(
  database: Database,
  scope: Scope,
  start: Run,
  steps: AsyncIterable<Step>,
  { signal, onStep, dryRun = false }: CarryOptions,
): Promise<Run> {
  let writing = Promise.resolve(start)
  try {
    for await (const step of steps) {
      const before = await writing
      signal?.throwIfAborted()
      const sent = Promise.withResolvers<void>()
      const write = dryRun ? tryStep : writeStep
      writing = write(database, scope, before, step, sent.resolve)
        .then(run => {
          onStep?.(run, step)
          return run
        })
        .finally(sent.resolve)
      // awaited with the next step; until then its failure is nobody's
      writing.catch(() => undefined)
      // reading sooner would hold up the statement that is to run meanwhile
      await sent.promise
    }
  } catch (error) {
    // nothing goes on being written once we have answered
    await writing.catch(() => undefined)
    throw error
  }
  return writing
}

const writeStep = (
  database: Database,
  scope: Scope,
  before: Run,
  step: Step,
  onSent: () => void,
): Promise<Run> =>
  database
    .write<Run>(scope, async tx => ok(await note(tx, before, step, await step.write(tx, onSent))))
    .then(must)

/** Takes a transaction back; nobody is told. */
const TRIED = 'import.tried'

/** What is recorded with a transaction's end cannot be taken back inside it: so the trial is a transaction of its own. */
async function tryStep(
  database: Database,
  scope: Scope,
  before: Run,
  step: Step,
  onSent: () => void,
): Promise<Run> {
  let outcome: Outcome | undefined
  const tried = await database.write(scope, async tx => {
    outcome = await step.write(tx, onSent)
    return refuse(TRIED)
  })
  if (!outcome) throw new Refused(tried.ok ? TRIED : tried.code, tried.ok ? {} : tried.params)
  const found = outcome
  return database.write<Run>(scope, async tx => ok(await note(tx, before, step, found))).then(must)
}

async function note(tx: Writer, before: Run, step: Step, outcome: Outcome): Promise<Run> {
  const after = {
    id: before.id,
    done: before.done + step.records,
    added: before.added + outcome.added,
    changed: before.changed + (outcome.changed ?? 0),
    unchanged: before.unchanged + outcome.unchanged,
    bad: before.bad + outcome.bad,
  }
  await checkpoint(tx, before, after, step.percent)
  await writeFaults(tx, before.id, outcome.faults)
  return after
}

/** Of two faults of one cell the first is told. */
async function writeFaults(tx: Writer, run: string, faults: readonly PlacedFault[]): Promise<void> {
  if (faults.length === 0) return
  await tx.query(
    `insert into import_fault (programme_id, run_id, sheet, row_number, "column", code, params, excerpt)
     select $1, $2, * from unnest($3::text[], $4::bigint[], $5::text[], $6::text[], $7::jsonb[], $8::text[])
     on conflict do nothing`,
    [
      tx.programme,
      run,
      faults.map(fault => fault.sheet ?? ''),
      faults.map(fault => fault.number),
      faults.map(fault => fault.column),
      faults.map(fault => fault.code),
      faults.map(fault => JSON.stringify(fault.params)),
      faults.map(fault => fault.excerpt),
    ],
    'import-faults',
  )
}

/** Moves the run from where we found it; of two processes at the same step one is rolled back here. */
async function checkpoint(tx: Writer, before: Run, after: Run, percent: number): Promise<void> {
  const moved = await tx.query(
    `update import_run set rows_done = $4, rows_added = $5, rows_changed = $6, rows_unchanged = $7, rows_bad = $8,
       percent = $9
     where programme_id = $1 and id = $2 and rows_done = $3 and state = 'running' returning 1`,
    [
      tx.programme,
      before.id,
      before.done,
      after.done,
      after.added,
      after.changed,
      after.unchanged,
      after.bad,
      percent,
    ],
    'import-checkpoint',
  )
  if (moved.length === 0) throw new Refused('import.taken_over', { run: before.id })
}
