import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  validatorCompiler,
} from 'fastify-type-provider-zod'
import type { Logger } from 'pino'
import { newId } from '../ids/ids.ts'
import { framesOf } from '../result/frames.ts'
import { problemFrom } from './problem.ts'
import { safeHeaders } from './safe-headers.ts'
import { serializerCompiler } from './serializer.ts'

export interface HttpOptions {
  readonly logger: Logger
  readonly version: string
  /** True once the server may take requests: database reachable, migrations done. */
  readonly ready: () => Promise<boolean>
  /** Prometheus text. */
  readonly metrics: () => Promise<string>
  /** Answers what no operation does, if it is a page's address; what it leaves is not found. */
  readonly page?: (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined
}

/** A server with the things every part of it relies on: ids, errors, documents, health. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { logger, version, ready, metrics, page } = options
  const app = Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    genReqId: () => newId(),
    bodyLimit: 1_048_576,
    // ids and codes are short; a longer one is an attack or a mistake
    routerOptions: { maxParamLength: 128 },
    frameworkErrors: answerError,
    trustProxy: 'loopback',
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(answerError)
  app.setNotFoundHandler(
    (request, reply) =>
      page?.(request, reply) ?? send(reply, problemFrom(404, 'route.not_found', {}, request.id)),
  )
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(safeHeaders).header('x-request-id', request.id)
    done()
  })
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Silian 四链', version } },
    transform: jsonSchemaTransform,
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true })
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger())
  app.get('/healthz', { schema: { hide: true } }, () => ({ ok: true }))
  app.get('/readyz', { schema: { hide: true } }, async (_, reply) => {
    const isReady = await ready()
    return reply.code(isReady ? 200 : 503).send({ ready: isReady })
  })
  // for whoever watches this machine; through a proxy the asker's own address counts
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) =>
    /^(127\.|::1$|::ffff:127\.)/.test(addressOf(request))
      ? reply.type('text/plain').send(await metrics())
      : send(reply, problemFrom(404, 'route.not_found', {}, request.id)),
  )
  return app
}

/** Whence a request was sent; of one that was given up meanwhile nothing is known any more. */
export const addressOf = (request: FastifyRequest): string => (request.ip as string | undefined) ?? ''

/** Expected refusals never come here: what does is bad input, or a fault that is logged by id and told without detail. */
function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation.map(issue => `${error.validationContext}${issue.instancePath}`)
    return send(
      reply,
      problemFrom(
        400,
        'input.invalid',
        { fields, reasons: error.validation.map(i => i.keyword) },
        request.id,
      ),
    )
  }
  const status = error.statusCode ?? 500
  if (status === 413) return send(reply, problemFrom(413, 'input.too_large', {}, request.id))
  if (status < 500) return send(reply, problemFrom(status, 'input.malformed', {}, request.id))
  if (isUnavailable(error))
    return send(reply.header('retry-after', '1'), problemFrom(503, 'server.busy', {}, request.id))
  request.log.error({ code: error.code, name: error.name, stack: framesOf(error) }, 'request failed')
  return send(reply, problemFrom(500, 'server.fault', {}, request.id))
}

/** The database went away, restarts, or is full: nothing was done, or the same key tells what was. */
const isUnavailable = (error: FastifyError): boolean =>
  /^(57P0[1-3]|08\w{3}|53\w{3}|ECONN\w+|EPIPE)$/.test(error.code ?? '') ||
  /Connection terminated|timeout exceeded/.test(error.message)

export const send = (reply: FastifyReply, problem: { status: number }): FastifyReply =>
  reply.code(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problem)
