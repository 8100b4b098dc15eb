import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { words } from '@silian/chains/words.ts'
import { Auth } from '@silian/kernel/access/auth.ts'
import { type Principal, publicPrincipal } from '@silian/kernel/access/principal.ts'
import { listProgrammes } from '@silian/kernel/access/programmes.ts'
import { accessRoutes } from '@silian/kernel/access/routes.ts'
import { Turns } from '@silian/kernel/access/turns.ts'
import type { Config } from '@silian/kernel/config/config.ts'
import type { Secrets } from '@silian/kernel/config/secrets.ts'
import { startSubscriptions } from '@silian/kernel/fact/subscribe.ts'
import { createLogger } from '@silian/kernel/http/logger.ts'
import { createMetrics, type Metrics } from '@silian/kernel/http/metrics.ts'
import { registerRoutes } from '@silian/kernel/http/register.ts'
import { createHttp } from '@silian/kernel/http/server.ts'
import { month } from '@silian/kernel/http/shapes.ts'
import { startWorker } from '@silian/kernel/jobs/worker.ts'
import { logRoutes } from '@silian/kernel/log/routes.ts'
import { startSequencer } from '@silian/kernel/log/sequencer.ts'
import { channelsOf } from '@silian/kernel/notify/channels.ts'
import { ok, type Result } from '@silian/kernel/result/result.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { z } from 'zod'
import { allJobs, allRoutes, allSubscriptions, composeKit, type Whole } from './compose.ts'
import { programmes as programmesShape, totals } from './platform/contract.ts'
import { additiveMetric, totalsOf } from './platform/totals.ts'
import { serveShopPages } from './shop-pages.ts'
import { witnessLines } from './witnesses/policy-file.ts'
import { lookBackAtStart, startWitnessing } from './witnesses/start.ts'

export const VERSION = '0.1.0'

export interface ServerOptions {
  readonly config: Config
  readonly secrets: Secrets
  /** Of the two working roles; the server has no other. */
  readonly connections: { readonly app: string; readonly batch: string }
  /** Where the log goes instead of standard output. */
  readonly logger?: Logger
}

export interface RunningServer {
  readonly url: string
  readonly kit: Whole
  stop(): Promise<void>
}

const scope = { programme: 'platform', actor: 'system' }

/** Starts one server process: HTTP and background work. Any number may run on one database. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { config, secrets, connections, logger = createLogger(config.logLevel) } = options
  const whole = composeKit(connections, secrets, config.dataFolder, config.publicUrl)
  const kit = {
    ...whole,
    searchLimit: config.searchLimit,
    shop: { ...whole.shop, turns: new Turns(config.shopLimit) },
    health: { dataFolder: config.dataFolder, mail: mailOf(config) },
    post: { words, channels: channelsOf(config), publicUrl: config.publicUrl },
  }
  const metrics = createMetrics()
  const app = await createHttp({
    logger,
    version: VERSION,
    ready: () =>
      kit.app.pool.query('select 1').then(
        () => true,
        () => false,
      ),
    metrics: () => metrics.registry.metrics(),
    ...(existsSync(web) ? { page } : {}),
  })
  metrics.watch(app)
  await addRoutes(app, kit, config, secrets)
  await serveWeb(app)
  const background = await startBackground(kit, connections.batch, logger, config)
  watch(metrics, kit)
  const url = await app.listen({ host: config.host, port: config.port })
  return {
    url,
    kit,
    stop: async () => {
      await app.close()
      await kit.checkout.close()
      await kit.asked.flush()
      await background.stop()
      await Promise.all([kit.app.close(), kit.batch.close()])
    },
  }
}

/** As the report on health tells it: the host alone. */
const mailOf = ({ smtpUrl, mailFrom }: Config) =>
  smtpUrl && mailFrom ? { host: new URL(smtpUrl).hostname } : undefined

async function addRoutes(
  app: FastifyInstance,
  kit: Whole,
  { publicUrl, witnessPolicy }: Config,
  secrets: Secrets,
): Promise<void> {
  const auth = new Auth({ database: kit.app, vault: kit.vault, secrets, publicUrl })
  await app.register(accessRoutes({ auth, publicUrl }))
  const witnesses = witnessPolicy === undefined ? {} : { witnesses: await witnessLines(witnessPolicy) }
  await app.register(logRoutes({ database: kit.app, ...witnesses }))
  app.get(
    '/api/v1/programmes',
    { schema: { summary: '各地项目 Programmes', response: { 200: programmesShape } } },
    () => kit.app.read(scope, listProgrammes),
  )
  const query = z.object({ metric: additiveMetric, month })
  app.get(
    '/api/v1/totals',
    {
      schema: {
        summary: '各项目合计 What the programmes have stated of a month, and its sum',
        querystring: query,
        response: { 200: totals },
      },
    },
    ({ query: asked }) => {
      const { metric, month } = asked as z.output<typeof query>
      return totalsOf(kit.app, metric, month)
    },
  )
  registerRoutes(app, allRoutes(kit), {
    authenticate: (request, programme, lately) => whoAsks(auth, kit, request, programme, lately),
    permit: kit.permit,
    knows: programme => knows(kit, programme),
  })
}

