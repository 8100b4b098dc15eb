import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const messages = join(import.meta.dirname, '../../../chains/messages')

/** `virtual:titles`: what every declaration is called in each language, without its other words. */
export const titles: Plugin = {
  name: 'titles',
  resolveId: id => (id === 'virtual:titles' ? `\0${id}` : undefined),
  load(id) {
    if (id !== '\0virtual:titles') return undefined
    return `export default ${JSON.stringify(Object.fromEntries(['zh', 'en'].map(language => [language, titlesIn(language)])))}`
  },
}

const titlesIn = (language: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(messages, language))
      .filter(file => file.endsWith('.json'))
      .flatMap(file => {
        const words = JSON.parse(readFileSync(join(messages, language, file), 'utf8')) as { title?: string }
        return words.title === undefined ? [] : [[file.replace('.json', ''), words.title]]
      }),
  )
