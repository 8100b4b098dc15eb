import { sign } from 'node:crypto'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { everythingOf } from '../access/permit.ts'
import { generateRaw, keyIdOf, privateKeyOf } from '../fact/ed25519.ts'
import { registerOwnKey } from '../fact/key-facts.ts'
import { runSubscriptions } from '../fact/subscribe.ts'
import type { SpeaksAs } from '../fact/tables.ts'
import { newId } from '../ids/ids.ts'
import { type TestLog, testLog } from '../log/test-log.ts'
import { Vault } from '../personal/vault.ts'
import { must, ok } from '../result/result.ts'
import { COUNTERSIGNED } from '../signing/countersign.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { defineMetric } from './define.ts'
import { keepMetrics } from './keep.ts'
import { readMetric } from './read.ts'
import { rebuild } from './rebuild.ts'

const done = defineMetric({
  ...{ kind: 'flow', name: 'done_fen', unit: 'fen', of: ['thing.done'], measure: 'fen' },
  dimensions: { kind: 'choice' },
})
const doers = defineMetric({
  ...{ kind: 'distinct', name: 'doers', unit: 'organisation', of: ['thing.done'], subject: 'who' },
  dimensions: { kind: 'choice' },
})

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

interface Noted {
  readonly id: string
  readonly leafHash: Buffer
  readonly type: string
  /** A bank's word by a bank's key. */
  readonly bank?: boolean
}

/** A log, a bank and a party whose keys it never had. */
async function stage(programme: string) {
  const log = await testLog(db, programme)
  const keyOf = async (as: SpeaksAs) => {
    const key = generateRaw()
    const said = { holder: as, publicKey: key.publicKey, as }
    must(await db.app.write(log.scope, tx => registerOwnKey(tx, log.keyring, said)))
    return key
  }
  const keys = { bank: await keyOf('bank'), party: await keyOf('party') }
  const own = (as: keyof typeof keys, type: string, pub: object, refs: readonly Buffer[]): Promise<Noted> => {
    const { seed, publicKey } = keys[as]
    const body = {
      ...{ v: 1, type, id: newId(), log: log.origin, at: '2025-10-08T02:00:00.000Z', by: 'own', pub, c: {} },
      ...{ actor: keyIdOf(publicKey), refs: refs.map(ref => ref.toString('base64')) },
    }
    const signed = Buffer.from(`silian/fact/v1\n${canonicalize(body)}`)
    const entry = { ...body, sig: sign(null, signed, privateKeyOf(seed)).toString('base64') }
    return write(log, tx =>
      log.recorder.recordSigned(tx, {
        ...{ entry: Buffer.from(canonicalize(entry)!), types: [type] },
        subject: () => ('fact' in pub ? String(pub.fact) : 's'),
      }),
    ).then(fact => ({ ...fact, type, bank: as === 'bank' }))
  }
  const held = (type: string, pub: Record<string, string>, refs: readonly Buffer[]): Promise<Noted> =>
    write(log, tx =>
      log.recorder.record(tx, {
        ...{ type, subject: 's', holder: 'h', at: new Date('2025-10-08T02:00:00Z'), pub, refs },
      }),
    ).then(fact => ({ ...fact, type }))
  return { log, own, held }
}

const write = async <T>(
  log: TestLog,
  work: (tx: Parameters<Parameters<typeof db.app.write>[1]>[0]) => Promise<T>,
) => must(await db.app.write(log.scope, async tx => ok(await work(tx)))) as T

const step = fc.record({
  what: fc.constantFrom('word', 'bank', 'pretence', 'done', 'done', 'sign', 'sign', 'follow'),
  fen: fc.integer({ min: 1, max: 900 }),
  pick: fc.array(fc.nat(99), { minLength: 1, maxLength: 2 }),
})

it('tells the same shares in whatever order words, counted facts and countersignatures come, and when made anew', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 6, maxLength: 14 }),
      fc.integer({ min: 1, max: 5 }),
      async (steps, batch) => {
        const programme = `marks-${run++}`
        const { log, own, held } = await stage(programme)
        const means = { keyring: log.keyring, vault: new Vault(db.secrets) }
        const keeping = keepMetrics([done, doers], means)
        const follow = async () => {
          await log.drain()
          await runSubscriptions(db.batch, programme, [keeping])
        }
        const noted: Noted[] = []
        const counted: { fen: number; rests: Noted[] }[] = []
        const signed = new Set<string>()
        for (const { what, fen, pick } of steps) {
          const chosen = [...new Set(pick.flatMap(n => noted[n % Math.max(1, noted.length)] ?? []))]
          const refs = chosen.map(({ leafHash }) => leafHash)
          if (what === 'follow') await follow()
          else if (what === 'word') noted.push(await held('thing.told', {}, []))
          else if (what === 'bank') noted.push(await own('bank', 'bank.told', {}, []))
          else if (what === 'pretence') noted.push(await own('party', 'bank.told', {}, []))
          else if (what === 'done') {
            const pub = { fen: String(fen), kind: fen % 2 ? 'a' : 'b', who: `w${fen % 3}` }
            const fact = await held('thing.done', pub, refs)
            counted.push({ fen, rests: [fact, ...chosen] })
            noted.push(fact)
          } else if (chosen[0]) {
            await own('party', COUNTERSIGNED, { fact: chosen[0].id, type: chosen[0].type }, [
              chosen[0].leafHash,
            ])
            signed.add(chosen[0].id)
          }
        }
        await follow()
        const restsOn = (is: (fact: Noted) => boolean) => counted.filter(({ rests }) => rests.some(is))
        const isBank = ({ bank }: Noted) => bank === true
        const isSigned = ({ id }: Noted) => signed.has(id)
        const parts = {
          ...{ whole: counted, bank: restsOn(isBank), countersigned: restsOn(isSigned), device: [] },
          declared: counted.filter(({ rests }) => !rests.some(fact => isBank(fact) || isSigned(fact))),
        }
        const told = (of: (part: readonly { fen: number }[]) => number) =>
          Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, of(part)]))
        const expected = [
          { by: 'value', ...told(part => part.reduce((sum, { fen }) => sum + fen, 0)) },
          { by: 'count', ...told(part => part.length) },
        ]
        const shares = () =>
          db.app.read(log.scope, async tx => {
            const answers = []
            for (const metric of [done, doers]) {
              const query = { from: '2025-10', to: '2025-10', by: [], where: {} }
              const asker = { reach: everythingOf(programme), seesAll: true }
              answers.push(must(await readMetric(tx, metric, query, asker)).shares)
            }
            return answers
          })
        expect(await shares()).toEqual(expected)
        for (const metric of [done, doers]) await rebuild(db.batch, log.scope, metric, means, { batch })
        expect(await shares()).toEqual(expected)
      },
    ),
    { numRuns: 8 },
  )
}, 60_000)
