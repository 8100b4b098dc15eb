import { sendBatch } from '@silian/chains/assurance/payouts/service.ts'
import { household } from '@silian/chains/production/households/household.register.ts'
import { registerHouseholds } from '@silian/chains/production/households/service.ts'
import { recordSuccession } from '@silian/kernel/access/succession-fact.ts'
import { runSubscriptions, type Subscription } from '@silian/kernel/fact/subscribe.ts'
import { drain } from '@silian/kernel/log/sequencer.ts'
import { succeedRows } from '@silian/kernel/register/succession.ts'
import { must } from '@silian/kernel/result/result.ts'
import { allSubscriptions } from '@silian/server/compose.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sampleOf } from '../register-samples.ts'
import { worldTime } from '../small-world.ts'
import { RaceStage, race } from './stage.ts'

/** Each order of 80 yuan brings 10 to the household of l1, 8 to that of l2, and 62 to the co-op. */
let stage: RaceStage
beforeAll(async () => {
  stage = await RaceStage.open({ ownGrams: 2_000_000 })
})
afterAll(() => stage.close())

const settlement = (): Subscription => allSubscriptions(stage.kit).find(each => each.name === 'settlement')!
const settle = (subscription = settlement()) =>
  runSubscriptions(stage.kit.batch, 'shenzhen', [subscription], { at: worldTime })
const sequenced = () => drain(stage.kit.batch, stage.kit.keyring, 'shenzhen', { at: worldTime })

/** An order that the log says is completed and that nobody has settled. */
async function completed(name: string): Promise<void> {
  const order = await stage.order(name, 'accepted')
  must(await stage.evaluate(order))
  must(await stage.hear(stage.credit(name, await stage.openPayment([order]), 8000)))
  await sequenced()
}

const merge = (from: string, to: string) =>
  stage.run(tx =>
    succeedRows(tx, stage.kit, household, stage.reach, {
      ...{ from: [stage.id(from)], to: [stage.id(to)], reason: '并户' },
    }),
  )
const mergeCoops = () =>
  stage.run(tx =>
    recordSuccession(tx, stage.kit.recorder, stage.id('task-force'), {
      ...{ kind: 'merge', ids: [stage.id('coop')], into: stage.id('coop2') },
    }),
  )

const owed = async () => {
  const rows = await stage.db.owner<{ account: string; balance: number }>(
    `select account, balance from ledger_account where account like 'payable/%' and balance <> 0`,
  )
  const names = new Map(['h1', 'h2', 'h3', 'coop', 'coop2'].map(name => [stage.id(name), name]))
  return Object.fromEntries(rows.map(row => [names.get(row.account.split('/')[2]!), row.balance]))
}

it('a merge that is done while a settlement waits to be written: what it credits passes over after it', async () => {
  await completed('first')
  const { handle, ...rest } = settlement()
  let met = 0
  await settle({
    ...rest,
    handle: async (tx, fact) => {
      await handle(tx, fact)
      if (fact.type === 'order.completed' && met++ === 0) must(await merge('h1', 'h2'))
    },
  })
  expect(met).toBe(1)
  expect(await owed()).toEqual({ h1: 1000, h2: 800, coop: 6200 })
  expect(await stage.differences()).toEqual([])
  expect(await owed()).toEqual({ h2: 1800, coop: 6200 })
})

it('a settlement after a merge that the log does not tell of yet pays who goes on', async () => {
  await completed('second')
  must(await merge('h2', 'h3'))
  must(await mergeCoops())
  await settle()
  expect(await owed()).toEqual({ h2: 1800, h3: 1800, coop: 6200, coop2: 6200 })
  expect(await stage.differences()).toEqual([])
  expect(await owed()).toEqual({ h3: 3600, coop2: 12_400 })
})

it('payouts while what waits passes over: each fen is paid to the one or owed to the other', async () => {
  await completed('third')
  await settle()
  const last = { ...sampleOf(household, places()), id: stage.id('h4') }
  must(await stage.run(tx => registerHouseholds(tx, stage.kit, stage.reach, [last])))
  must(await merge('h3', 'h4'))
  await sequenced()
  const send = (county: string) =>
    stage.run(tx => sendBatch(tx, stage.kit, stage.reach, stage.id('finance'), { countyCode: county }))
  await race<unknown>([() => settle(), () => settle(), () => send('451028'), () => send('451003')])
  expect(await stage.differences()).toEqual([])
  const { h3 = 0, h4 = 0 } = await owed()
  const [sent] = await stage.db.owner<{ fen: number }>(
    'select coalesce(sum(total_fen), 0)::int as fen from payout_batch',
  )
  expect([h3, h4 + sent!.fen]).toEqual([0, 3 * 1800])
})

const places = () => ({
  ...{ village: '451003901001', county: '451003', district: '440304' },
  ...{ coop: stage.id('coop'), unit: stage.id('unit'), rowOf: () => '' },
})
