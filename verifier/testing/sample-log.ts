import { createHash } from 'node:crypto'
import { canonical, TestLog } from './build-log.ts'
import { sha256, type TestKey } from './keys.ts'

/** A small log with one of everything: two keys, hidden fields, references, a metric and a figure. */
export interface SampleLog {
  readonly log: TestLog
  readonly coop: TestKey
  readonly office: TestKey
  /** Index of the order whose buyer is hidden behind {@link salt}. */
  readonly order: number
  readonly salt: Buffer
  readonly buyer: Buffer
}

export function sampleLog(origin?: string): SampleLog {
  const log = new TestLog(origin)
  const coop = log.key('coop', 'own')
  const office = log.key('office', 'held')
  log.add(salesMetric)
  const [salt, buyer] = [Buffer.alloc(32, 9), Buffer.from('采购单位')]
  const c = { buyer: commitment(salt, buyer) }
  const first = log.add({ ...sale('甲村', '1200'), by: coop, c, with: { seq: 1, prev: '' } })
  const second = log.add({ ...sale('乙村', '300'), by: office })
  log.add({
    type: 'order.accepted',
    by: coop,
    refs: [first.leaf, second.leaf],
    with: { seq: 2, prev: first.leaf },
  })
  log.add(salesFigure)
  return { log, coop, office, order: first.index, salt, buyer }
}

export const salesMetric = {
  type: 'metric.defined',
  pub: {
    metric: 'sales',
    kind: 'flow',
    unit: 'fen',
    facts: ['order.completed'],
    each: 'lines',
    measure: 'fen',
    dimensions: ['village'],
    period: 'month',
  },
}

export const sale = (village: string, fen: string) => ({
  type: 'order.completed',
  pub: { lines: [{ village, fen }] },
})

/** The figure for March 2026 over {@link sampleLog}'s first seven entries. */
export const salesFigure = {
  type: 'figure.published',
  pub: {
    metric: 'sales',
    period: '2026-03',
    upTo: 7,
    rows: [
      { dims: ['乙村'], sum: '300', count: 1 },
      { dims: ['甲村'], sum: '1200', count: 1 },
    ],
    total: '1500',
    count: 2,
  },
}

function commitment(salt: Buffer, value: Buffer): string {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(value.length)
  const input = Buffer.concat([Buffer.from('xf/commit/v1\n'), salt, length, value])
  return createHash('sha256').update(input).digest('base64')
}

/** What a figure of sales states of one side, its statement made as the log's format has it. */
export function statedSide(
  context: {
    readonly log: string
    readonly period: string
    readonly upTo: number
    readonly side: 'plus' | 'minus'
  },
  sum: string,
  count: number,
  root: Uint8Array = Buffer.alloc(32),
) {
  const ctx = sha256(`silian/figure/v1\n${canonical({ ...context, metric: 'sales', unit: 'fen' })}`)
  const numbers = Buffer.alloc(16)
  numbers.writeBigUInt64BE(BigInt(count))
  numbers.writeBigUInt64BE(BigInt(sum), 8)
  const statement = sha256(Buffer.of(0x12), ctx, numbers, root).toString('base64')
  return { count, sum, root: Buffer.from(root).toString('base64'), statement }
}
