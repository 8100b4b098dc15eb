import { metrics } from '@silian/chains/declared.ts'
import { type Counted, countedOf, cubed, dimensionsOf } from '@silian/kernel/metric/define.ts'
import type { Filler, Size } from '../generate.ts'
import { PROGRAMME } from '../generate.ts'

/** Facts for an order line: every second order tells one. */
const FACTS = 1 / 4
/** Where they stand in the log: whole chunks of 1,024, after everything that the small world has recorded. */
const FIRST = 1024 * 1024
const CELLS_A_CHUNK = 40
const BUYERS = 50

/** Cells of every metric over a year, and of which facts they are made; facts lie in the order of time. */
export async function figures({ query }: Filler, { orderLines }: Size): Promise<void> {
  await query('create temp table county as select distinct county from place')
  await facts(query, orderLines * FACTS)
  for (const metric of countedOf(metrics)) {
    await cells(query, metric)
    await chunks(query, metric, orderLines * FACTS)
  }
}

/** Whatever a metric looks up in a fact, which of them all is the same. */
const told = Object.fromEntries(
  countedOf(metrics)
    .filter(({ from }) => from === undefined)
    .flatMap(metric => [
      ...Object.keys(metric.dimensions).map(name => [name, 'one']),
      ...('subject' in metric && metric.subject ? [[metric.subject, 'one']] : []),
      ...(metric.measure ? [[metric.measure, '100']] : []),
      ...(metric.each ? [[metric.each, [{}]]] : []),
    ]),
)

async function facts(query: Filler['query'], count: number): Promise<void> {
  await query(
    `insert into fact (programme_id, id, type, subject, at, recorded_at, key_id, signed_by, entry, leaf_hash)
     select f.programme_id, made('fact' || i), f.type, 'bench-' || i, f.at, f.recorded_at, f.key_id, f.signed_by,
       convert_to(jsonb_set(f.said, '{pub}', f.said -> 'pub' || $3::jsonb)::text, 'utf8'), sha256(('leaf' || i)::bytea)
       from (select f.*, convert_from(f.entry, 'utf8')::jsonb as said from fact f where programme_id = $1 and type = 'product.recognised' limit 1) f,
         generate_series(1, $2::int) i`,
    [PROGRAMME, count, JSON.stringify(told)],
  )
  await query(
    `insert into log_entry (programme_id, log_index, fact_id, type, leaf_hash, sequenced_at)
     select $1, ${FIRST - 1} + i, made('fact' || i), 'product.recognised', sha256(('leaf' || i)::bytea),
       '2025-12-31T00:00:00Z' from generate_series(1, $2::int) i`,
    [PROGRAMME, count],
  )
}

const months = `(select '2025-' || lpad(m::text, 2, '0') as period from generate_series(1, 12) m) m`
const grained = `(select period from ${months} union all select '2025-Q' || q from generate_series(1, 4) q union all select '2025') m`

/** A metric's dimensions as columns d0, d1 … of a join. */
function grid(metric: Counted, told: boolean): { from: string; dims: string } {
  const rolled = new Set(metric.kind === 'distinct' && !told ? cubed(metric) : [])
  const dimensions = dimensionsOf(metric).map(({ name, kind }, i) => {
    const above = rolled.has(name)
      ? ` union all values ('*')${kind === 'area' ? `, ('^451000'), ('^450000')` : ''}`
      : ''
    const own = {
      area: 'select county from county',
      organisation: `select made('coop' || n)::text from generate_series(1, ${BUYERS}) n`,
      choice: `values ('one'), ('two'), ('yes')`,
      code: `values ('2025'), ('fruit'), ('tea')`,
    }[kind]
    return `(${own}${above}) d${i} (value)`
  })
  const edges = metric.kind === 'spread' ? [`unnest(array[${metric.edges.join()}]::text[]) edge (value)`] : []
  const all = [...dimensions, ...edges]
  const names = [...dimensions.map((_, i) => `d${i}.value`), ...(edges.length > 0 ? ['edge.value'] : [])]
  return { from: all.length > 0 ? `, ${all.join(', ')}` : '', dims: `array[${names.join(', ')}]::text[]` }
}

const current = `(select $1 as programme_id, metric || '@' || generation as series from metric_generation
  where programme_id = $1 and metric = $2 and state = 'current') g`

async function cells(query: Filler['query'], metric: Counted): Promise<void> {
  const { from, dims } = grid(metric, false)
  await query(
    `insert into metric_cell (programme_id, metric, period, dims, sum, count)
     select g.programme_id, g.series, m.period, ${dims}, 1000, 10
       from ${current}, ${metric.kind === 'distinct' ? grained : months} ${from} on conflict do nothing`,
    [PROGRAMME, metric.name],
  )
}

/** Of each chunk, as many cells as a day's facts touch. */
async function chunks(query: Filler['query'], metric: Counted, count: number): Promise<void> {
  const { from, dims } = grid(metric, true)
  await query(
    `insert into metric_fact (programme_id, metric, period, chunk, dims, indexes)
     select g.programme_id, g.series, k.period, k.chunk, x.dims,
       array(select k.chunk * 1024 + i from generate_series(x.n % 20, least(1023, $3::int - 1), ${CELLS_A_CHUNK}) i)
       from ${current},
         (select ${FIRST / 1024}::bigint + no as chunk, '2025-' || lpad((1 + no * 1024 * 12 / $3::int)::text, 2, '0') as period
           from generate_series(0, ($3::bigint - 1) / 1024) no) k,
         (select y.dims, row_number() over ()::int as n
           from (select ${dims} as dims from (values (1)) one (row) ${from} limit ${CELLS_A_CHUNK}) y) x
     on conflict do nothing`,
    [PROGRAMME, metric.name, count],
  )
}
