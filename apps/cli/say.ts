import { messages } from './messages.ts'

export type Params = Readonly<Record<string, string | number>>

/** A message in each of its languages, with its values in place. */
export const told = (message: readonly [string, string], params: Params): string[] =>
  message.map(text => text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '')))

/** A line for whoever runs the command: Chinese and English, because servers' terminals have no setting for it. */
export function say(key: keyof typeof messages, params: Params = {}): void {
  process.stdout.write(`${told(messages[key], params).join(key.endsWith('usage') ? '\n' : '  ')}\n`)
}
