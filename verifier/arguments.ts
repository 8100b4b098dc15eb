import { parseArgs } from 'node:util'
import { type Language, languages } from './messages.ts'

/** The arguments of one command, checked for presence and sense. */
export interface Arguments {
  readonly command: 'audit' | 'proof'
  readonly target: string
  readonly vkey: string
  readonly old: string | undefined
  readonly entry: string | undefined
  readonly language: Language
}

const options = {
  vkey: { type: 'string' },
  old: { type: 'string' },
  entry: { type: 'string' },
  lang: { type: 'string', default: 'zh' },
} as const

/** Read the command line; `undefined` for anything that is not exactly one known command. */
export function readArguments(args: readonly string[]): Arguments | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [command, target, ...more] = positionals
    const { vkey, old, entry } = values
    const language = languages.find(known => known === values.lang)
    if (command !== 'audit' && command !== 'proof') return undefined
    if (!target || more.length > 0 || !vkey || !language) return undefined
    if (command === 'audit' ? entry !== undefined : old !== undefined) return undefined
    return { command, target, vkey, old, entry, language }
  } catch {
    return undefined
  }
}
