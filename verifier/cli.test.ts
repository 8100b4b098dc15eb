import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from './cli.ts'
import { describe as describeProblem, fill, languages, lines, problemMessages } from './messages.ts'
import { formatReceipt } from './receipt.ts'
import { httpSource } from './source-http.ts'
import { TestLog } from './testing/build-log.ts'
import { sampleLog } from './testing/sample-log.ts'

const { log, order, salt, buyer } = sampleLog()
const files = log.files()
const whole = (of: TestLog, index: number) =>
  of.proof(index, formatReceipt({ entry: of.entries[index]!, openings: [] }))
/** The log when it was shorter, and one that its key signed for somebody else. */
const early = new TestLog()
for (const entry of log.entries.slice(1, 3)) early.append(entry)
const forked = new TestLog()
for (const entry of log.entries.slice(1, 7)) forked.append(entry)
forked.add({ type: 'a.b' })
let folder: string
const at = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'silian-verify-'))
  const receipt = log.proof(order, formatReceipt({ openings: [{ name: 'buyer', salt, value: buyer }] }))
  const beside: [string, Buffer][] = [
    ['old', log.checkpoint(5)],
    ['forked', log.checkpoint(5, log.tree.root(4))],
    ['order.tlog-proof', receipt],
    ['order.json', log.entries[order]!],
    ['other.json', log.entries[0]!],
    ['a.tlog-proof', whole(log, 1)],
    ['b.tlog-proof', whole(log, 6)],
    ['early.tlog-proof', whole(early, 2)],
    ['fork.tlog-proof', whole(forked, 6)],
  ]
  for (const [path, bytes] of [...files, ...beside]) {
    await mkdir(dirname(at(path)), { recursive: true })
    await writeFile(at(path), bytes)
  }
})
afterAll(() => rm(folder, { recursive: true }))

async function cli(...args: string[]) {
  const out: string[] = []
  const error: string[] = []
  const code = await run(args, { out: line => out.push(line), error: line => error.push(line) })
  return { code, out: out.join('\n'), error: error.join('\n') }
}

describe('audit', () => {
  test('of a good log ends with 0, in Chinese unless asked otherwise', async () => {
    const chinese = await cli('audit', folder, '--vkey', log.vkey)
    expect(chinese.code).toBe(0)
    expect(chinese.out).toContain('通过：example.com/log/demo，8 条')
    expect(chinese.out).toContain('本人自持密钥 2 条（25.0%），平台代管密钥 6 条（75.0%）')
    expect(chinese.out).toContain('sales 2026-03 合计 15.00 元：有银行回单 0.00 元')
    const english = await cli('audit', folder, '--vkey', at('vkey'), '--old', at('old'), '--lang', 'en')
    expect(english.code).toBe(0)
    expect(english.out).toContain('GOOD: example.com/log/demo, 8 entries')
    expect(english.out).toContain('extends the older checkpoint of 5 entries')
  })

  test('of a rewritten log ends with 1 and names the problem', async () => {
    const { code, out } = await cli('audit', folder, '--vkey', log.vkey, '--old', at('forked'), '--lang=en')
    expect(code).toBe(1)
    expect(out).toContain('[checkpoint.inconsistent]')
  })

  test('of nothing ends with 3', async () => {
    expect(await cli('audit', at('nowhere'), '--vkey', log.vkey)).toMatchObject({ code: 3 })
    expect((await cli('audit', folder, '--vkey', at('nowhere'))).code).toBe(3)
    expect((await cli('audit', folder, '--vkey', log.vkey, '--old', at('nowhere'))).code).toBe(3)
  })
})

