import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  readonly registry: Registry
  readonly gauge: (name: string, help: string, collect: () => Promise<number> | number) => void
  readonly watch: (app: FastifyInstance) => void
}

/** Counters for operators at `/metrics`; times by route pattern, never by address, so that ids do not multiply them. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'silian_http_seconds',
    help: 'time to answer by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  })
  return {
    registry,
    gauge: (name, help, collect) => {
      new Gauge({
        name,
        help,
        registers: [registry],
        async collect() {
          this.set(await collect())
        },
      })
    },
    watch: app =>
      app.addHook('onResponse', async (request, reply) => {
        const route = request.routeOptions.url ?? 'unknown'
        seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
      }),
  }
}
