import { describe, expect, test } from 'vitest'
import { audit } from './audit.ts'
import type { AuditReport } from './audit-report.ts'
import { memorySource, TestLog } from './testing/build-log.ts'
import { sale, salesFigure, salesMetric } from './testing/sample-log.ts'

/** Two sales, the second of which the bank bears out; `then` adds to the log. */
function world() {
  const log = new TestLog()
  const [office, buyer, bank] = [log.key('office', 'held'), log.key('buyer', 'own'), log.key('bank', 'own')]
  log.add(salesMetric)
  const { index, leaf } = log.add({ type: 'order.accepted', by: office })
  const { id } = JSON.parse(String(log.entries[index])) as { id: string }
  const accepted = { leaf, id }
  const credited = log.add({ type: 'bank.credited', by: bank })
  log.add({ ...sale('甲村', '1200'), by: office, refs: [leaf] })
  log.add({ ...sale('乙村', '300'), by: office, refs: [credited.leaf] })
  log.add({ ...salesFigure, pub: { ...salesFigure.pub, upTo: 9 } })
  return { log, office, buyer, accepted }
}
const signed = ({ leaf, id }: { leaf: string; id: string }) => ({
  type: 'fact.countersigned',
  pub: { fact: id, type: 'order.accepted' },
  refs: [leaf],
})
const result = (log: TestLog) => audit({ fetchBytes: memorySource(log.files()), vkey: log.vkey })
const report = async (log: TestLog): Promise<AuditReport> => {
  const found = await result(log)
  if (!found.ok) throw new Error(JSON.stringify(found.problems))
  return found.report
}
const problems = async (log: TestLog): Promise<string[]> => {
  const found = await result(log)
  return found.ok ? [] : found.problems.map(({ name, index }) => `${index} ${name}`)
}

describe('on whose word a log rests', () => {
  test('is told of facts and figures, a later countersignature included', async () => {
    const { log, buyer, accepted } = world()
    const figure = {
      metric: 'sales',
      period: '2026-03',
      by: 'value',
      unit: 'fen',
      whole: 1500n,
      device: 0n,
      bank: 300n,
    }
    const before = await report(log)
    expect(before.shares).toEqual([{ ...figure, declared: 1200n, countersigned: 0n }])
    expect(before.grades).toEqual({ declared: 9, countersigned: 0, device: 0, bank: 1 })
    log.add({ ...signed(accepted), by: buyer })
    const after = await report(log)
    expect(after.shares).toEqual([{ ...figure, declared: 0n, countersigned: 1200n }])
    expect(after.grades).toEqual({ declared: 9, countersigned: 1, device: 0, bank: 1 })
  })

  test('a bank’s word by a held key is no bank’s', async () => {
    const { log, office } = world()
    log.add({ type: 'bank.credited', by: office })
    expect((await report(log)).grades.bank).toBe(1)
  })
})

describe('a bank’s word', () => {
  const told = async (...keys: (string | undefined)[]) => {
    const log = new TestLog()
    for (const [n, as] of keys.entries())
      log.add({ type: 'bank.credited', by: log.key(`key ${n}`, 'own', as) })
    return report(log).then(({ grades }) => grades.bank)
  }

  test('is by a key registered as a bank’s; of older keys the kind decides', async () => {
    expect(await told('bank', 'party', 'device', 'bank')).toBe(2)
    expect(await told(undefined, undefined, 'party')).toBe(2)
  })

  test('is by none whose registration is silent on it once they tell', async () =>
    expect(await told(undefined, 'party', undefined)).toBe(1))

  test('needs a registration that makes sense', async () => {
    for (const [as, custody] of [
      ['judge', 'own'],
      ['bank', 'held'],
    ] as const) {
      const log = new TestLog()
      log.key('key', custody, as)
      expect(await problems(log)).toEqual(['1 key.malformed'])
    }
  })
})

describe('a countersignature', () => {
  const adding = async (change: (of: ReturnType<typeof world>) => Parameters<TestLog['add']>[0]) => {
    const of = world()
    of.log.add(change(of))
    return problems(of.log)
  }

  test('is by an own key and names one earlier fact', async () => {
    expect(await adding(({ accepted, office }) => ({ ...signed(accepted), by: office }))).toEqual([
      '10 countersignature.malformed',
    ])
    expect(await adding(({ accepted, buyer }) => ({ ...signed(accepted), refs: [], by: buyer }))).toEqual([
      '10 countersignature.malformed',
    ])
    expect(await adding(({ accepted, buyer }) => ({ ...signed(accepted), pub: {}, by: buyer }))).toEqual([
      '10 countersignature.malformed',
    ])
    const nothing = Buffer.alloc(32, 7).toString('base64')
    expect(
      await adding(({ accepted, buyer }) => ({ ...signed({ ...accepted, leaf: nothing }), by: buyer })),
    ).toEqual(['10 entry.unknown-ref'])
  })

  test('says of what it names no other id or kind', async () => {
    for (const pub of [
      { fact: '00000000-0000-0000-0000-000000000000', type: 'order.accepted' },
      { type: 'order.completed' },
    ])
      expect(
        await adding(({ accepted, buyer }) => {
          const said = signed(accepted)
          return { ...said, pub: { ...said.pub, ...pub }, by: buyer }
        }),
      ).toEqual(['10 countersignature.malformed'])
  })

  test('for another log, by a revoked key, or with a byte of it changed is found', async () => {
    expect(
      await adding(({ accepted, buyer }) => ({
        ...signed(accepted),
        by: buyer,
        with: { log: 'another.example/log' },
      })),
    ).toEqual(['10 entry.wrong-log'])
    const revoked = world()
    revoked.log.add({ type: 'key.revoked', pub: { keyId: revoked.buyer.id } })
    revoked.log.add({ ...signed(revoked.accepted), by: revoked.buyer })
    expect(await problems(revoked.log)).toEqual(['11 entry.revoked-key'])
    const forged = world()
    const bytes = forged.log.bytes({ ...signed(forged.accepted), by: forged.buyer })
    forged.log.append(Buffer.from(bytes.replace('order.accepted', 'order.accepteb')))
    expect(await problems(forged.log)).toEqual(['10 countersignature.malformed', '10 entry.bad-signature'])
  })
})
