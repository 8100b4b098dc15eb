import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publishMonth } from '@silian/chains/assurance/figures/service.ts'
import { createClient } from '@silian/kernel/access/clients.ts'
import { configFrom } from '@silian/kernel/config/config.ts'
import { readEnv } from '@silian/kernel/config/env.ts'
import { createLogger } from '@silian/kernel/http/logger.ts'
import { keepCosignature, servedHead } from '@silian/kernel/log/cosignatures.ts'
import { vkey } from '@silian/kernel/log/read.ts'
import { workbookOf } from '@silian/kernel/register/fixtures/import-stage.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import type { SheetCell } from '@silian/kernel/sheets/cell.ts'
import { openSheets } from '@silian/kernel/sheets/read.ts'
import { styleOf } from '@silian/kernel/sheets/styles.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import type { Totals } from '@silian/server/platform/contract.ts'
import { type RunningServer, startServer } from '@silian/server/server.ts'
import { run as verify } from '@silian/verifier/cli.ts'
import { testWitness } from '@silian/verifier/testing/keys.ts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { auditFigures } from '../apps/cli/audit.ts'
import type { SampleFile } from '../apps/cli/audit-file.ts'
import { busyWorld } from './check/busy-world.ts'
import { type SmallWorld, smallWorld } from './small-world.ts'

let db: TestDatabase
let kit: Whole
let world: SmallWorld
let server: RunningServer
let folder: string
const at = (name: string) => join(folder, name)
const scope = () => ({ programme: world.programme, actor: 'test' })
const witnesses = ['bank.example', 'bureau.example'].map(testWitness)
const FIGURE = 'completed_purchases.v2/2025-10'

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'silian-sample-'))
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit)
  const { bank } = await busyWorld(db, kit, world, 15)
  // one of the counted facts is borne out by a key that we never held
  const fact = await firstCounted()
  const said = { pub: { fact: fact.id, type: 'order.completed' }, refs: [fact.leaf] }
  const entry = bank.sign('fact.countersigned', said.pub, { refs: said.refs })
  const signed = { entry, types: ['fact.countersigned'], subject: () => fact.id }
  await world.write(async tx => ok(await kit.recorder.recordSigned(tx, signed)))
  await world.drain()
  await witness(1)
  server = await startServer({
    ...{ config: configFrom(readEnv({ PORT: '0' })), secrets: db.secrets, connections: db.connections },
    logger: createLogger('silent'),
  })
  const machine = { name: 'audit', kind: 'client' as const, organisationId: world.id('auditor') }
  for (const [name, scopes] of [
    ['key', ['metric.*']],
    ['other', ['offer.browse']],
  ] as const) {
    const made = await world.write(tx =>
      createClient(tx, { ...machine, role: 'auditor', scopes: [...scopes] }),
    )
    await writeFile(at(name), `${made.secret}\n`)
  }
  const log = `log ${await vkey(kit.app, world.programme)}`
  const lines = [log, ...witnesses.map(({ vkey }, n) => `witness w${n} ${vkey}`), 'group both all w0 w1']
  await writeFile(at('policy'), `${[...lines, 'quorum both'].join('\n')}\n`)
  await writeFile(at('alone'), `${[log, 'quorum none'].join('\n')}\n`)
})
afterAll(async () => {
  await server?.stop()
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
  await rm(folder, { recursive: true })
})

async function firstCounted(): Promise<{ id: string; leaf: string }> {
  const [row] = await db.owner<{ id: string; leaf: Buffer }>(
    `select f.id, f.leaf_hash as leaf from log_entry e join fact f on f.programme_id = e.programme_id and f.id = e.fact_id
      where f.type = 'order.completed' and e.log_index < (select up_to from metric_close where metric = 'completed_purchases.v2')
      order by e.log_index limit 1`,
  )
  return { id: row!.id, leaf: row!.leaf.toString('base64') }
}

