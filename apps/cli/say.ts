import { messages } from './messages.ts'

/** A line for whoever runs the command: Chinese and English, because servers' terminals have no setting for it. */
export function say(
  key: keyof typeof messages,
  params: Readonly<Record<string, string | number>> = {},
): void {
  const line = messages[key]
    .map(text => text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '')))
    .join(key.endsWith('usage') ? '\n' : '  ')
  process.stdout.write(`${line}\n`)
}
