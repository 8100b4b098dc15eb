import { readArguments } from './arguments.ts'
import { runAudit, runProof, runSplit } from './commands.ts'
import { exitCodes } from './exit-codes.ts'
import { ReadError } from './files.ts'
import { fill, type Language, lines } from './messages.ts'
import { runTotal } from './total-command.ts'

/** Where lines go: standard output for verdicts, standard error for misuse. */
export interface Output {
  readonly out: (line: string) => void
  readonly error: (line: string) => void
}

const runs = { audit: runAudit, proof: runProof, split: runSplit, total: runTotal } as const

/** Run the command line and give its exit code (see {@link exitCodes}). `args` are those after the program's name. */
export async function run(args: readonly string[], output: Output): Promise<number> {
  const known = readArguments(args)
  if (!known) {
    output.error(fill(lines.usage, usageLanguage(args)))
    return exitCodes.usage
  }
  try {
    return await runs[known.command](known, output.out)
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    output.error(error.message)
    return exitCodes.unread
  }
}

/** The arguments could not be read, so the language is looked for by eye. */
const usageLanguage = (args: readonly string[]): Language =>
  /--lang[ =]en\b/.test(args.join(' ')) ? 'en' : 'zh'
