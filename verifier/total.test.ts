import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from './cli.ts'
import { TestLog } from './testing/build-log.ts'
import { sale, salesFigure, salesMetric, statedSide } from './testing/sample-log.ts'

/** A log that has sold so much in March 2026 and stated it. */
function logOf(origin: string, fen: string, definition: object = {}, stated = fen): TestLog {
  const log = new TestLog(origin)
  log.add({ ...salesMetric, pub: { ...salesMetric.pub, ...definition } })
  log.add(sale('甲村', fen))
  const rows = [{ dims: ['甲村'], sum: fen, count: 1 }]
  const side = (name: 'plus' | 'minus', sum: string, n: number) => {
    const context = { log: origin, period: '2026-03', upTo: 3, side: name }
    return statedSide(context, sum, sum === '0' ? 0 : 1, Buffer.alloc(32, n))
  }
  const sums = { unit: 'fen', plus: side('plus', stated, 1), minus: side('minus', '0', 3) }
  log.add({ ...salesFigure, pub: { ...salesFigure.pub, upTo: 3, rows, total: fen, count: 1, sums } })
  return log
}

const logs = {
  shenzhen: logOf('a.example/log/shenzhen', '1200'),
  beijing: logOf('b.example/log/beijing', '30'),
  households: logOf('c.example/log/c', '5', { kind: 'distinct', subject: 'village', measure: '' }),
  grams: logOf('d.example/log/d', '5', { measure: 'grams' }),
  false: logOf('e.example/log/e', '5', {}, '6'),
}
let folder: string
const at = (name: string) => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'silian-total-'))
  for (const [name, log] of Object.entries(logs))
    for (const [path, bytes] of log.files()) {
      await mkdir(dirname(at(`${name}/${path}`)), { recursive: true })
      await writeFile(at(`${name}/${path}`), bytes)
    }
  const keys = Object.values(logs).map(({ vkey }) => `log ${vkey}\n`)
  await writeFile(at('policy'), `${keys.join('')}quorum none\n`)
})
afterAll(() => rm(folder, { recursive: true }))

async function total(names: readonly string[], ...more: string[]) {
  let text = ''
  const out = (line: string) => {
    text += `${line}\n`
  }
  const asked = ['--metric', 'sales', '--month', '2026-03', '--policy', at('policy'), '--lang', 'en', ...more]
  const code = await run(['total', ...names.map(at), ...asked], { out, error: out })
  return { code, text }
}
const problem = async (...asked: Parameters<typeof total>) => {
  const { code, text } = await total(...asked)
  return [code, /\[([\w.-]+)\]$/m.exec(text)?.[1]]
}

test('a total over several logs is the sum of what each has stated', async () => {
  const { code, text } = await total(['shenzhen', 'beijing'], '--sum', '1230')
  expect(code).toBe(0)
  expect(text).toContain('TOTAL of sales 2026-03 in 2 logs: 1230 fen, 2 amounts')
  for (const name of ['shenzhen', 'beijing'] as const) expect(text).toContain(`${logs[name].origin}: entry 3`)
})

test('what does not add up, or cannot be added, is named', async () => {
  expect(await problem(['shenzhen', 'beijing'], '--sum', '1231')).toEqual([1, 'total.mismatch'])
  expect(await problem(['shenzhen', 'shenzhen'])).toEqual([1, 'total.same-log'])
  expect(await problem(['shenzhen', 'grams'])).toEqual([1, 'total.other-definition'])
  expect(await problem(['households'])).toEqual([1, 'total.not-additive'])
  expect(await problem(['shenzhen', 'false'])).toEqual([1, 'figure.mismatch'])
  expect(await problem(['shenzhen'], '--month', '2026-04')).toEqual([1, 'sample.no-figure'])
  expect(await problem(['nowhere'])).toEqual([3, 'read.failed'])
  for (const wrong of [
    ['--month', '2026-13'],
    ['--sum', '01'],
    ['--old', at('policy')],
  ])
    expect((await total(['shenzhen'], ...wrong)).code).toBe(2)
})
