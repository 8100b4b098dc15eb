import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const src = import.meta.dirname
const repository = join(src, '../../..')

type Messages = Record<string, string>

const filesIn = (folder: string, wanted: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => wanted.test(path) && !/node_modules|dist\//.test(path))
    .map(path => join(folder, path))

const namespaces = readdirSync(join(src, 'messages/zh')).map(name => name.replace('.json', ''))

const messagesOf = (language: 'zh' | 'en', namespace: string): Messages =>
  readMessages(join(src, 'messages', language, `${namespace}.json`))

const readMessages = (path: string): Messages => JSON.parse(readFileSync(path, 'utf8'))

/** Keys without the plural forms, which differ between languages. */
const baseKeys = (messages: Messages): string[] =>
  [...new Set(Object.keys(messages).map(key => key.replace(/_(zero|one|two|few|many|other)$/, '')))].sort()

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name!).sort()

const sources = filesIn(src, /\.(ts|tsx|css)$/).filter(path => !path.endsWith('.test.ts'))

describe('message files', () => {
  it.each(namespaces)('%s has the same keys in both languages', namespace => {
    expect(baseKeys(messagesOf('en', namespace))).toEqual(baseKeys(messagesOf('zh', namespace)))
  })

  it('has the same namespaces in both languages', () => {
    expect(readdirSync(join(src, 'messages/en')).map(name => name.replace('.json', ''))).toEqual(namespaces)
  })

  it('leaves no message empty', () => {
    for (const namespace of namespaces)
      for (const language of ['zh', 'en'] as const)
        for (const [key, text] of Object.entries(messagesOf(language, namespace)))
          expect(text.trim(), `${language}/${namespace} ${key}`).not.toBe('')
  })

  it('names the same values in both languages, but for words of the vocabulary', () => {
    const words = new Set(baseKeys(messagesOf('zh', 'terms')).map(key => key.replace(/^\w+\./, '')))
    for (const namespace of namespaces) {
      const [zh, en] = [messagesOf('zh', namespace), messagesOf('en', namespace)]
      for (const [key, text] of Object.entries(zh)) {
        const english = en[key] ?? en[`${key}_other`]!
        const own = (message: string) =>
          placeholders(message).filter(name => !words.has(name) && name !== 'count')
        expect(own(english), `${namespace} ${key}`).toEqual(own(text))
      }
    }
  })

  it('has every word in both vocabularies', () => {
    const keys = Object.keys(messagesOf('zh', 'terms'))
    const of = (vocabulary: string) =>
      keys.filter(key => key.startsWith(`${vocabulary}.`)).map(key => key.slice(vocabulary.length + 1))
    expect(of('historic')).toEqual(of('current'))
    expect(of('current')).toContain('help')
  })
})

describe('sources', () => {
  it('hold no text of their own: nothing Chinese outside the message files', () => {
    const pages = ['index.html', 'shop.html'].map(page => join(src, '..', page))
    const strays = [...sources, ...pages].filter(path =>
      /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/.test(read(path)),
    )
    expect(strays.map(path => relative(src, path))).toEqual([])
  })

  it('hold no text of their own: no English between tags or in labels', () => {
    const strays = sources
      .filter(path => path.endsWith('.tsx'))
      .flatMap(path => [
        ...read(path).matchAll(/^\s*[A-Z][a-z]+(?: [a-z]+)+[.!?]?$/gm),
        ...read(path).matchAll(/\b(?:aria-label|title|placeholder|alt)="[^"]+"/g),
      ])
    expect(strays.map(([text]) => text)).toEqual([])
  })

  it('name only messages that exist', () => {
    const known = new Set(namespaces.flatMap(namespace => baseKeys(messagesOf('zh', namespace))))
    const named = sources.flatMap(path =>
      [...read(path).matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => ({
        path: relative(src, path),
        key: key!,
      })),
    )
    expect(named.length).toBeGreaterThan(100)
    expect(named.filter(({ key }) => !known.has(key))).toEqual([])
  })

  it('name messages by parts that lead to at least one', () => {
    const declared = filesIn(join(repository, 'chains/messages/zh'), /\.json$/).map(readMessages)
    const known = [...namespaces.map(name => messagesOf('zh', name)), ...declared].flatMap(baseKeys)
    const stems = sources.flatMap(path =>
      [...read(path).matchAll(/\bt\(\s*`([^`$]+)\$\{/g)].map(([, stem]) => stem!),
    )
    expect(stems.filter(stem => !known.some(key => key.startsWith(stem)))).toEqual([])
  })
})

