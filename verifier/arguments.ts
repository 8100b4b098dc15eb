import { parseArgs } from 'node:util'
import { type Language, languages } from './messages.ts'

/** The arguments of one command, checked for presence and sense. */
export interface Arguments {
  readonly command: 'audit' | 'proof'
  readonly target: string
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
  lang: { type: 'string', default: 'zh' },
} as const

/** Read the command line; `undefined` for anything that is not exactly one known command. */
export function readArguments(args: readonly string[]): Arguments | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [command, target, ...more] = positionals
    const { vkey, policy, old, entry, 'max-age': age } = values
    const language = languages.find(known => known === values.lang)
    if (command !== 'audit' && command !== 'proof') return undefined
    if (!target || more.length > 0 || !language || Boolean(vkey) === Boolean(policy)) return undefined
    if (age !== undefined && (!policy || !/^[1-9]\d{0,8}$/.test(age))) return undefined
    const maxAge = age === undefined ? undefined : Number(age)
    if (command === 'audit' ? entry !== undefined : old !== undefined) return undefined
    return { command, target, vkey, policy, maxAge, old, entry, language }
  } catch {
    return undefined
  }
}
