import { describe, expect, test } from 'vitest'
import { type AuditOptions, type AuditProgress, audit } from './audit.ts'
import { memorySource, TestLog } from './testing/build-log.ts'
import { testKey } from './testing/keys.ts'
import { sale, salesFigure, sampleLog } from './testing/sample-log.ts'

const auditLog = (log: TestLog, more: Partial<AuditOptions> = {}) =>
  audit({ fetchBytes: memorySource(log.files()), vkey: log.vkey, ...more })

/** Names of all problems with the index of the entry, e.g. `entry.bad-signature 3`. */
async function problems(log: TestLog, more: Partial<AuditOptions> = {}): Promise<string[]> {
  const result = await auditLog(log, more)
  return result.ok ? [] : result.problems.map(({ name, index, path }) => `${name} ${index ?? path}`)
}

describe('a good log', () => {
  test('is reported with what it holds and who vouches for it', async () => {
    const { log } = sampleLog()
    expect(await auditLog(log)).toEqual({
      ok: true,
      report: {
        origin: 'example.com/log/demo',
        size: 8,
        root: log.tree.root().toString('base64'),
        types: {
          'key.registered': 2,
          'order.completed': 2,
          'log.created': 1,
          'metric.defined': 1,
          'order.accepted': 1,
          'figure.published': 1,
        },
        own: 2,
        held: 6,
        keys: 3,
        grades: { declared: 8, countersigned: 0, device: 0, bank: 0 },
        shares: [
          {
            ...{
              metric: 'sales',
              period: '2026-03',
              by: 'value',
              unit: 'fen',
              whole: 1500n,
              declared: 1500n,
            },
            ...{ countersigned: 0n, device: 0n, bank: 0n },
          },
        ],
        witnesses: [],
        tiles: 1,
        figures: { checked: 1, unchecked: 0 },
        gaps: [],
        late: [],
        succeeded: [],
      },
    })
  })

  test.each([255, 256, 257, 511, 513])('of %i entries, around the edges of tiles', async size => {
    const log = new TestLog()
    while (log.entries.length < size) log.add({ type: 'a.b' })
    const result = await auditLog(log)
    expect(result).toMatchObject({
      ok: true,
      report: { size, tiles: Math.ceil(size / 256) + (size > 255 ? 1 : 0) },
    })
  })

  test('without any entry', async () => {
    const log = new TestLog()
    const empty = { fetchBytes: async () => new Uint8Array(log.checkpoint(0)) }
    expect(await auditLog(log, empty)).toMatchObject({
      ok: true,
      report: { size: 0, figures: { checked: 0 } },
    })
  })

  test('reports progress of both readings', async () => {
    const seen: AuditProgress[] = []
    await auditLog(sampleLog().log, { onProgress: progress => seen.push(progress) })
    expect(seen).toEqual([
      { phase: 'entries', done: 8, total: 8 },
      { phase: 'figures', done: 8, total: 8 },
    ])
  })

  test('shows omissions of a key that counts', async () => {
    const { log, coop } = sampleLog()
    log.add({ type: 'a.b', by: coop, with: { seq: 4, prev: log.tree.leaves[0]!.toString('base64') } })
    const gaps = [{ actor: coop.id, seq: 3, kind: 'missing' }]
    expect(await auditLog(log)).toMatchObject({ ok: true, report: { gaps } })
  })
})

