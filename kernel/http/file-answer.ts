import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'

/** An answer that is a file, sent as it is made. */
export interface FileAnswer {
  readonly type: string
  /** As it is saved under; any characters. */
  readonly name: string
  readonly content: Readable | Buffer
  /** For what everybody may see and never changes at its address: the digest of its bytes. It is shown, and kept by whoever likes. */
  readonly forever?: string
}

/** The shape of a route's answer whose `stream` is set. */
export const fileAnswer = z.custom<FileAnswer>(
  given => typeof given === 'object' && given !== null && 'content' in given,
)

/** To be saved, never to be shown as a page of ours; only what is `forever` is shown where it stands. */
export function sendFile(reply: FastifyReply, answer: FileAnswer): FastifyReply {
  if (answer.forever !== undefined) return sendForever(reply, answer, `"${answer.forever}"`)
  const { type, name, content } = answer
  if (content instanceof Readable)
    // what fails on the way can only be cut off: the status is long sent
    content.on('error', error => reply.log.error({ name: error.name }, 'a file broke off'))
  const plain = name.replace(/[^\w.-]+/g, '_')
  return reply
    .code(200)
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encoded(name)}`)
    .header('cache-control', 'private, no-store')
    .type(type)
    .send(content)
}

function sendForever(reply: FastifyReply, { type, content }: FileAnswer, tag: string): FastifyReply {
  reply
    .header('content-disposition', 'inline')
    .header('cache-control', 'public, max-age=31536000, immutable')
    .header('etag', tag)
  const known = reply.request.headers['if-none-match']?.split(',').some(one => one.trim() === tag)
  return known ? reply.code(304).send() : reply.code(200).type(type).send(content)
}

const encoded = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, char => `%${char.charCodeAt(0).toString(16)}`)