describe('proof', () => {
  test('of the right entry ends with 0 and shows what it opens', async () => {
    const { code, out } = await cli(
      'proof',
      at('order.tlog-proof'),
      '--vkey',
      log.vkey,
      '--entry',
      at('order.json'),
    )
    expect(code).toBe(0)
    expect(out).toContain('第 4 条是 order.completed')
    expect(out).toContain('已打开 buyer：采购单位')
  })

  test('tells on whose word the entry is, as far as it tells itself', async () => {
    const of = new TestLog()
    const [bank, coop] = [of.key('bank', 'own', 'bank'), of.key('coop', 'held')]
    const credited = of.add({ type: 'bank.credited', by: bank })
    const told = of.add({ type: 'order.accepted', by: coop })
    const said = async (index: number) => {
      await writeFile(at('word.tlog-proof'), whole(of, index))
      return (await cli('proof', at('word.tlog-proof'), '--vkey', of.vkey, '--lang', 'en')).out
    }
    const byBank = await said(credited.index)
    expect(byBank).toContain(`signed by key ${bank.id}, which its owner alone holds`)
    expect(byBank).toContain(`a bank’s, provided that key ${bank.id} is registered as one`)
    const byCoop = await said(told.index)
    expect(byCoop).toContain(`signed by key ${coop.id}, which is held for its owner`)
    expect(byCoop).toContain('on whose word: self-declared')
    const pub = { fact: '00000000-0000-4000-8000-000000000000', type: 'order.accepted' }
    const borne = of.add({ type: 'fact.countersigned', by: bank, pub, refs: [told.leaf] })
    expect(await said(borne.index)).toContain(`countersignature, of order.accepted ${pub.fact}`)
  })

  test('of a figure tells which it is and what it comes to', async () => {
    await writeFile(at('figure.tlog-proof'), whole(log, 7))
    const { out } = await cli('proof', at('figure.tlog-proof'), '--vkey', log.vkey, '--lang', 'en')
    expect(out).toContain('figure sales 2026-03: 15.00 yuan in all, 2 amounts')
  })

  test('of another entry, or of none, ends with 1', async () => {
    const other = await cli('proof', at('order.tlog-proof'), '--vkey', log.vkey, '--entry', at('other.json'))
    expect(other).toMatchObject({ code: 1, out: expect.stringContaining('[proof.not-included]') as string })
    const none = await cli('proof', at('order.tlog-proof'), '--vkey', log.vkey)
    expect(none).toMatchObject({ code: 1, out: expect.stringContaining('[proof.no-entry]') as string })
  })
})

describe('split', () => {
  const split = (a: string, b: string, ...more: string[]) =>
    cli('split', at(a), at(b), '--vkey', log.vkey, '--lang', 'en', ...more)

  test('of receipts of one log ends with 0', async () => {
    expect(await split('a.tlog-proof', 'b.tlog-proof')).toMatchObject({
      ...{
        code: 0,
        out: expect.stringContaining('ONE LOG: both receipts come from the same tree') as string,
      },
    })
    expect(await split('early.tlog-proof', 'b.tlog-proof', '--log', folder)).toMatchObject({
      ...{ code: 0, out: expect.stringContaining('ONE LOG: of the trees of 3 and 8') as string },
    })
  })

  test('of a log that shows two people different trees ends with 4', async () => {
    const { code, out } = await split('a.tlog-proof', 'fork.tlog-proof')
    expect(code).toBe(4)
    expect(out).toContain('FORKED: the key of example.com/log/demo signed two trees')
    expect(out).toContain('they differ in entries 4 to 7')
    expect(out).toContain('keep both')
  })

  test('that only the log could connect ends with 3, and a bad receipt with 1', async () => {
    expect(await split('early.tlog-proof', 'b.tlog-proof')).toMatchObject({
      ...{ code: 3, out: expect.stringContaining('NO VERDICT') as string },
    })
    const unread = await split('early.tlog-proof', 'b.tlog-proof', '--log', at('nowhere'))
    expect(unread).toMatchObject({ code: 3, out: expect.stringContaining('[read.failed]') as string })
    const bad = await split('a.tlog-proof', 'order.tlog-proof')
    expect(bad).toMatchObject({ code: 1, out: expect.stringContaining('[proof.no-entry]') as string })
  })
})