describe('entries', () => {
  test('replayed from another log', async () => {
    const { log, coop } = sampleLog()
    const other = new TestLog('example.com/log/other')
    log.append(
      Buffer.from(
        other.bytes({ type: 'a.b', by: coop, with: { id: '00000000-0000-4000-8000-000000000000' } }),
      ),
    )
    expect(await problems(log)).toEqual(['entry.wrong-log 8'])
  })

  test('held by Silian but passed off as the owner’s own', async () => {
    const { log, office } = sampleLog()
    log.add({ ...sale('甲村', '1'), by: { ...office, custody: 'own' } })
    expect(await problems(log)).toEqual(['entry.wrong-custody 8'])
  })

  test('of an unregistered key', async () => {
    const { log } = sampleLog()
    log.add({ type: 'a.b', by: testKey('stranger', 'own') })
    expect(await problems(log)).toEqual(['entry.unknown-key 8'])
  })

  test('of a key registered only later', async () => {
    const log = new TestLog()
    const late = testKey(`${log.origin} late`, 'own')
    log.add({ type: 'a.b', by: late })
    log.key('late', 'own')
    expect(await problems(log)).toEqual(['entry.unknown-key 1'])
  })

  test('of a revoked key', async () => {
    const { log, coop } = sampleLog()
    log.add({ type: 'key.revoked', pub: { keyId: coop.id } })
    log.add({ type: 'a.b', by: coop })
    expect(await problems(log)).toEqual(['entry.revoked-key 9'])
  })

  test('of a key that registered itself', async () => {
    const { log, coop } = sampleLog()
    const pub = { keyId: 'x', key: '', alg: 'ed25519', custody: 'own', holder: 'x' }
    log.add({ type: 'key.registered', by: coop, pub })
    expect(await problems(log)).toEqual(['key.not-by-operator 8'])
  })

  test('with an id used before', async () => {
    const { log } = sampleLog()
    const { id } = JSON.parse(log.entries[4]!.toString()) as { id: string }
    log.add({ type: 'a.b', with: { id } })
    log.append(log.entries[5]!)
    expect(await problems(log)).toEqual(['entry.duplicate-id 8', 'entry.duplicate-id 9'])
  })

  test('that rest on nothing, on themselves or on later facts', async () => {
    const { log } = sampleLog()
    const later = TestLog.prototype.bytes.call(log, { type: 'a.b' })
    log.add({ type: 'a.c', refs: [Buffer.alloc(32).toString('base64')] })
    log.add({ type: 'a.d', refs: [log.tree.leaves[9]?.toString('base64') ?? leafBase64(later)] })
    log.append(Buffer.from(later))
    expect(await problems(log)).toEqual([
      'entry.unknown-ref 8',
      'entry.unknown-ref 9',
      'entry.duplicate-id 10',
    ])
  })

  test('signed by another than the actor', async () => {
    const { log, coop, office } = sampleLog()
    log.add({ type: 'a.b', by: { ...coop, secret: office.secret } })
    expect(await problems(log)).toEqual(['entry.bad-signature 8'])
  })

  test('that are no facts at all', async () => {
    const { log } = sampleLog()
    log.append(Buffer.from('{"b":1,"a":2}'))
    log.append(Buffer.from('{}'))
    log.append(Buffer.alloc(0))
    expect(await problems(log)).toEqual(['entry.not-canonical 8', 'entry.shape 9', 'entry.not-canonical 10'])
  })

  test('of a log that was never created', async () => {
    const log = new TestLog()
    log.entries.length = 0
    log.tree.leaves.length = 0
    log.add({ type: 'a.b' })
    expect(await problems(log)).toEqual(['log.first-entry 0'])
  })
})

describe('figures', () => {
  test('with one row changed', async () => {
    const { log } = sampleLog()
    const { pub } = salesFigure
    const rows = [pub.rows[0]!, { ...pub.rows[1]!, sum: '1201' }]
    log.add({ ...salesFigure, pub: { ...pub, period: '2026-04', rows, total: '1501' } })
    expect(await problems(log)).toEqual(Array.from({ length: 3 }, () => 'figure.mismatch 8'))
  })

  test('changed by a late fact become the next month’s', async () => {
    const { log } = sampleLog()
    log.add(sale('甲村', '77'))
    const april = {
      period: '2026-04',
      upTo: 9,
      rows: [{ dims: ['甲村'], sum: '77', count: 1 }],
      total: '77',
      count: 1,
    }
    log.add({ ...salesFigure, pub: { ...salesFigure.pub, ...april } })
    expect(await problems(log)).toEqual([])
    log.add({ ...salesFigure, pub: { ...salesFigure.pub, upTo: 9, total: '1577' } })
    expect(await problems(log)).toEqual(['figure.closed-twice 10'])
  })

  test('served from other bytes at the second reading', async () => {
    const { log } = sampleLog()
    const files = log.files()
    let reads = 0
    const fetchBytes = async (path: string) => {
      const bytes = Uint8Array.from(files.get(path)!)
      if (path.startsWith('tile/entries') && ++reads === 2) bytes[100]! ^= 1
      return bytes
    }
    expect(await problems(log, { fetchBytes })).toEqual(['bundle.changed tile/entries/000.p/8'])
  })
})