/** So many of the witnesses cosign the newest head. */
async function witness(from: number): Promise<void> {
  await kit.batch.write(scope(), async tx => {
    const head = (await servedHead(tx))!
    const text = `${head.checkpoint.split('\n\n')[0]}\n`
    for (const { vkey, cosign } of witnesses.slice(0, from + 1)) {
      const [name, keyId] = vkey.split('+') as [string, string]
      const line = cosign(text, 1_772_700_000)
      await keepCosignature(tx, head.size, { witness: name, keyId, line, at: new Date() })
    }
    return ok(null)
  })
}

/** What the command answers and prints. */
async function audit(...args: string[]): Promise<{ code: number; text: string }> {
  let text = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation(piece => {
    text += String(piece)
    return true
  })
  try {
    const code = await auditFigures(undefined as never, args)
    return { code, text }
  } finally {
    write.mockRestore()
  }
}
const sample = (...more: string[]) =>
  audit(
    'sample',
    `${server.url}/log/${world.programme}`,
    '--figure',
    FIGURE,
    '--policy',
    at('policy'),
    ...more,
  )
const kept = async (name: string) => JSON.parse(await readFile(at(name), 'utf8')) as SampleFile
const rowsOf = async (name: string, sheet: number) => {
  const book = await openSheets(at(name))
  try {
    const rows: (readonly SheetCell[])[] = []
    for await (const row of book.rows(book.sheets[sheet]!)) rows.push(row.cells)
    return { sheets: book.sheets, rows }
  } finally {
    book.close()
  }
}

describe('a sample of a published figure', () => {
  it('is drawn from the witnesses, opened by the publisher and checked amount by amount', async () => {
    const { code, text } = await sample('--key', at('key'), '--out', at('sample.json'))
    expect([code, text]).toEqual([0, expect.stringContaining('completed_purchases.v2 2025-10')])
    const file = await kept('sample.json')
    const vouchers = file.vouchers!
    expect([file.units.length, file.signatures]).toEqual([299, 'opened'])
    expect(text).toContain('`verify audit` of the same checkpoint must have passed')
    expect(file.witnesses.map(({ name }) => name)).toEqual(['bank.example', 'bureau.example'])
    expect(vouchers.reduce((sum, { times }) => sum + times, 0)).toBe(299)
    // every amount of so small a figure is hit, and together they are the whole of it
    expect(vouchers.reduce((sum, { amount }) => sum + BigInt(amount), 0n)).toBe(BigInt(file.figure.sum))
    expect(new Set(vouchers.map(({ type }) => type))).toEqual(new Set(['order.completed']))
    const { id } = await firstCounted()
    for (const { fact, grade, countersigned, refs } of vouchers) {
      expect([fact, grade]).toEqual([fact, fact === id ? 'countersigned' : 'declared'])
      expect(countersigned.map(({ type, by }) => [type, by])).toEqual(
        fact === id ? [['fact.countersigned', 'own']] : [],
      )
      expect(refs.length).toBeGreaterThan(0)
    }
  })

  it('is the same for whoever draws it again, also of another draw count its beginning, and of no later checkpoint', async () => {
    const file = await kept('sample.json')
    expect((await sample('--again', at('sample.json'), '--out', at('again.json'))).code).toBe(0)
    expect(await kept('again.json')).toEqual(file)
    await sample('--n', '59', '--out', at('few.json'))
    expect(await kept('few.json')).toEqual({
      ...file,
      units: file.units.slice(0, 59),
      vouchers: null,
      signatures: 'none',
    })
    const [other] = [
      file.vouchers!.map(voucher => ({ ...voucher, share: { ...(voucher.share as object), amount: '1' } })),
    ]
    await writeFile(at('forged.json'), JSON.stringify({ ...file, vouchers: other }))
    expect(await sample('--again', at('forged.json'))).toMatchObject({
      ...{ code: 1, text: expect.stringContaining('sample.bad-opening') },
    })
  })

  it('is refused without the word of others, without a key that may, and of figures that are none', async () => {
    const code = async (...more: string[]) => {
      const { code, text } = await sample(...more)
      return [code, /\[([\w.-]+)\]/.exec(text)?.[1]]
    }
    expect(await code('--policy', at('alone'))).toEqual([1, 'sample.no-witness'])
    expect(await code('--key', at('other'))).toEqual([3, 'read.failed'])
    expect(await code('--figure', 'completed_purchases.v2/2025-09')).toEqual([1, 'sample.no-figure'])
    expect(await code('--side', 'minus')).toEqual([1, 'sample.empty'])
    expect((await sample('--figure', 'nothing')).code).toBe(2)
  })
})

