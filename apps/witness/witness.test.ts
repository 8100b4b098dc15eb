import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openCheckpoint } from '@silian/verifier/checkpoint.ts'
import { parsePolicy } from '@silian/verifier/policy.ts'
import { TestLog } from '@silian/verifier/testing/build-log.ts'
import { testWitness } from '@silian/verifier/testing/keys.ts'
import { parseVkey } from '@silian/verifier/vkey.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadKey } from './key.ts'
import { Memory } from './memory.ts'
import { Witness } from './witness.ts'

const log = new TestLog()
while (log.entries.length < 20) log.add({ type: 'a.b' })
const other = new TestLog('example.com/log/other')

let folder: string
let memory: Memory
let witness: Witness
const name = 'bank.example/witness'
const noon = 1_772_700_000
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'silian-witness-'))
})
afterAll(() => rm(folder, { recursive: true }))
beforeEach(async () => {
  memory?.close()
  memory = new Memory(':memory:')
  const key = await loadKey(join(folder, 'key.json'), name)
  const trusted = parseVkey(log.vkey)
  const logs = async () => (trusted.ok ? [trusted.value] : [])
  witness = new Witness({ key, memory, logs, now: () => noon })
})

const body = (old: number, proof: readonly Buffer[], checkpoint: Buffer | string): string =>
  [`old ${old}`, ...proof.map(hash => hash.toString('base64')), '', checkpoint.toString()].join('\n')
const from = (old: number, size: number): string =>
  body(old, old === 0 ? [] : log.tree.consistency(old, size), log.checkpoint(size))
const ask = async (text: string) => {
  const { status, type, body: said } = await witness.addCheckpoint(Buffer.from(text))
  return status === 409 ? [status, type, said] : [status]
}
const seen = () => memory.of(log.origin)?.size ?? 0

describe('a witness', () => {
  it('cosigns a first tree, and each that extends the last one it cosigned', async () => {
    for (const [old, size] of [
      [0, 5],
      [5, 5],
      [5, 8],
      [8, 20],
    ] as const)
      expect([old, size, ...(await ask(from(old, size)))]).toEqual([old, size, 200])
    expect(seen()).toBe(20)
  })

  it('answers with a line that verifies beside the log’s own', async () => {
    const { body: line } = await witness.addCheckpoint(Buffer.from(from(0, 20)))
    const key = await loadKey(join(folder, 'key.json'), name)
    const policy = parsePolicy(`log ${log.vkey}\nwitness bank ${key.vkey}\nquorum bank\n`)
    if (!policy.ok) throw new Error('policy')
    const trust = { policy: policy.value, fresh: { now: noon, within: 1 } }
    const whole = Buffer.concat([log.checkpoint(20), Buffer.from(line)])
    expect(await openCheckpoint(whole, { trust })).toMatchObject({
      value: { size: 20, cosignatures: [{ witness: { name }, time: noon }] },
    })
    const hash = createHash('sha256').update(log.origin).digest('hex')
    expect(witness.checkpointOf(hash)).toBe(whole.toString())
    expect(witness.checkpointOf(createHash('sha256').update('x').digest('hex'))).toBeUndefined()
  })

  it('says what it has seen to a log that does not know', async () => {
    expect(await ask(from(3, 5))).toEqual([409, 'text/x.tlog.size', '0\n'])
    await ask(from(0, 5))
    expect(await ask(from(0, 8))).toEqual([409, 'text/x.tlog.size', '5\n'])
    expect(await ask(from(4, 5))).toEqual([409, 'text/x.tlog.size', '5\n'])
    expect(seen()).toBe(5)
  })

  const stranger = testWitness('stranger.example')
  const text = log.checkpoint(8).toString().split('\n\n')[0]!
  it.each<[number, string, () => string]>([
    [400, 'nothing', () => ''],
    [400, 'a leading zero', () => from(5, 8).replace('old 5', 'old 05')],
    [400, 'a sign', () => from(5, 8).replace('old 5', 'old +5')],
    [400, 'a size beyond exact numbers', () => from(5, 8).replace('old 5', 'old 9007199254740993')],
    [400, 'no old size', () => from(5, 8).replace('old 5\n', '')],
    [400, 'a hash that is none', () => from(5, 8).replace(/\n.{44}\n/, '\nAAAA\n')],
    [400, '64 hashes', () => body(5, Array(64).fill(Buffer.alloc(32)), log.checkpoint(8))],
    [400, 'no checkpoint', () => `old 5\n\n`],
    [400, 'an old size beyond the checkpoint', () => body(8, [], log.checkpoint(5))],
    [403, 'no signature of the log', () => body(5, [], `${text}\n\n${stranger.cosign(text, 1)}`)],
    [403, 'a bad signature of the log', () => from(5, 8).replace(/.{6}\n$/, 'AAAAA=\n')],
    [404, 'another log', () => body(0, [], other.checkpoint())],
    [422, 'a proof of other sizes', () => body(5, log.tree.consistency(4, 8), log.checkpoint(8))],
    [422, 'no proof', () => body(5, [], log.checkpoint(8))],
    [
      422,
      'a proof too long',
      () => body(5, [...log.tree.consistency(5, 8), Buffer.alloc(32)], log.checkpoint(8)),
    ],
    [422, 'another tree of that size', () => body(5, [], log.checkpoint(5, log.tree.root(6)))],
    [422, 'a proof to the same tree', () => body(5, [Buffer.alloc(32)], log.checkpoint(5))],
    [422, 'another history', () => body(5, log.tree.consistency(5, 8), log.checkpoint(8, log.tree.root(9)))],
  ])('refuses with %i: %s', async (status, _, text) => {
    await ask(from(0, 5))
    expect(await ask(text())).toEqual([status])
    expect(seen()).toBe(5)
  })

  it('refuses a proof from nothing, and a root that the empty tree cannot have', async () => {
    expect(await ask(body(0, [Buffer.alloc(32)], log.checkpoint(5)))).toEqual([422])
    expect(await ask(body(0, [], log.checkpoint(0, log.tree.root(1))))).toEqual([422])
    expect(await ask(body(0, [], log.checkpoint(0)))).toEqual([200])
    expect(await ask(from(0, 5))).toEqual([200])
  })

  it('shows monitors the signatures of the log and its own, whatever else was sent beside them', async () => {
    const head = log.checkpoint(20)
    const text = head.toString().split('\n\n')[0]!
    const mine = (await witness.addCheckpoint(Buffer.from(body(0, [], head)))).body
    const beside = `${head.toString().split('\n\n')[1]}${mine}${stranger.cosign(`${text}\n`, 1)}`
    expect(await ask(body(20, [], `${head}${beside}`))).toEqual([200])
    const hash = createHash('sha256').update(log.origin).digest('hex')
    expect(witness.checkpointOf(hash)).toBe(`${head}${mine}`)
  })

  it('is not led back by two who ask at once', async () => {
    await ask(from(0, 5))
    const sizes = [6, 8, 12, 20, 7, 9]
    const answers = await Promise.all(sizes.map(size => ask(from(5, size))))
    expect(answers.filter(([status]) => status === 200)).toHaveLength(1)
    expect(sizes[answers.findIndex(([status]) => status === 200)]).toBe(seen())
    for (const [status] of answers) expect([200, 409]).toContain(status)
  })
})

