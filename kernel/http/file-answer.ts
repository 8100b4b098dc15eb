import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'

/** An answer that is a file, sent as it is made. */
export interface FileAnswer {
  readonly type: string
  /** As it is saved under; any characters. */
  readonly name: string
  readonly content: Readable | Buffer
}

/** The shape of a route's answer whose `stream` is set. */
export const fileAnswer = z.custom<FileAnswer>(
  given => typeof given === 'object' && given !== null && 'content' in given,
)

/** Always to be saved, never to be shown as a page of ours. */
export function sendFile(reply: FastifyReply, { type, name, content }: FileAnswer): FastifyReply {
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

const encoded = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, char => `%${char.charCodeAt(0).toString(16)}`)
