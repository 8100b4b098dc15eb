import type { FastifyInstance, FastifyPluginAsync, FastifyReply } from 'fastify'
import { type Database, PROGRAMME_ID } from '../database/database.ts'
import { parseTilePath } from './paths.ts'
import { bundle, checkpoint, tile, vkey } from './read.ts'

const TEXT = 'text/plain; charset=utf-8'
const BYTES = 'application/octet-stream'
const FRESH = 'public, max-age=1'
const FOR_EVER = 'public, max-age=31536000, immutable'

interface LogMeans {
  /** Under the role `app`. */
  readonly database: Database
  /** The operator's witnesses and quorum, as lines of a policy; without any nobody need have cosigned. */
  readonly witnesses?: string
}

/** `/log/:programme/{checkpoint,vkey,policy,tile/…}` for everyone, without signing in. */
export const logRoutes =
  ({ database, witnesses = 'quorum none\n' }: LogMeans): FastifyPluginAsync =>
  async app => {
    serve(app, '/log/:programme/checkpoint', TEXT, FRESH, programme => checkpoint(database, programme))
    serve(app, '/log/:programme/vkey', TEXT, FRESH, programme => vkey(database, programme))
    serve(app, '/log/:programme/policy', TEXT, FRESH, async programme => {
      const key = await vkey(database, programme)
      return key && `log ${key}\n${witnesses}`
    })
    serve(app, '/log/:programme/tile/*', BYTES, FOR_EVER, async (programme, path) => {
      const asked = parseTilePath(path)
      if (!asked) return undefined
      return asked.kind === 'bundle'
        ? bundle(database, programme, asked.index, asked.width)
        : tile(database, programme, asked.level, asked.index, asked.width)
    })
  }

type Read = (programme: string, path: string) => Promise<string | Buffer | undefined>

function serve(app: FastifyInstance, url: string, type: string, caching: string, read: Read): void {
  app.get<{ Params: { programme: string; '*'?: string } }>(
    url,
    { schema: { hide: true } },
    async (request, reply) => {
      const { programme, '*': path = '' } = request.params
      // a verifier may run in a page of anyone's
      reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin')
      const body = PROGRAMME_ID.test(programme) ? await read(programme, path) : undefined
      return body === undefined
        ? missing(reply)
        : reply.type(type).header('cache-control', caching).send(body)
    },
  )
}

/** What is not there yet may be in a second. */
const missing = (reply: FastifyReply): FastifyReply =>
  reply.code(404).type(TEXT).header('cache-control', 'no-store').send('not found\n')
