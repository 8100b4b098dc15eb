import { setTimeout as pause } from 'node:timers/promises'
import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { expireUnpaidOrders } from '@silian/chains/supply/payments/jobs.ts'
import { addRule, decideDeclaration, declare } from '@silian/chains/supply/quota/service.ts'
import { createClient } from '@silian/kernel/access/clients.ts'
import type { Role } from '@silian/kernel/access/roles.ts'
import { idFrom, newId } from '@silian/kernel/ids/ids.ts'
import { vkey } from '@silian/kernel/log/read.ts'
import { must } from '@silian/kernel/result/result.ts'
import { yearOf } from '@silian/kernel/time/shanghai.ts'
import { audit } from '@silian/verifier/audit.ts'
import { httpSource } from '@silian/verifier/source-http.ts'
import { afterAll, beforeAll, expect, inject, it, onTestFinished, vi } from 'vitest'
import { type Child, end, startServerProcess } from '../child-processes.ts'
import { Citizen } from './citizen.ts'
import { RaceStage, race } from './stage.ts'

let stage: RaceStage
let servers: [Child, Child]
const keys = new Map<Role, string>()
beforeAll(async () => {
  stage = await RaceStage.open()
  await thisYear()
  for (const [role, organisation] of [
    ['buyer', 'unit'],
    ['approver', 'unit'],
    ['accountant', 'unit'],
    ['canteen_acceptor', 'unit'],
    ['coop_clerk', 'coop'],
  ] as const) {
    const client = await stage.run(tx =>
      createClient(tx, {
        name: role,
        kind: 'client',
        role,
        organisationId: stage.id(organisation),
        scopes: ['*'],
      }),
    )
    keys.set(role, must(client).secret)
  }
  servers = await Promise.all([start(), start()])
})
afterAll(async () => {
  for (const server of servers) await end(server)
  await stage.close()
})

/** Servers live in the present: what may be bought today was declared for this year. */
async function thisYear(): Promise<void> {
  const year = yearOf(new Date())
  const { kit, reach } = stage
  const id = (name: string) => stage.id(name)
  const rule = {
    year,
    areaCode: '440300',
    base: 'canteen_food',
    ratioBp: 1500,
    productAreas: [],
    source: 'P10',
  } as const
  must(
    await stage.run(tx =>
      addRule(tx, kit, id('finance'), {
        ...rule,
        id: id('this rule'),
        channels: ['platform'],
        recognisedOnly: false,
        productAreas: [],
      }),
    ),
  )
  const declaration = {
    id: id('this year'),
    unitId: id('unit'),
    canteenId: id('canteen'),
    year,
    kind: 'own' as const,
  }
  must(
    await stage.run(tx =>
      declare(tx, kit, reach, { ...declaration, baseFen: 10_000_000, reservedFen: 1_500_000 }),
    ),
  )
  must(
    await stage.run(tx =>
      decideDeclaration(tx, kit, reach, id('finance'), declaration.id, { approve: true, note: '' }),
    ),
  )
}

const start = (): Promise<Child> =>
  startServerProcess({
    dataFolder: inject('postgres').dataFolder,
    secrets: stage.db.secrets,
    connections: stage.db.connections,
  })

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
}