describe('a total over programmes', () => {
  it('is the sum of what they have stated, which anyone checks against their logs', async () => {
    const file = await kept('sample.json')
    const answer = await fetch(`${server.url}/api/v1/totals?metric=completed_purchases&month=2025-10`)
    const { figure } = file
    expect(await answer.json()).toEqual({
      ...{ metric: 'completed_purchases.v2', month: '2025-10' },
      groups: [
        {
          ...{ demo: true, total: figure.sum, count: figure.count },
          programmes: [
            {
              ...{ id: world.programme, nameZh: '示范', nameEn: 'Test' },
              stated: {
                ...{
                  metric: 'completed_purchases.v2',
                  log: file.origin,
                  factId: figure.fact,
                  logIndex: figure.index,
                  unit: 'fen',
                },
                ...{ total: figure.sum, count: figure.count, plusRoot: figure.root },
                minusRoot: expect.any(String),
              },
            },
          ],
        },
      ],
    })
    const lines: string[] = []
    const out = (line: string) => void lines.push(line)
    const log = `${server.url}/log/${world.programme}`
    const asked = ['--metric', 'completed_purchases.v2', '--month', '2025-10', '--sum', figure.sum]
    expect(await verify(['total', log, ...asked, '--policy', at('policy')], { out, error: out })).toBe(0)
    expect(lines[0]).toContain(figure.root)
  })

  it('adds a month that an earlier version of the metric published, and says by which', async () => {
    await db.owner(
      `insert into metric_close (programme_id, metric, period, up_to, fact_id, total, count, closed_at)
       select programme_id, 'completed_purchases', '2025-09', up_to, fact_id, total, count, closed_at from metric_close
       where metric = 'completed_purchases.v2' and period = '2025-10'`,
    )
    const { figure } = await kept('sample.json')
    const answer = await fetch(`${server.url}/api/v1/totals?metric=completed_purchases&month=2025-09`)
    const { groups } = (await answer.json()) as Totals
    expect(groups.map(({ total, count }) => ({ total, count }))).toEqual([
      { total: figure.sum, count: figure.count },
    ])
    expect(groups[0]!.programmes[0]!.stated).toMatchObject({
      ...{ metric: 'completed_purchases', factId: figure.fact, total: figure.sum },
    })
    await db.owner(`delete from metric_close where metric = 'completed_purchases'`)
  })
})

