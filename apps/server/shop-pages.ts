import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { Lately } from '@silian/kernel/access/lately.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Draw, makeDraw } from '../web/src/shop/drawing.tsx'

/** A page is drawn once in so long, however many ask for it. */
const KEPT_MS = 5000
const MOST_KEPT = 500

interface Page {
  readonly plain: Buffer
  readonly brotli: Buffer
}

/**
 * The shop's first pages come with everything in them, so that a phone on a slow line shows them before it has any
 * script. Whoever has chosen another language, vocabulary or print gets the empty page, as does every fault here: the
 * scripts fill it.
 */
export async function serveShopPages(
  app: FastifyInstance,
  web: string,
  sendEmpty: (reply: FastifyReply) => FastifyReply,
): Promise<void> {
  const drawing = join(web, 'drawing/drawing.js')
  if (!existsSync(drawing)) return
  const [empty, { makeDraw: make }] = await Promise.all([
    readFile(join(web, 'shop.html'), 'utf8'),
    import(drawing) as Promise<{ makeDraw: typeof makeDraw }>,
  ])
  const draw = await make((address, init) => ask(app, String(address), init))
  const pages = new Lately<Page | undefined>(KEPT_MS, MOST_KEPT)
  for (const path of ['/s/:programme', '/s/:programme/goods/:offer'])
    app.get(path, { schema: { hide: true } }, async (request, reply) => {
      const at = request.url.split('?')[0]!
      const page = asUsual(request) && (await pages.get(at, new Date(), () => pageOf(empty, draw, at)))
      return page ? sendDrawn(request, reply, page) : sendEmpty(reply)
    })
}

async function ask(app: FastifyInstance, url: string, init: RequestInit = {}): Promise<Response> {
  const { statusCode, body } = await app.inject({
    url,
    method: 'GET',
    headers: init.headers as Record<string, string>,
  })
  return new Response(body, { status: statusCode })
}

const asUsual = ({ headers: { cookie = '' } }: FastifyRequest): boolean =>
  !/\bsilian\.(language=en|vocabulary=historic|print=large)\b/.test(cookie)

async function pageOf(empty: string, draw: Draw, path: string): Promise<Page | undefined> {
  const drawn = await draw(path).catch(() => undefined)
  if (!drawn) return undefined
  // the words of a page may hold what a replacement takes for a sign
  const plain = Buffer.from(
    empty.replace(
      '<div id="root"></div>',
      () => `<div id="root">${drawn.markup}</div>${givenIn(drawn.given)}`,
    ),
  )
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
  return { plain, brotli: await promisify(brotliCompress)(plain, { params }) }
}

const givenIn = (given: string): string => `<script type="application/json" id="given">${given}</script>`

function sendDrawn(request: FastifyRequest, reply: FastifyReply, { plain, brotli }: Page): FastifyReply {
  reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-cache')
  reply.header('vary', 'accept-encoding, cookie')
  return /\bbr\b/.test(String(request.headers['accept-encoding']))
    ? reply.header('content-encoding', 'br').send(brotli)
    : reply.send(plain)
}