describe('the shop', () => {
  // those of the first page, wherever one begins
  const always = ['common', 'front']

  const shop = sources
    .filter(path => path.startsWith(join(src, 'shop/')))
    .map(path => {
      const text = read(path)
      const lists = [...text.matchAll(/\buseTranslation\(([^)]*)\)/g)].map(([, asked]) => asked!)
      const loaded = lists.flatMap(asked => [...asked.matchAll(/'([^']+)'/g)].map(([, one]) => one!))
      return {
        path: relative(src, path),
        text,
        loads: lists.length > 0,
        loaded: new Set([...always, ...loaded]),
      }
    })

  it('takes words of another namespace only where it has asked for them', () => {
    const strays = shop.flatMap(({ path, text, loaded }) =>
      [...text.matchAll(/\bns: '([^']+)'/g)]
        .filter(([, ns]) => !loaded.has(ns!))
        .map(([, ns]) => `${path} ${ns}`),
    )
    expect(strays).toEqual([])
  })

  it('says only what its namespaces hold', () => {
    const said = shop
      .filter(({ loads }) => loads)
      .flatMap(({ path, text, loaded }) => {
        const known = [...loaded].flatMap(ns => baseKeys(messagesOf('zh', ns)))
        const whole = [...text.matchAll(/\bt\(\s*'([^']+)'/g)].filter(([, key]) => !known.includes(key!))
        const begun = [...text.matchAll(/\bt\(\s*`([^`$]+)\$\{/g)].filter(
          ([, stem]) => !known.some(key => key.startsWith(stem!)),
        )
        return [...whole, ...begun].map(([, key]) => `${path} ${key}`)
      })
    expect(said).toEqual([])
  })
})

describe('errors', () => {
  it('has words for every code that the server refuses with', () => {
    // a declaration's own refusals have their words beside it
    const declared = filesIn(join(repository, 'chains/messages/zh'), /\.json$/)
    const known = new Set([messagesOf('zh', 'error'), ...declared.map(readMessages)].flatMap(Object.keys))
    expect([...codesOfServer()].filter(code => !known.has(`error.${code}`)).sort()).toEqual([])
  })

  it('has words for every fault that a declaration finds by its own rules', () => {
    const own = filesIn(join(repository, 'chains/messages/zh'), /\.json$/).map(readMessages)
    const known = new Set(own.flatMap(Object.keys))
    const names = new Set(
      filesIn(join(repository, 'chains/messages/zh'), /\.json$/).map(path => basename(path, '.json')),
    )
    const found = filesIn(join(repository, 'chains'), /\.ts$/)
      .filter(path => !path.endsWith('.test.ts'))
      .flatMap(path => [...read(path).matchAll(/\bfault\([^;]{0,120}?'(([a-z_]+)\.[a-z_]+)'/g)])
      .filter(([, , name]) => names.has(name!))
    expect(found.length).toBeGreaterThan(5)
    expect([...new Set(found.map(([, code]) => code!))].filter(code => !known.has(`error.${code}`))).toEqual(
      [],
    )
  })

  it('says what to do next: each is a sentence, but for those about one cell of a sheet', () => {
    for (const [key, text] of Object.entries(messagesOf('zh', 'error')))
      if (!key.startsWith('error.cell.')) expect(text, key).toMatch(/。$/)
  })
})

function codesOfServer(): Set<string> {
  const folders = ['kernel', 'chains', 'apps/server'].map(name => join(repository, name))
  const files = folders
    .flatMap(folder => filesIn(folder, /\.ts$/))
    .filter(path => !/\.test\.ts$|\/test-[a-z]+\.ts$|\/testing\/|\/fixtures\//.test(path))
  const call = /\b(?:refuse|Refused)\(\s*'([a-z_]+\.[a-z_]+)'/g
  const answer = /\bproblemFrom\(\s*\d+,\s*'([a-z_]+\.[a-z_]+)'/g
  const found = files.flatMap(path => [...read(path).matchAll(call), ...read(path).matchAll(answer)])
  return new Set(found.map(([, code]) => code!))
}

function read(path: string): string {
  return readFileSync(path, 'utf8')
}
