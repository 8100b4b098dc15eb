import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Kind, kind } from './kind.ts'

const keyIdOf = (key: string): string =>
  createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 16)

/** Kinds of the log itself, and of what belongs to no chain. */
export const evidenceKinds: Readonly<Record<string, Kind>> = {
  'log.created': kind(z.object({ name: z.string(), key: z.string() }), (book, { name, key }, fact) => {
    book.name = name
    book.names.push({ name: fact.log, since: 0 })
    book.createdAt = fact.at
    const keyId = keyIdOf(key)
    const operator = {
      ...{ fact, keyId, key, alg: 'ed25519', custody: 'held' },
      ...{ holder: 'operator', role: 'operator' },
    } as const
    book.tell(book.keys, keyId, operator, 'key')
  }),
  'log.succeeded': kind(z.object({ to: z.string() }), (book, { to }, fact) => {
    book.names.push({ name: to, since: fact.index })
  }),
  'key.registered': kind(
    z.object({
      ...{ keyId: z.string(), key: z.string(), alg: z.enum(['ed25519', 'sm2']) },
      ...{ custody: z.string(), holder: z.string(), as: z.string().optional() },
    }),
    (book, pub, fact) => {
      const role = /^log(:\d+)?$/.test(pub.holder) && pub.custody === 'held' ? 'log' : 'actor'
      book.tell(book.keys, pub.keyId, { ...pub, fact, role }, 'key')
    },
  ),
  'key.revoked': kind(z.object({ keyId: z.string() }), (book, { keyId }, fact) => {
    book.revoked.set(keyId, fact.at)
  }),
  // whose shares it moves is computed where figures are
  'fact.countersigned': kind(z.object({ fact: z.uuid(), type: z.string() }), () => undefined),
  'programme.created': kind(
    z.object({ programme: z.string(), name: z.string(), area: z.string(), demo: z.boolean() }),
    (book, pub, fact) => book.tell(book.programmes, pub.programme, { ...pub, fact }, 'programme'),
  ),
}
