import { fill, type Language, type Words } from '../declared/words.ts'
import type { NotificationRow } from './tables.ts'

/**
 * What a notification says, from `notification.json` (by its kind) and the words of its process. Ids and codes only go
 * in; who or what a case is about is read where the reader is signed in.
 */
export function textOf(
  words: Words,
  language: Language,
  { kind, process, params }: Pick<NotificationRow, 'kind' | 'process' | 'params'>,
): { subject: string; text: string } {
  const own = process ?? 'process'
  const said: Record<string, string> = {
    ...params,
    process: words.say(language, own, 'title'),
    ...(params.state ? { state: sayState(words, language, own, params.state) } : {}),
    ...(params.column ? { column: words.say(language, own, `column.${params.column}`) } : {}),
  }
  const say = (key: string) => fill(words.say(language, 'notification', key), said)
  return { subject: say(`${kind}.subject`), text: say(kind) }
}

/** A state's word: the process's own, or the one that all share. */
function sayState(words: Words, language: Language, process: string, state: string): string {
  const key = `state.${state}`
  return words.of(language, process)[key] ?? words.say(language, 'process', key)
}