/** The shop's pages say that they ask for a customer; elsewhere whoever is signed in stands before the one who shops. */
async function whoAsks(
  auth: Auth,
  { shoppers }: Whole,
  request: FastifyRequest,
  programme: string,
  lately: boolean,
): Promise<Result<Principal>> {
  const asCustomer = request.headers['x-silian-as'] === 'customer'
  const person = asCustomer ? undefined : await auth.principalOf(request, programme, new Date(), lately)
  if (person && !(person.ok && person.value.kind === 'public')) return person
  const shopper = await shoppers.principalOf(request, programme)
  if (!shopper.ok) return shopper
  return shopper.value ? ok(shopper.value) : (person ?? ok(publicPrincipal(programme)))
}

const known = new Set<string>()

/** Programmes are few and never go away: one found once needs no further look. */
async function knows(kit: Whole, programme: string): Promise<boolean> {
  if (!known.has(programme)) for (const { id } of await kit.app.read(scope, listProgrammes)) known.add(id)
  return known.has(programme)
}

const web = join(import.meta.dirname, '../web/dist')

/** The built pages, where they have been built. */
async function serveWeb(app: FastifyInstance): Promise<void> {
  if (!existsSync(web)) return
  await app.register(fastifyStatic, {
    // the build has left a compressed copy beside every file
    preCompressed: true,
    root: web,
    wildcard: false,
    index: false,
    maxAge: '1y',
    immutable: true,
    // only what is named by its content stays as it is
    setHeaders: (response, path) => {
      if (!path.startsWith(join(web, 'assets'))) response.header('cache-control', 'no-cache')
    },
  })
  app.get('/', { schema: { hide: true } }, (_, reply) => sendPage(reply))
  await serveShopPages(app, web, reply => sendPage(reply, 'shop.html'))
}

/** Whatever is no file and no part of the API is the pages' own address. */
const page = ({ method, url }: FastifyRequest, reply: FastifyReply): FastifyReply | undefined =>
  method === 'GET' && !/^\/(api|log|assets)\//.test(url)
    ? sendPage(reply, /^\/s(\/|\?|$)/.test(url) ? 'shop.html' : 'index.html')
    : undefined

const sendPage = (reply: FastifyReply, file = 'index.html'): FastifyReply =>
  reply.sendFile(file, { maxAge: 0, immutable: false })

async function startBackground(
  kit: Whole,
  batchConnection: string,
  logger: Logger,
  config: Config,
): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController()
  const { signal } = stopping
  // also those that `silian init` makes beside us
  const programmes = async () => [
    'platform',
    ...(await kit.batch.read(scope, listProgrammes)).map(programme => programme.id),
  ]
  const onError = (programme: string, error: unknown) =>
    logger.warn({ programme, code: codeOf(error), message: (error as Error).message }, 'witnessing')
  const means = { database: kit.batch, config, onError }
  for (const [programme, { why, by }] of await lookBackAtStart(means, await programmes()))
    logger.error({ programme, why, by }, 'the log stands still: its witness saw more than we hold')
  const witnessing = await startWitnessing(means, programmes, signal)
  const sequencer = startSequencer({
    database: kit.batch,
    keyring: kit.keyring,
    programmes,
    signal,
    onError: (programme, error) => logger.error({ programme, code: codeOf(error) }, 'sequencing failed'),
  })
  const subscriptions = startSubscriptions({
    database: kit.batch,
    programmes,
    subscriptions: allSubscriptions(kit),
    signal,
    onFailure: (programme, { name, index, code }) =>
      logger.error({ programme, name, index, code }, 'a subscription stands still'),
    onError: (programme, error) => logger.error({ programme, code: codeOf(error) }, 'subscriptions failed'),
  })
  const worker = await startWorker({
    batchConnection,
    jobs: allJobs,
    kit,
    signal,
    onFailure: failure => logger.error({ failure }, 'job failed'),
    onQueue: (level, message) => logger.warn({ level, message }, 'queue'),
  })
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all([sequencer.stopped, subscriptions.stopped, worker.ended, witnessing.stopped])
    },
  }
}

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? (error as Error).name)

function watch(metrics: Metrics, kit: Whole): void {
  metrics.gauge(
    'silian_database_connections',
    'open connections of the app role',
    () => kit.app.pool.totalCount,
  )
  metrics.gauge(
    'silian_database_waiting',
    'requests waiting for a connection',
    () => kit.app.pool.waitingCount,
  )
}
