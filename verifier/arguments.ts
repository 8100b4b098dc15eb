import { parseArgs } from 'node:util'
import { type Language, languages } from './messages.ts'

const commands = ['audit', 'proof', 'split'] as const
export type Command = (typeof commands)[number]

/** The arguments of one command, checked for presence and sense. */
export interface Arguments {
  readonly command: Command
  readonly target: string
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
  lang: { type: 'string', default: 'zh' },
} as const

/** Read the command line; `undefined` for anything that is not exactly one known command. */
export function readArguments(args: readonly string[]): Arguments | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [named, target, ...more] = positionals
    const command = commands.find(known => known === named)
    const other = command === 'split' ? more.shift() : undefined
    const { vkey, policy, old, entry, log, 'max-age': age } = values
    const language = languages.find(known => known === values.lang)
    if (!command || (command === 'split' && !other)) return undefined
    if (!target || more.length > 0 || !language || Boolean(vkey) === Boolean(policy)) return undefined
    if (age !== undefined && (!policy || !/^[1-9]\d{0,8}$/.test(age))) return undefined
    const maxAge = age === undefined ? undefined : Number(age)
    const owners = { old: 'audit', entry: 'proof', log: 'split' } as const
    const given = { old, entry, log }
    if (
      Object.entries(owners).some(([name, owner]) => given[name as keyof typeof given] && owner !== command)
    )
      return undefined
    return { command, target, other, log, vkey, policy, maxAge, old, entry, language }
  } catch {
    return undefined
  }
}