describe('usage', () => {
  test.each([
    [[]],
    [['audit']],
    [['audit', '.']],
    [['audit', '.', 'more', '--vkey', 'x']],
    [['audit', '.', '--vkey', 'x', '--entry', 'y']],
    [['proof', '.', '--vkey', 'x', '--old', 'y']],
    [['audit', '.', '--vkey', 'x', '--lang', 'fr']],
    [['audit', '.', '--vkey', 'x', '--wrong']],
    [['burn', '.', '--vkey', 'x']],
    [['split', '.', '--vkey', 'x']],
    [['split', '.', '.', '.', '--vkey', 'x']],
    [['proof', '.', '--vkey', 'x', '--log', 'y']],
    [['split', '.', '.', '--vkey', 'x', '--entry', 'y']],
  ])('%j ends with 2', async args => {
    const { code, error } = await cli(...args)
    expect([code, error]).toEqual([2, fill(lines.usage, 'zh')])
  })

  test('a key file that holds no key ends with 2', async () =>
    expect(await cli('audit', folder, '--vkey', at('old'), '--lang', 'en')).toMatchObject({ code: 2 }))

  test('the program itself', async () => {
    const main = join(import.meta.dirname, 'main.ts')
    const good = await promisify(execFile)(process.execPath, [main, 'audit', folder, '--vkey', log.vkey])
    expect(good.stdout).toContain('通过')
    const bad = promisify(execFile)(process.execPath, [main, '--lang', 'en'])
    await expect(bad).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('usage:') as string })
  })
})

describe('over HTTP', () => {
  let server: Server
  let failures = 0
  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/log/demo`

  beforeAll(async () => {
    server = createServer(({ url = '' }, response) => {
      const bytes = files.get(url.replace('/log/demo/', ''))
      if (failures > 0) response.writeHead(503).end(String(failures--))
      else if (url.endsWith('huge')) response.end(Buffer.alloc(18 * 1024 * 1024))
      else response.writeHead(bytes ? 200 : 404).end(bytes)
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => new Promise(resolve => server.close(resolve)))

  test('a log is audited as from a folder', async () => {
    expect((await cli('audit', base(), '--vkey', log.vkey)).code).toBe(0)
    expect((await cli('audit', `${base()}/`, '--vkey', log.vkey)).code).toBe(0)
  })

  test('a passing failure is asked again, an answer is taken', async () => {
    failures = 2
    expect(await httpSource(base())('vkey')).toEqual(new Uint8Array(files.get('vkey')!))
    failures = 3
    await expect(httpSource(base())('vkey')).rejects.toThrow('HTTP 503')
    await expect(httpSource(base())('nothing')).rejects.toThrow('HTTP 404')
  })

  test('an endless answer does not fill the memory', async () =>
    expect(httpSource(base())('huge')).rejects.toThrow('over'))
})

describe('messages', () => {
  test('say something in each language and end with the stable name', () => {
    for (const [name, message] of Object.entries(problemMessages)) {
      for (const language of languages) expect(message[language], name).not.toBe('')
    }
    const problem = { name: 'entry.shape', index: 3, detail: { field: 'at' } } as const
    expect(describeProblem(problem, 'en')).toBe('  entry 3: field at of the entry is wrong [entry.shape]')
    expect(describeProblem({ name: 'read.failed', path: 'checkpoint' }, 'zh')).toBe(
      '  checkpoint: 无法读取： [read.failed]',
    )
  })

  test('cannot be made to write to the terminal by the evidence', () => {
    const problem = { name: 'entry.wrong-log', detail: { log: '\u001b[2J\n通过' } } as const
    expect(describeProblem(problem, 'zh')).not.toMatch(/\p{Cc}/u)
  })
})