describe('the program', () => {
  const run = async (): Promise<{ url: string; process: ChildProcess }> => {
    const logs = join(folder, 'logs')
    await writeFile(logs, `# watched\n${log.vkey}\n`)
    const args = ['--name', name, '--data', folder, '--logs', logs, '--port', '0']
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args])
    for await (const line of createInterface(child.stdout))
      return { url: line.split(' ')[3]!, process: child }
    throw new Error('it said nothing')
  }
  const post = (url: string, text: string) => fetch(`${url}/add-checkpoint`, { method: 'POST', body: text })
  const ended = (child: ChildProcess) => new Promise(resolve => child.once('exit', resolve))

  it('remembers what it cosigned when it is killed, and takes a log on without a restart', async () => {
    const first = await run()
    expect((await post(first.url, from(0, 8))).status).toBe(200)
    first.process.kill('SIGKILL')
    await ended(first.process)
    const { url, process: child } = await run()
    const again = await post(url, from(0, 5))
    expect([again.status, again.headers.get('content-type'), await again.text()]).toEqual([
      409,
      'text/x.tlog.size',
      '8\n',
    ])
    const stranger = body(0, [], other.checkpoint())
    expect((await post(url, stranger)).status).toBe(404)
    await writeFile(join(folder, 'logs'), `${log.vkey}\n${other.vkey}\n`)
    expect((await post(url, stranger)).status).toBe(200)
    expect((await post(url, 'x'.repeat(65_537))).status).toBe(413)
    const hash = createHash('sha256').update(log.origin).digest('hex')
    expect(await (await fetch(`${url}/${hash}/checkpoint`)).text()).toContain('example.com/log/demo\n8\n')
    expect((await fetch(`${url}/add-checkpoint`)).status).toBe(405)
    child.kill('SIGTERM')
    expect(await ended(child)).toBe(0)
  })
})
