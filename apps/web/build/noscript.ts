import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** Whoever has no scripts reads so, in both languages, on either entry. */
export const noscript: Plugin = {
  name: 'noscript',
  transformIndexHtml: () => [
    {
      tag: 'noscript',
      children: (['zh', 'en'] as const).map(language => ({
        tag: 'p',
        attrs: { lang: language === 'zh' ? 'zh-CN' : language },
        children: sentenceIn(language),
      })),
      injectTo: 'body-prepend',
    },
  ],
}

function sentenceIn(language: string): string {
  const file = join(import.meta.dirname, '../src/messages', language, 'common.json')
  const words = JSON.parse(readFileSync(file, 'utf8')) as { noscript: string }
  return words.noscript
}