async function ask(
  server: Child,
  path: string,
  as: Role | undefined,
  body: unknown,
  key: string,
): Promise<Answer> {
  const response = await fetch(`${server.said}/api/v1/p/shenzhen${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(as ? { authorization: `Bearer ${keys.get(as)}` } : {}),
    },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

/** Sends to one server, and the same again to the other when the first has died under it. */
async function send(n: number, path: string, as: Role | undefined, body: unknown): Promise<Answer['body']> {
  const key = newId()
  const [first, second] = n % 2 ? servers : servers.toReversed()
  const answer = await ask(first!, path, as, body, key).catch(() => ask(second!, path, as, body, key))
  expect([path, answer]).toEqual([path, expect.objectContaining({ status: 200 })])
  return answer.body
}

async function complete(n: number): Promise<void> {
  const order = idFrom('process order', String(n))
  await send(n, '/orders', 'buyer', {
    id: order,
    declarationId: stage.id('this year'),
    lines: [{ offerId: stage.id('offer1'), offerVersion: 1, pieces: 1 }],
  })
  const at = `/orders/${order}`
  await send(n + 1, `${at}/approval`, 'approver', { approve: true })
  const payment = await send(n, '/payments', 'accountant', { orderIds: [order] })
  const entry = stage.credit(`process ${n}`, String(payment.code), 8000)
  await race<unknown>([
    () => send(n, '/bank/messages', undefined, { entry: entry.toString('base64') }),
    () => send(n + 1, '/bank/messages', undefined, { entry: entry.toString('base64') }),
    async () => {
      await send(n, `${at}/shipment`, 'coop_clerk', { carrier: '示范物流', waybill: `W${n}` })
      await send(n + 1, `${at}/acceptance`, 'canteen_acceptor', { goodsOk: true, invoiceNumber: `INV-${n}` })
      await send(n, `${at}/evaluation`, 'canteen_acceptor', { score: 5 })
    },
  ])
}

/** Until the two processes have brought everything to the log and every subscription to its end. */
async function settled(): Promise<void> {
  for (;;) {
    const waiting = await stage.count(`fact_pending where programme_id = 'shenzhen'`)
    const [log] = await stage.db.owner<{ size: number }>(
      `select size from log where programme_id = 'shenzhen'`,
    )
    const behind = await stage.count(`subscription where programme_id = 'shenzhen' and next_index < $1`, [
      log!.size,
    ])
    if (waiting + behind === 0) return
    await pause(50)
  }
}

/** Checks again and again while the work goes on: a running server must raise no false alarm. */
async function watch<T>(work: Promise<T>): Promise<{ differences: unknown[]; pending: number }> {
  let working = true
  const done = work.finally(() => {
    working = false
  })
  const [differences, pending]: [unknown[], number[]] = [[], [0]]
  while (working) {
    const report = await checkProgramme(stage.kit, 'shenzhen')
    differences.push(...report.differences)
    pending.push(report.facts.pending)
  }
  await done
  return { differences, pending: Math.max(...pending) }
}

it('two server processes make one log of what both are told, also when one is killed', async () => {
  const watched = await watch(race(Array.from({ length: 8 }, (_, n) => () => complete(n))))
  expect(watched.differences).toEqual([])
  // it looked while facts were under way
  expect(watched.pending).toBeGreaterThan(0)
  const [dying] = servers
  // the second half is under way when the first server goes, without a word and with its lease
  const rest = race(Array.from({ length: 8 }, (_, n) => () => complete(8 + n)))
  dying.process.kill('SIGKILL')
  await rest
  await settled()

  const count = (type: string) =>
    stage.count('fact where programme_id = $1 and type = $2', ['shenzhen', type])
  for (const type of [
    'placed',
    'approved',
    'shipped',
    'accepted',
    'evaluated',
    'paid',
    'completed',
    'settled',
  ])
    expect([type, await count(`order.${type}`)]).toEqual([type, 16])
  expect(await stage.count('bank_credit')).toBe(16)
  expect(await stage.count('settlement')).toBe(16)
  expect(
    await stage.db.owner(
      `select sum(sum)::int as sum, sum(count)::int as count from metric_cell
        where metric like 'completed_purchases@%' and metric not like '%#%'`,
    ),
  ).toEqual([{ sum: 16 * 8000, count: 16 }])
  expect(await stage.differences()).toEqual([])

  const facts = await stage.count(`fact where programme_id = 'shenzhen'`)
  const audited = await audit({
    fetchBytes: httpSource(`${servers[1].said}/log/shenzhen`),
    vkey: (await vkey(stage.kit.app, 'shenzhen'))!,
  })
  expect(audited).toMatchObject({ ok: true, report: { size: facts, types: { 'order.settled': 16 } } })
})

it('a server killed between hold and payment leaves an order that is paid once, or ends and is refunded', async () => {
  const { kit } = stage
  const lot = `stock/lot/${stage.id('lot1')}`
  const { held } = await stage.account(lot)
  const citizen = await Citizen.begin(stage, servers[1].said)
  onTestFinished(() => citizen.sandbox.stop())
  const paid = await citizen.order(stage.id('offer1'), 1)
  const late = await citizen.order(stage.id('offer1'), 2)
  expect((await stage.account(lot)).held).toBe(held + 15_000)
  await end(servers[1], 'SIGKILL')
  // the payer confirms while nobody is there to hear it
  for (const { payment } of [paid, late]) await citizen.pay(payment)
  const payBy = (minutes: number) =>
    stage.db.owner(`update "order" set pay_by = pay_by + $2 * interval '1 minute' where id = $1`, [
      late.order,
      minutes,
    ])
  await payBy(-31)
  servers[1] = await start()
  citizen.url = servers[1].said
  const scope = { programme: 'shenzhen', actor: 'system' }
  await expireUnpaidOrders.run({ kit, scope } as never, {})
  // the log still knows until when it might have been paid
  await payBy(31)
  for (const { payment } of [paid, late, paid, late]) expect(await citizen.hear(payment)).toBe('200 success')

  const stateOf = ({ order }: { order: string }) =>
    stage.db.owner('select state, paid_at is not null as paid from "order" where id = $1', [order])
  expect(await stateOf(paid)).toEqual([{ state: 'approved', paid: true }])
  expect(await stateOf(late)).toEqual([{ state: 'expired', paid: false }])
  expect((await stage.account(`escrow/order/${paid.order}`)).balance).toBe(8000)
  expect((await stage.account(lot)).held).toBe(held + 5000)
  expect(
    await stage.db.owner(
      'select state, reason from provider_receipt where payment_id = any($1) order by state',
      [[paid.payment, late.payment]],
    ),
  ).toEqual([
    { state: 'matched', reason: null },
    { state: 'returning', reason: 'late' },
  ])
  await vi.waitFor(async () => {
    expect([...citizen.sandbox.till.refunds.values()]).toMatchObject([
      { tradeNo: late.payment.replaceAll('-', ''), fen: 16_000 },
    ])
    expect((await stage.account('returning/alipay')).balance).toBe(0)
  }, 20_000)
  await settled()
  expect(await stage.differences()).toEqual([])
})
