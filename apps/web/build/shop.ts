import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin, Rolldown } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { iconPng, iconSvg } from './shop-icons.ts'

const root = join(import.meta.dirname, '..')

/** Files of the shop alone: whoever installs it does not fetch the desks. */
const shopFiles = new Set<string>()

/** Parts that the first page needs and that a browser would else find one after the other. */
const firstNeeded = [
  'messages/zh/front.json',
  'messages/zh/common.json',
  'messages/zh/terms.json',
  'shop/home/pages.ts',
]

/** The shop's manifest and icons, and the list of what belongs to it. */
const front: Plugin = {
  name: 'shop-front',
  apply: 'build',
  generateBundle(_, bundle) {
    const emit = (fileName: string, source: string | Buffer) =>
      this.emitFile({ type: 'asset', fileName, source })
    emit('shop.webmanifest', JSON.stringify(manifest()))
    emit('shop.svg', iconSvg)
    for (const side of [180, 192, 512]) emit(`shop-${side}.png`, iconPng(side))
    for (const file of filesOf(bundle)) shopFiles.add(file)
  },
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle = {}, filename }) =>
      filename.endsWith('shop.html')
        ? neededFirst(bundle)
            .filter(file => !html.includes(`/${file}"`))
            .map(file => ({ tag: 'link', attrs: linkTo(file), injectTo: 'head' as const }))
        : [],
  },
}

const linkTo = (file: string) =>
  file.endsWith('.css')
    ? { rel: 'stylesheet', crossorigin: true, href: `/${file}` }
    : { rel: 'modulepreload', crossorigin: true, href: `/${file}` }

/** Scripts and styles of the first page's parts, with what they import. */
function neededFirst(bundle: Rolldown.OutputBundle): string[] {
  const files = new Set<string>()
  const follow = (chunk: Rolldown.OutputChunk) => {
    if (files.has(chunk.fileName)) return
    files.add(chunk.fileName)
    for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style)
    for (const next of chunk.imports) {
      const file = bundle[next]
      if (file?.type === 'chunk') follow(file)
    }
  }
  for (const part of firstNeeded)
    for (const chunk of chunksOf(bundle)) if (chunk.moduleIds.some(id => id.endsWith(part))) follow(chunk)
  return [...files]
}

const chunksOf = (bundle: Rolldown.OutputBundle): Rolldown.OutputChunk[] =>
  Object.values(bundle).filter(file => file.type === 'chunk')

/** What the shop's entry leads to. Words are followed by name: every language's are reached from one list. */
function filesOf(bundle: Rolldown.OutputBundle): Set<string> {
  const found = new Set<string>()
  const follow = (fileName: string) => {
    const chunk = bundle[fileName]
    if (found.has(fileName) || chunk?.type !== 'chunk' || !isShops(chunk)) return
    found.add(fileName)
    for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style)
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) follow(next)
  }
  for (const { fileName, facadeModuleId } of chunksOf(bundle))
    if (facadeModuleId?.endsWith('shop.html')) follow(fileName)
  return found
}

const words = new Set(['front', 'find', 'goods', 'checkout', 'mine', 'common', 'error', 'terms'])
const isShops = ({ moduleIds }: Rolldown.OutputChunk): boolean =>
  moduleIds.every(id => {
    const named = /\/messages\/\w+\/([\w-]+)\.json/.exec(id)
    return named ? words.has(named[1]!) : !/\/declared\/|virtual:province\//.test(id)
  })

function manifest(): object {
  const path = join(root, 'src/messages/zh/front.json')
  const { 'app.name': name, 'app.short': short } = JSON.parse(readFileSync(path, 'utf8'))
  return {
    ...{ id: '/s/', name, short_name: short, lang: 'zh-CN', start_url: '/s/', scope: '/s/' },
    ...{ display: 'standalone', theme_color: '#c2410c', background_color: '#fff8ec' },
    icons: [
      { src: '/shop.svg', sizes: 'any', type: 'image/svg+xml' },
      ...[192, 512].map(side => ({
        ...{ src: `/shop-${side}.png`, sizes: `${side}x${side}`, type: 'image/png', purpose: 'any maskable' },
      })),
    ],
  }
}

/**
 * The shop's service worker: its own files are kept, pictures once seen, and no answer of the API: a price or an order
 * told from a store would be a lie. What a broken line may need, the cart and the draft, the pages keep themselves.
 */
const worker = VitePWA({
  strategies: 'generateSW',
  filename: 'shop-worker.js',
  manifest: false,
  injectRegister: false,
  workbox: {
    globPatterns: ['shop.html', 'assets/*.{js,css}', 'shop*.{svg,png}'],
    manifestTransforms: [
      entries => ({
        manifest: entries.filter(({ url }) => !url.startsWith('assets/') || shopFiles.has(url)),
        warnings: [],
      }),
    ],
    navigateFallback: '/shop.html',
    navigateFallbackAllowlist: [/^\/s\//],
    cleanupOutdatedCaches: true,
    inlineWorkboxRuntime: true,
    dontCacheBustURLsMatching: /^assets\//,
    runtimeCaching: [
      {
        urlPattern: ({ request, sameOrigin }) => sameOrigin && request.destination === 'image',
        handler: 'CacheFirst',
        options: { cacheName: 'pictures', expiration: { maxEntries: 300, purgeOnQuotaError: true } },
      },
    ],
  },
})

export const shop: Plugin[] = [front, ...worker]
