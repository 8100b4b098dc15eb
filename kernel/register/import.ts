import type { Database, Scope } from '../database/database.ts'
import type { Language, Words } from '../declared/words.ts'
import { type FileKit, gather, MOST_SHEET_BYTES, readFileBytes, storeFile } from '../files/store.ts'
import { carry, type Run } from '../imports/carry.ts'
import { must, ok, Refused } from '../result/result.ts'
import { openSheets, type SheetFile } from '../sheets/read.ts'
import type { Register } from './define.ts'
import { answerWorkbook } from './import-answer.ts'
import { partLines } from './import-parts.ts'
import { planSheets, type SheetPlan } from './import-plan.ts'
import { beginRun, endRun, faultsOf, type RunEnd, type SheetFault, type WaitingRun } from './import-run.ts'
import { stepsOf } from './import-steps.ts'
import { UnitReader } from './import-units.ts'
import type { TakeIn } from './intake.ts'
import type { RegisterRouteKit } from './kit.ts'
import { Overtaken } from './write.ts'

export interface ImportKit extends RegisterRouteKit {
  readonly files: FileKit
}

export interface ImportOptions {
  /** Of the reasons in the answer workbook; default zh. */
  readonly language?: Language
  readonly onProgress?: (run: Run, percent: number) => void
  /** Nobody will try again: whatever goes wrong ends the run. */
  readonly isLast?: boolean
  /** Who keeps its rows; default the register itself. */
  readonly takeIn?: TakeIn | undefined
  /** Stops between two steps by throwing its reason; the next call goes on from there. */
  readonly signal?: AbortSignal
}

/**
 * Carries a run of a register's import to its end: good rows, each with its parts, go in, bad ones are reported as a
 * whole in `import_fault` and marked in an answer workbook. Cut off anywhere, the next call goes on after the last step
 * that was kept; after the end it does nothing. A file that is refused as a whole (`sheet.damaged`,
 * `file.archive_refused`, `import.empty`, `.columns_missing` {columns}, `.column_twice` {column}, `.quote_open` {row})
 * ends the run as refused; so does what no trying again mends (`import.overtaken`, where others' rows stand in the way
 * each time, and `import.failed` at the last attempt). Throws `Refused('import.taken_over')` where another process is at it.
 */
export async function performImport(
  kit: ImportKit,
  scope: Scope,
  register: Register,
  words: Words,
  id: string,
  options: ImportOptions = {},
): Promise<void> {
  const run = await kit.app.write(scope, async tx => ok(await beginRun(tx, id))).then(must)
  if (!run) return
  // rows are written on behalf of whoever asked, whoever's hands do it
  const theirs = { ...scope, actor: run.actor, ...(run.holder === null ? {} : { holder: run.holder }) }
  const end = await carried(kit, theirs, register, words, run, options).catch(endOf(options))
  await kit.app.write(theirs, async tx => ok(await endRun(tx, id, end)))
}

/** What was refused will be refused again: the run ends. After another error it waits to be resumed, if anybody does. */
const endOf =
  ({ isLast = false, signal }: ImportOptions) =>
  (error: unknown): RunEnd => {
    if (error instanceof Overtaken) return { refused: 'import.overtaken' }
    if (error instanceof Refused && error.refusal.code !== 'import.taken_over')
      return { refused: error.refusal.code, params: error.refusal.params }
    if (!isLast || error instanceof Refused || signal?.aborted) throw error
    return { refused: 'import.failed' }
  }

async function carried(
  kit: ImportKit,
  scope: Scope,
  register: Register,
  words: Words,
  run: WaitingRun,
  { language = 'zh', onProgress, signal, takeIn }: ImportOptions,
): Promise<RunEnd> {
  const { bytes } = must(await kit.app.read(scope, tx => readFileBytes(tx, kit.files, run.file)))
  const file = await openSheets(bytes)
  try {
    const plans = await planSheets(file, register, words)
    const lines = await partLines(file, plans, register.key)
    const reader = new UnitReader(file, register, words, plans, lines)
    const steps = stepsOf(kit, register, run.reach, reader, run.done, takeIn)
    const end = await carry(kit.app, scope, run, steps, {
      signal,
      dryRun: run.dryRun,
      onStep: (done, { percent }) => onProgress?.(done, percent),
    })
    const answer =
      end.bad > 0
        ? await keepAnswer(kit, scope, { run: run.id, file, plans, register, words, language })
        : undefined
    return { answer }
  } finally {
    file.close()
  }
}

interface Answering {
  readonly run: string
  readonly file: SheetFile
  readonly plans: readonly SheetPlan[]
  readonly register: Register
  readonly words: Words
  readonly language: Language
}

async function keepAnswer(
  kit: ImportKit,
  scope: Scope,
  { run, file, plans, register, words, language }: Answering,
): Promise<string | undefined> {
  const faults = (sheet: string) => faultsIn(kit.app, scope, run, sheet)
  const workbook = await answerWorkbook({ file, plans, faults, register: register.name, words, language })
  const content = await gather(workbook, MOST_SHEET_BYTES)
  // larger than anyone may send is larger than anyone opens: the faults stand in the run
  if (content === undefined) return undefined
  const stored = await kit.app.write(scope, tx =>
    storeFile(tx, kit.files, {
      ...{ content, most: MOST_SHEET_BYTES, name: `${register.name}.xlsx`, kind: 'answer' },
      ...{ retentionClass: 'passing', uploadedBy: scope.actor, encrypt: true },
    }),
  )
  return must(stored).id
}

const PAGE = 1000

async function* faultsIn(
  database: Database,
  scope: Scope,
  run: string,
  sheet: string,
): AsyncGenerator<SheetFault> {
  let after = { row: 0, column: '' }
  for (;;) {
    const page = await database.read(scope, tx => faultsOf(tx, run, { sheet, after, limit: PAGE }))
    yield* page
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    after = { row: last.row, column: last.column }
  }
}
