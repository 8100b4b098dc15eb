import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../verifier/audit.ts'
import { verifyProof } from '../../verifier/proof.ts'
import { verifyConsistency, verifyInclusion } from '../../verifier/rfc6962.ts'
import { bundlePath, tilePath, tilesOf } from '../../verifier/tiles.ts'
import { generateRaw } from '../fact/ed25519.ts'
import { openHidden } from '../fact/hidden.ts'
import { registerOwnKey, revokeKey } from '../fact/key-facts.ts'
import { changes } from '../fact/read.ts'
import { must, ok } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { readCheckpoint } from './note.ts'
import { consistencyProof, inclusionProof, tlogProof } from './proofs.ts'
import { bundle, checkpoint, tile, vkey } from './read.ts'
import { logRoutes } from './routes.ts'
import { type TestLog, testLog } from './test-log.ts'

let db: TestDatabase
let log: TestLog
let http: FastifyInstance
/** Sizes at which a head was signed, and what was served then. */
const heads: { size: number; checkpoint: string; tiles: Map<string, Buffer> }[] = []

beforeAll(async () => {
  db = await testDatabase()
  log = await testLog(db)
  http = Fastify()
  await http.register(logRoutes({ database: db.app }))
  for (const times of [1, 2, 200, 60, 250, 1, 90]) {
    await record(times)
    await log.drain()
    const size = readCheckpoint((await checkpoint(db.app, 'shenzhen'))!).size
    heads.push({ size, checkpoint: (await checkpoint(db.app, 'shenzhen'))!, tiles: await everyTile(size) })
  }
})
afterAll(async () => {
  await http.close()
  await db.close()
})

const record = async (times: number) => {
  const work = db.app.write(log.scope, async tx => {
    for (let n = 0; n < times; n++)
      await log.recorder.record(tx, {
        type: 'order.completed',
        subject: `order-${n}`,
        holder: `coop-${n % 3}`,
        pub: { fen: BigInt(n * 100), 品名: '苹果' },
        hidden: { buyer: `买家${n}` },
      })
    return ok(null)
  })
  must(await work)
}
const get = (path: string) => http.inject({ url: `/log/shenzhen/${path}` })
const fetchBytes = async (path: string) => {
  const answer = await get(path)
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode}`)
  return new Uint8Array(answer.rawPayload)
}
async function everyTile(size: number): Promise<Map<string, Buffer>> {
  const tiles = new Map<string, Buffer>()
  for (const place of tilesOf(size)) {
    const paths = [tilePath(place), ...(place.level === 0 ? [bundlePath(place.index, place.width)] : [])]
    for (const path of paths) tiles.set(path, (await get(path)).rawPayload)
  }
  return tiles
}

describe('the served log', () => {
  it('passes the audit of the independent verifier, and still extends every head it ever signed', async () => {
    const key = (await vkey(db.app, 'shenzhen'))!
    for (const old of heads) {
      const result = await audit({ fetchBytes, vkey: key, oldCheckpoint: Buffer.from(old.checkpoint) })
      expect(result).toMatchObject({ ok: true })
    }
  })

  it('passes it with own keys, revocations and several facts signed at the same time', async () => {
    const own = generateRaw()
    const write = db.app.write.bind(db.app)
    must(
      await write(log.scope, tx =>
        registerOwnKey(tx, log.keyring, { holder: 'bank', publicKey: own.publicKey, as: 'bank' }),
      ),
    )
    await Promise.all([record(3), record(3)])
    const [key] = await db.owner<{ key_id: string }>(`select key_id from signing_key where holder = 'coop-1'`)
    await Promise.all([record(3), write(log.scope, tx => revokeKey(tx, log.keyring, key!.key_id)), record(3)])
    await log.drain()
    const result = await audit({ fetchBytes, vkey: (await vkey(db.app, 'shenzhen'))! })
    expect(result).toMatchObject({ ok: true })
  })

  it('serves every partial tile and bundle of every size ever published, byte for byte as it was', async () => {
    for (const { tiles } of heads)
      for (const [path, bytes] of tiles) expect([path, (await get(path)).rawPayload]).toEqual([path, bytes])
    expect(
      heads.flatMap(({ tiles }) => [...tiles.keys()]).filter(path => path.includes('.p/')).length,
    ).toBeGreaterThan(12)
  })

  it('knows no width that was never published, and none of 0 or beyond', async () => {
    const { size } = heads[0]!
    const known = (width: number) => tile(db.app, 'shenzhen', 0, 0, width)
    expect((await known(size))?.length).toBe(size * 32)
    expect((await known(256))?.length).toBe(8192)
    for (const width of [0, -1, 1, size + 1, 255, 257, 1.5, Number.NaN])
      expect([width, await known(width)]).toEqual([width, undefined])
    for (const [level, index, width] of [
      [0, 99, 256],
      [1, 0, 256],
      [1, 1, 1],
      [2, 0, 1],
      [63, 0, 1],
      [0, 2 ** 52, 256],
    ] as const)
      expect(await tile(db.app, 'shenzhen', level, index, width)).toBeUndefined()
    expect(await bundle(db.app, 'shenzhen', 0, size + 1)).toBeUndefined()
    expect(await bundle(db.app, 'shenzhen', 99, 256)).toBeUndefined()
  })

  it('bundles the stored bytes, each after its length', async () => {
    const bytes = (await bundle(db.app, 'shenzhen', 0, 256))!
    const entries = await db.owner<{ entry: Buffer }>(
      'select f.entry from log_entry e join fact f on f.id = e.fact_id where log_index < 256 order by log_index',
    )
    let at = 0
    for (const { entry } of entries) {
      expect(bytes.readUInt16BE(at)).toBe(entry.length)
      expect(bytes.subarray(at + 2, at + 2 + entry.length).equals(entry)).toBe(true)
      at += 2 + entry.length
    }
    expect(at).toBe(bytes.length)
  })
})

describe('over HTTP', () => {
  it('has the types and the caching of the standard, open to pages of anyone', async () => {
    const answers = await Promise.all(['checkpoint', 'vkey', 'tile/0/000', 'tile/entries/000'].map(get))
    expect(
      answers.map(({ statusCode, headers }) => [
        statusCode,
        headers['content-type'],
        headers['cache-control'],
      ]),
    ).toEqual([
      [200, 'text/plain; charset=utf-8', 'public, max-age=1'],
      [200, 'text/plain; charset=utf-8', 'public, max-age=1'],
      [200, 'application/octet-stream', 'public, max-age=31536000, immutable'],
      [200, 'application/octet-stream', 'public, max-age=31536000, immutable'],
    ])
    expect(answers.every(({ headers }) => headers['access-control-allow-origin'] === '*')).toBe(true)
    expect(answers[0]!.body).toBe(await checkpoint(db.app, 'shenzhen'))
    expect(answers[1]!.body).toBe(await vkey(db.app, 'shenzhen'))
    expect(answers[2]!.rawPayload).toEqual(await tile(db.app, 'shenzhen', 0, 0, 256))
  })

  it('answers 404 that nobody keeps, for what is not there or not a path', async () => {
    const paths = [
      'tile/0/099',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/64/000',
      'tile/0/x000/001',
      'tile/',
      'tile/entries/',
      'other',
    ]
    for (const url of [
      ...paths.map(path => `/log/shenzhen/${path}`),
      '/log/elsewhere/checkpoint',
      '/log/elsewhere/vkey',
      '/log/NOT%20ONE/checkpoint',
      `/log/x';--/tile/0/000`,
    ]) {
      const answer = await http.inject({ url })
      expect([url, answer.statusCode]).toEqual([url, 404])
      if (!url.endsWith('other')) expect(answer.headers['cache-control']).toBe('no-store')
    }
  })
})

