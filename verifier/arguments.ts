import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type Language, languages } from './messages.ts'
import { readDecimal } from './metric.ts'
import { isMonth } from './period.ts'

const commands = ['audit', 'proof', 'split', 'total'] as const
export type Command = (typeof commands)[number]

/** The arguments of one command, checked for presence and sense. */
export interface Arguments {
  readonly command: Command
  readonly target: string
  /** Of `total`: all its logs, and which figure is added up. */
  readonly targets: readonly string[]
  readonly metric: string | undefined
  readonly month: string | undefined
  /** Of `total`: what it must come to. */
  readonly sum: string | undefined
  /** Of `split`: the other receipt. */
  readonly other: string | undefined
  /** Of `split`: where the log may be read. */
  readonly log: string | undefined
  /** One of them says whom to believe: a log's key, or a policy with its witnesses. */
  readonly vkey: string | undefined
  readonly policy: string | undefined
  /** Seconds that the cosignatures of a policy may be old. */
  readonly maxAge: number | undefined
  readonly old: string | undefined
  readonly entry: string | undefined
  readonly language: Language
}

const options = {
  vkey: { type: 'string' },
  policy: { type: 'string' },
  'max-age': { type: 'string' },
  old: { type: 'string' },
  entry: { type: 'string' },
  log: { type: 'string' },
  metric: { type: 'string' },
  month: { type: 'string' },
  sum: { type: 'string' },
  lang: { type: 'string', default: 'zh' },
} as const

type Options = NonNullable<ParseArgsConfig['options']>

/** Options and positional words of a command line; `undefined` where an option is unknown or lacks its value. */
export function splitArguments<const T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch {
    return undefined
  }
}

/** Read the command line; `undefined` for anything that is not exactly one known command. */
export function readArguments(args: readonly string[]): Arguments | undefined {
  const split = splitArguments(args, options)
  if (!split) return undefined
  const { values, positionals } = split
  const [named, target, ...more] = positionals
  const command = commands.find(known => known === named)
  const other = command === 'split' ? more.shift() : undefined
  const targets = command === 'total' ? [target ?? '', ...more.splice(0)] : []
  const { vkey, policy, old, entry, log, metric, month, sum, 'max-age': age } = values
  const language = languages.find(known => known === values.lang)
  if (!command || (command === 'split' && !other)) return undefined
  if (!target || more.length > 0 || !language || Boolean(vkey) === Boolean(policy)) return undefined
  if (age !== undefined && (!policy || !/^[1-9]\d{0,8}$/.test(age))) return undefined
  const maxAge = age === undefined ? undefined : Number(age)
  const totals = { metric: 'total', month: 'total', sum: 'total' } as const
  const owners = { old: 'audit', entry: 'proof', log: 'split', ...totals } as const
  const given = { old, entry, log, metric, month, sum }
  if (Object.entries(owners).some(([name, owner]) => given[name as keyof typeof given] && owner !== command))
    return undefined
  if (command === 'total' && (!metric || !isMonth(month ?? '') || !policy)) return undefined
  if (sum !== undefined && readDecimal(sum) === undefined) return undefined
  return {
    ...{ targets, metric, month, sum },
    command,
    target,
    other,
    log,
    vkey,
    policy,
    maxAge,
    old,
    entry,
    language,
  }
}
