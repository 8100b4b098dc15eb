import { metrics } from '@silian/chains/declared.ts'
import { listProgrammes, type Programme } from '@silian/kernel/access/programmes.ts'
import type { Database, Reader } from '@silian/kernel/database/database.ts'
import { storedEntry } from '@silian/kernel/fact/entry.ts'
import { isClosable, logNameOf } from '@silian/kernel/metric/define.ts'
import { z } from 'zod'
import type { Stated, Totals } from './contract.ts'

/** Figures of several programmes add up where they are of things that cannot be the same in two of them. */
const additive = new Map(
  metrics
    .filter(metric => metric.kind === 'flow' && isClosable(metric))
    // by its name, and by what the log calls it
    .flatMap(metric => [metric.name, logNameOf(metric)].map(name => [name, metric] as const)),
)
export const additiveMetric = z.enum([...additive.keys()] as [string, ...string[]])

/**
 * What the programmes have stated of a month, and its sum: nothing is added but published figures, each with its place in
 * its own log and by the newest version of the metric that it was published by. Demonstrations are never added to the
 * others. One statement a programme.
 */
export async function totalsOf(database: Database, name: string, month: string): Promise<Totals> {
  const metric = additive.get(name)!
  const programmes = await database.read({ programme: 'platform', actor: 'anyone' }, listProgrammes)
  const told: Told[] = []
  // one after the other: whoever asks, signed in or not, holds one connection and no more
  for (const programme of programmes) {
    const scope = { programme: programme.id, actor: 'anyone' }
    told.push({ programme, stated: await database.read(scope, tx => statedIn(tx, metric.name, month)) })
  }
  const groups = [false, true].map(demo => told.filter(({ programme }) => programme.demo === demo))
  return { metric: logNameOf(metric), month, groups: groups.filter(group => group.length > 0).map(groupOf) }
}

interface Told {
  readonly programme: Programme
  readonly stated: Stated | null
}

function groupOf(group: readonly Told[]): Totals['groups'][number] {
  const stated = group.flatMap(each => each.stated ?? [])
  return {
    demo: group[0]!.programme.demo,
    total: String(stated.reduce((sum, { total }) => sum + BigInt(total), 0n)),
    count: stated.reduce((sum, { count }) => sum + count, 0),
    programmes: group.map(({ programme: { id, nameZh, nameEn }, stated }) => ({
      id,
      nameZh,
      nameEn,
      stated,
    })),
  }
}

interface Row {
  readonly id: string
  readonly metric: string
  readonly entry: Buffer
  readonly log_index: number | null
}
type Side = { readonly root: string }
type Said = {
  readonly total: string
  readonly count: number
  readonly sums?: { readonly unit: string; readonly plus: Side; readonly minus: Side }
}

/** From the entry itself, as anyone reads it in the log; of several versions the newest. */
async function statedIn(tx: Reader, metric: string, month: string): Promise<Stated | null> {
  const [row] = await tx.query<Row>(
    `select f.id, c.metric, f.entry, e.log_index from metric_close c
     join fact f on f.programme_id = c.programme_id and f.id = c.fact_id
     left join log_entry e on e.programme_id = f.programme_id and e.fact_id = f.id
     where c.programme_id = $1 and split_part(c.metric, '.', 1) = $2 and c.period = $3
     order by length(c.metric) desc, c.metric desc limit 1`,
    [tx.programme, metric, month],
    'stated-total',
  )
  if (!row) return null
  const { pub, log } = storedEntry(row.entry)
  const { total, count, sums } = pub as unknown as Said
  return {
    ...{
      metric: row.metric,
      log,
      factId: row.id,
      logIndex: row.log_index,
      total,
      count,
      unit: sums?.unit ?? '',
    },
    ...{ plusRoot: sums?.plus.root ?? null, minusRoot: sums?.minus.root ?? null },
  }
}
