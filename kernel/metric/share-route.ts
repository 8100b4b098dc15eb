import { z } from 'zod'
import type { Reach } from '../access/permit.ts'
import type { Database, Reader } from '../database/database.ts'
import type { Recorder } from '../fact/record.ts'
import { fileAnswer } from '../http/file-answer.ts'
import { type Route, route } from '../http/route.ts'
import { month } from '../http/shapes.ts'
import { tlogProof } from '../log/proofs.ts'
import { ok, refuse } from '../result/result.ts'
import { factsAction } from './actions.ts'
import type { Distinct, Flow, Metric } from './define.ts'
import { readFacts } from './facts.ts'
import type { Means } from './keep.ts'
import { readShare, shareJson } from './share.ts'

interface ShareMeans extends Means {
  readonly app: Database
  readonly recorder: Recorder
}

const ofShare = z.object({
  period: month,
  /** Log index of the fact whose amount it is, and the place of the object in it. */
  fact: z.coerce.number().int().min(0),
  place: z.coerce.number().int().min(0).default(0),
})

/** The receipt of one amount in a published figure, for whom its fact is within reach. */
export const shareRoute = (metric: Flow | Distinct, means: ShareMeans): Route =>
  route({
    method: 'GET',
    path: `/metrics/${metric.name}/share`,
    action: factsAction(metric),
    summary: `数字中的份额 ${metric.name}: one amount in a published figure`,
    query: ofShare,
    answer: fileAnswer,
    stream: true,
    handle: async ({ scope, reach, query: { period: of, fact, place } }) => {
      const found = await means.app.read(scope, async tx => {
        if (!(await mayAsk(tx, metric, means, reach, of, fact)))
          return refuse('share.not_found', { period: of })
        return readShare(tx, means.recorder, metric, of, { logIndex: fact, place })
      })
      if (!found.ok) return found
      const proof = await tlogProof(
        means.app,
        scope.programme,
        found.value.figure,
        [],
        shareJson(found.value),
      )
      if (proof === undefined) return refuse('figure.not_ready', { period: of })
      const name = `${metric.name}-${of}-${found.value.logIndex}.tlog-proof`
      return ok({ type: 'text/plain; charset=utf-8', name, content: Buffer.from(proof) })
    },
  })

async function mayAsk(
  tx: Reader,
  metric: Metric,
  means: ShareMeans,
  reach: Reach,
  of: string,
  fact: number,
): Promise<boolean> {
  if (reach.everything) return true
  const asked = { period: of, where: {}, after: fact - 1, upTo: fact + 1, limit: 1 }
  return (await readFacts(tx, metric, asked, reach, means)).items.length > 0
}
