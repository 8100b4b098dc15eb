import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { Once } from '@silian/chains/supply/search/once.ts'
import { framesOf } from '@silian/kernel/result/frames.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Draw, makeDraw } from '../web/src/shop/drawing.tsx'

/** A page is drawn once in so long, however many ask for it. */
const KEPT_MS = 5000
/** Of some fifteen kilobytes each. */
const MOST_KEPT = 500
/** Drawn at once: whoever asks for other pages meanwhile has the scripts draw theirs. */
const MOST_DRAWN = 2

/**
 * The shop's first pages come with everything in them, so that a phone on a slow line shows them before it has any
 * script. Whoever has chosen another language, vocabulary or print, or reads English and has chosen nothing, gets the
 * empty page, as does every fault here: the scripts fill it.
 */
export async function serveShopPages(
  app: FastifyInstance,
  web: string,
  sendEmpty: (reply: FastifyReply) => FastifyReply,
): Promise<void> {
  const drawPage = await drawer(app, web)
  if (!drawPage) return
  const pages = new Once(MOST_KEPT)
  for (const path of ['/s/:programme', '/s/:programme/', '/s/:programme/goods/:offer'])
    app.get(path, { schema: { hide: true } }, async (request, reply) => {
      if (!isUsual(request)) return sendEmpty(reply)
      const at = request.url.split('?')[0]!.replace(/\/$/, '')
      const page = await pages.of(at, KEPT_MS, () => drawPage(at)).catch(() => undefined)
      return page ? sendDrawn(reply, page) : sendEmpty(reply)
    })
}

/** Draws the page at a path, compressed; rejects where it is none that is drawn, or too many are. */
async function drawer(
  app: FastifyInstance,
  web: string,
): Promise<((path: string) => Promise<Buffer>) | undefined> {
  const drawing = join(web, 'drawing/drawing.js')
  if (!existsSync(drawing)) return undefined
  const told = (error: Error) => {
    app.log.warn({ error: error.name, stack: framesOf(error) }, 'a page of the shop cannot be drawn')
    return undefined
  }
  const draw = await drawFrom(app, drawing).catch(told)
  if (!draw) return undefined
  const empty = await readFile(join(web, 'shop.html'), 'utf8')
  let drawn = 0
  return async path => {
    if (drawn === MOST_DRAWN) throw new Error('busy')
    drawn += 1
    const page = await draw(path).catch(told)
    drawn -= 1
    if (!page) throw new Error('no page to be drawn')
    const root = `<div id="root">${page.markup}</div><script type="application/json" id="given">${page.given}</script>`
    // by a function: the words of a page may hold what a replacement takes for a sign
    const titled = empty.replace(/<title>[^<]*/, () => `<title>${escaped(page.title)}`)
    return promisify(gzip)(titled.replace('<div id="root"></div>', () => root))
  }
}

async function drawFrom(app: FastifyInstance, drawing: string): Promise<Draw> {
  const built: { makeDraw: typeof makeDraw } = await import(drawing)
  return built.makeDraw((address, init) => ask(app, String(address), init))
}

async function ask(app: FastifyInstance, url: string, init: RequestInit = {}): Promise<Response> {
  const { statusCode, body } = await app.inject({
    url,
    method: 'GET',
    headers: init.headers as Record<string, string>,
  })
  return new Response(body, { status: statusCode })
}

const escaped = (text: string): string => text.replace(/[&<>]/g, sign => `&#${sign.codePointAt(0)};`)

const isUsual = ({ headers }: FastifyRequest): boolean =>
  /\bgzip\b/.test(String(headers['accept-encoding'])) &&
  !/\bsilian\.(language=en|vocabulary=historic|print=large)\b/.test(headers.cookie ?? '') &&
  (/\bsilian\.language=zh\b/.test(headers.cookie ?? '') || !readsEnglish(headers['accept-language'] ?? ''))

/** English and no Chinese, as a browser is set: its scripts choose the same. Who says nothing reads Chinese. */
const readsEnglish = (accepted: string): boolean => /\ben\b/i.test(accepted) && !/\bzh\b/i.test(accepted)

const sendDrawn = (reply: FastifyReply, page: Buffer): FastifyReply =>
  reply
    .headers({ 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip' })
    .headers({ 'cache-control': 'no-cache', vary: 'accept-encoding, accept-language, cookie' })
    .send(page)