describe('proofs', () => {
  it('of inclusion convince the verifier at every published size', async () => {
    const leaves = (
      await db.owner<{ leaf_hash: Buffer }>('select leaf_hash from log_entry order by log_index')
    ).map(row => row.leaf_hash)
    for (const head of heads)
      for (const index of new Set([0, 1, Math.floor(head.size / 2), head.size - 1])) {
        const proof = (await inclusionProof(db.app, 'shenzhen', index, head.size))!
        expect(proof.root).toEqual(readCheckpoint(head.checkpoint).root)
        expect(verifyInclusion(index, head.size, leaves[index]!, [...proof.hashes], proof.root)).toBe(true)
      }
    expect((await inclusionProof(db.app, 'shenzhen', 0))?.size).toBe(leaves.length)
  })

  it('of consistency convince it between all published sizes', async () => {
    for (const a of heads)
      for (const b of heads.filter(({ size }) => size >= a.size)) {
        const proof = (await consistencyProof(db.app, 'shenzhen', a.size, b.size))!
        const [before, after] = [readCheckpoint(a.checkpoint).root, readCheckpoint(b.checkpoint).root]
        expect(verifyConsistency(a.size, before, b.size, after, [...proof.hashes])).toBe(true)
      }
  })

  it('are not given beyond the log', async () => {
    const size = readCheckpoint((await checkpoint(db.app, 'shenzhen'))!).size
    for (const [index, of] of [
      [size, size],
      [0, size + 1],
      [5, 5],
      [-1, 5],
      [0.5, 5],
      [0, 0],
    ] as const)
      expect(await inclusionProof(db.app, 'shenzhen', index, of)).toBeUndefined()
    for (const [from, to] of [
      [0, 5],
      [6, 5],
      [1, size + 1],
      [-1, 5],
    ] as const)
      expect(await consistencyProof(db.app, 'shenzhen', from, to)).toBeUndefined()
    expect(await inclusionProof(db.app, 'elsewhere', 0)).toBeUndefined()
  })

  it('come as receipts that the verifier checks offline, with what they open', async () => {
    const { items: orders } = await changes(db.app, 'shenzhen', {
      after: 300,
      limit: 3,
      types: ['order.completed'],
    })
    const key = (await vkey(db.app, 'shenzhen'))!
    for (const { id, index } of orders) {
      const openings = await db.app.read(log.scope, tx => openHidden(tx, log.keyring, id))
      const receipt = (await tlogProof(db.app, 'shenzhen', id, openings))!
      const result = await verifyProof({ proof: Buffer.from(receipt), vkey: key })
      expect(result).toMatchObject({ ok: true, report: { index, openings: [{ name: 'buyer' }] } })
      const plain = (await tlogProof(db.app, 'shenzhen', id))!
      expect(plain).not.toContain(openings[0]!.salt.toString('base64'))
      expect((await verifyProof({ proof: Buffer.from(plain), vkey: key })).ok).toBe(true)
      const damaged = receipt.replace(/^index \d+$/m, `index ${index + 1}`)
      expect((await verifyProof({ proof: Buffer.from(damaged), vkey: key })).ok).toBe(false)
    }
  })

  it('are not given for a fact that still waits', async () => {
    await record(1)
    const [waiting] = await db.owner<{ fact_id: string }>('select fact_id from fact_pending')
    expect(await tlogProof(db.app, 'shenzhen', waiting!.fact_id)).toBeUndefined()
    await log.drain()
    expect(await tlogProof(db.app, 'shenzhen', waiting!.fact_id)).toContain('c2sp.org/tlog-proof@v1\n')
  })
})