describe('an auditor’s sheet', () => {
  const edited = async (fill: (row: SheetCell[], n: number) => void) => {
    const { sheets, rows } = await rowsOf('sheet.xlsx', 1)
    const filled = rows.map((row, n) => {
      const cells = Array.from({ length: rows[0]!.length }, (_, at) => row[at] ?? null)
      if (n > 0) fill(cells, n)
      return cells
    })
    const plain = (value: SheetCell) => ({ value, style: styleOf('plain') })
    const sheet = { name: sheets[1]!, widths: [], rows: filled.map(row => ({ cells: row.map(plain) })) }
    await writeFile(at('filled.xlsx'), await workbookOf([sheet]))
  }

  it('lists the vouchers with room for what is found, and says how the lot was drawn', async () => {
    expect((await audit('report', at('sample.json'), '--out', at('sheet.xlsx'))).code).toBe(0)
    const file = await kept('sample.json')
    const summary = Object.fromEntries(
      (await rowsOf('sheet.xlsx', 0)).rows.map(([name, value]) => [name, value]),
    )
    expect(summary).toMatchObject({ '种子 / Seed': file.seed, '声明 / Statement': file.figure.statement })
    const { rows } = await rowsOf('sheet.xlsx', 1)
    expect(rows[0]!.slice(14)).toEqual([
      '由谁签认 / Borne out by',
      '见到凭证（是/否） / Voucher seen (yes/no)',
      '凭证金额 / Amount on the paper (元 / yuan)',
      '差异 / Difference (元 / yuan)',
      '备注 / Remark',
    ])
    expect(rows.slice(1).map(row => [row[1], row[9]])).toEqual(
      file.vouchers!.map(({ logIndex, amount }) => [logIndex, Number(amount) / 100]),
    )
    const sum = Number(file.figure.sum) / 100
    expect(summary['合计 / Sum (元 / yuan)']).toBe(sum.toFixed(2))
    const [first] = file.vouchers!
    expect(first!.number).toMatch(/^\d{8}-/)
    const { buyer } = first!
    expect([world.id('unit'), world.id('unit2')]).toContain(buyer!.id)
    expect(rows[1]!.slice(3, 6)).toEqual([
      ...[first!.number, `${buyer!.name} ${buyer!.id}`],
      // it has ended in another since: the server lists those in force
      first!.seller!.id,
    ])
    expect(buyer!.name).toContain(' / ')
    expect(new Set(rows.slice(1).map(row => row[12]))).toEqual(
      new Set(['自行申报 / self-declared', '当事方反签 / counter-signed']),
    )
  })

  it('is not made of, or read from, what is no such file', async () => {
    for (const [code, ...args] of [
      [3, at('none.json'), '--out', at('x.xlsx')],
      [2, at('policy'), '--out', at('x.xlsx')],
      [2, at('few.json'), '--out', at('x.xlsx')],
      [3, at('sample.json'), '--findings', at('none.xlsx')],
      [1, at('sample.json'), '--findings', at('policy')],
      [2, at('sample.json')],
    ] as const)
      expect([args, (await audit('report', ...args)).code]).toEqual([args, code])
    expect((await sample('--policy', at('none'))).code).toBe(3)
  })

  it('is not evaluated before every voucher is filled in', async () => {
    expect(await audit('report', at('sample.json'), '--findings', at('sheet.xlsx'))).toMatchObject({
      ...{
        code: 1,
        text: expect.stringContaining(`还有 ${(await kept('sample.json')).vouchers!.length} 张`),
      },
    })
  })

  it('tells the upper limit of what is invented, in words', async () => {
    await edited(row => {
      row[15] = '是'
      row[16] = row[9]!
    })
    const good = await audit(
      'report',
      at('sample.json'),
      '--findings',
      at('filled.xlsx'),
      '--out',
      at('end.xlsx'),
    )
    expect([good.code, good.text]).toEqual([0, expect.stringContaining('Within the tolerable 1 %')])
    expect(good.text).toContain('0.997 %')
    expect((await rowsOf('end.xlsx', 2)).sheets[2]).toBe('结论 Evaluation')
    await edited((row, n) => {
      row[15] = n === 1 ? 'no' : 'yes'
      row[16] = n === 1 ? null : row[9]!
    })
    const bad = await audit('report', at('sample.json'), '--findings', at('filled.xlsx'))
    expect(bad.text).toContain('Beyond the tolerable 1 %')
    expect(bad.text).toContain('1 bear out less')
  })
})

describe('a figure that nobody has seen an entry behind', () => {
  it('is not drawn from', async () => {
    const closing = { period: '2025-11', holder: world.id('task-force') }
    must(await publishMonth(kit, { ...scope(), at: new Date('2025-12-05T02:00:00Z') }, closing))
    await world.drain()
    await witness(0)
    const [last] = await db.owner<{ id: string }>(
      'select fact_id as id from log_entry where programme_id = $1 order by log_index desc limit 1',
      [world.programme],
    )
    const drawn = () => sample('--figure', last!.id)
    expect((await drawn()).text).toContain('[policy.no-quorum]')
    await witness(1)
    expect((await drawn()).text).toContain('[sample.too-early]')
  })
})