describe('history', () => {
  test('extends an older checkpoint', async () => {
    const { log } = sampleLog()
    const sizes = [0, 1, 5, 8]
    for (const size of sizes) {
      const result = await auditLog(log, { oldCheckpoint: log.checkpoint(size) })
      expect(result).toMatchObject({ ok: true, report: { oldSize: size } })
    }
  })

  test('rewritten since an older checkpoint', async () => {
    const { log } = sampleLog()
    const forked = log.checkpoint(5, log.tree.root(4))
    expect(await problems(log, { oldCheckpoint: forked })).toEqual(['checkpoint.inconsistent old checkpoint'])
    const same = log.checkpoint(8, log.tree.root(4))
    expect(await problems(log, { oldCheckpoint: same })).toEqual(['checkpoint.inconsistent old checkpoint'])
  })

  test('cut back since an older checkpoint', async () => {
    const { log } = sampleLog()
    const oldCheckpoint = log.checkpoint(9, log.tree.root(8))
    expect(await problems(log, { oldCheckpoint })).toEqual(['checkpoint.rolled-back undefined'])
  })

  test('with an older checkpoint of another log', async () => {
    const { log } = sampleLog()
    const oldCheckpoint = new TestLog('example.com/log/other').checkpoint()
    expect(await problems(log, { oldCheckpoint })).toEqual(['note.unsigned old checkpoint'])
  })
})

describe('served files', () => {
  const { log } = sampleLog()
  const serve = (...changed: [string, Buffer | undefined][]) => {
    const files = log.files()
    for (const [path, bytes] of changed) bytes ? files.set(path, bytes) : files.delete(path)
    return { fetchBytes: memorySource(files) }
  }

  test('that cannot be read', async () => {
    for (const path of ['checkpoint', 'tile/0/000.p/8', 'tile/entries/000.p/8']) {
      expect(await problems(log, serve([path, undefined]))).toEqual([`read.failed ${path}`])
    }
  })

  test('a signed root that the entries do not give', async () => {
    const lie = serve(['checkpoint', log.checkpoint(8, log.tree.root(7))])
    expect(await problems(log, lie)).toEqual(['root.mismatch checkpoint'])
  })

  test('a whole rewritten log under the old signature', async () => {
    const rewritten = sampleLog()
    rewritten.log.entries.pop()
    rewritten.log.tree.leaves.pop()
    rewritten.log.add({ type: 'a.b' })
    const files = new Map([...rewritten.log.files(), ['checkpoint', log.checkpoint()] as const])
    expect(await problems(log, { fetchBytes: memorySource(files) })).toEqual(['root.mismatch checkpoint'])
  })

  test('a bundle that holds other entries than its name says', async () => {
    const more = serve([
      'tile/entries/000.p/8',
      Buffer.concat([log.files().get('tile/entries/000.p/8')!, Buffer.of(0, 0)]),
    ])
    expect(await problems(log, more)).toEqual(['bundle.malformed tile/entries/000.p/8'])
  })

  test('another log’s checkpoint, or none', async () => {
    const other = new TestLog('example.com/log/other')
    expect(await problems(log, serve(['checkpoint', other.checkpoint()]))).toEqual([
      'note.unsigned checkpoint',
    ])
    expect(await problems(log, { vkey: other.vkey })).toEqual(['note.unsigned checkpoint'])
    expect(await problems(log, { vkey: 'x' })).toEqual(['vkey.malformed checkpoint'])
  })

  test('problems are listed up to a limit', async () => {
    const bad = new TestLog()
    for (let at = 0; at < 1000; at++) bad.append(Buffer.from(`bad ${at}`))
    expect(await problems(bad)).toHaveLength(100)
    expect(await problems(bad, { maxProblems: 3 })).toEqual([1, 2, 3].map(at => `entry.not-canonical ${at}`))
  })
})

function leafBase64(entry: string): string {
  const log = new TestLog()
  return log.append(Buffer.from(entry)).leaf
}
