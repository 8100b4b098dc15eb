import { citeFigures, keepRatios } from '@silian/chains/assurance/figures/service.ts'
import { listOffer } from '@silian/chains/supply/catalogue/service.ts'
import { openClaim } from '@silian/chains/supply/claims/service.ts'
import { hearEvents } from '@silian/chains/supply/delivery/events.ts'
import { takeOff } from '@silian/chains/supply/delivery/off.ts'
import { packParcels } from '@silian/chains/supply/delivery/pack.ts'
import { placeOrder } from '@silian/chains/supply/orders/place.ts'
import { lockOrder } from '@silian/chains/supply/orders/row.ts'
import { acceptOrder, decideOrder, evaluateOrder } from '@silian/chains/supply/orders/service.ts'
import { placeProxy } from '@silian/chains/supply/proxy/service.ts'
import { createProduct } from '@silian/chains/value/products/service.ts'
import { createAccount } from '@silian/kernel/access/accounts.ts'
import { createClient } from '@silian/kernel/access/clients.ts'
import { createMember, grantRole } from '@silian/kernel/access/members.ts'
import { succeedOrganisation } from '@silian/kernel/access/succession.ts'
import { command } from '@silian/kernel/database/command.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { addOwnKey } from '@silian/kernel/signing/own-keys.ts'
import type { TestDatabase } from '@silian/kernel/testing/test-database.ts'
import type { Whole } from '@silian/server/compose.ts'
import { ownKey, ownSigner } from '../own-signer.ts'
import { standingErasure } from '../refusals/erasures.ts'
import { completedOrder, everything, paidBatch, reveal, sideOne } from '../refusals/side.ts'
import { type SmallWorld, smallWorld, worldPassword, worldTime } from '../small-world.ts'
import { addProcesses } from './full-processes.ts'

/** A small world in which every table of a programme holds something. */
export async function fullWorld(db: TestDatabase, kit: Whole): Promise<SmallWorld> {
  const world = await smallWorld(kit)
  const side = sideOne(world)
  const bank = await ownSigner(kit, world, world.id('bank'))
  await completedOrder(kit, side, bank)
  await paidBatch(kit, side, bank)
  await reveal(kit, side)
  await standingErasure(kit, side)
  await addPeople(kit, world)
  await addPlatform(kit, world)
  await addCatalogue(kit, world)
  await addProcesses(kit, world)
  await addDelivery(kit, world)
  await world.drain()
  await fillTheRest(db, world)
  return world
}

async function addPeople(kit: Whole, { programme, write, id }: SmallWorld): Promise<void> {
  const account = { id: id('account'), username: 'somebody', password: worldPassword, name: '示例' }
  must(
    await kit.app.write({ programme: 'platform', actor: 'system', at: worldTime }, tx =>
      createAccount(tx, kit.vault, account),
    ),
  )
  await write(async tx => {
    const { id: memberId } = must(
      await createMember(tx, kit.vault, { accountId: account.id, name: account.name }),
    )
    must(await grantRole(tx, { memberId, role: 'citizen' }))
    return createClient(tx, {
      name: 'scale',
      kind: 'device',
      organisationId: id('coop'),
      role: 'coop_clerk',
      scopes: ['lot.*'],
    })
  })
  const scope = { programme, actor: 'system', at: worldTime }
  must(await command(kit.app, scope, { key: 'a key of one', name: 'nothing', input: {} }, async () => ok({})))
}

async function addPlatform(kit: Whole, { programme, write, id }: SmallWorld): Promise<void> {
  const figure = {
    key: 'k',
    row: 'S0-01',
    quoteZh: '引',
    labelEn: 'l',
    value: '1',
    unit: 'fen',
    asOf: '2019',
  }
  const ratio = { key: 'r', labelZh: '比', labelEn: 'ratio', value: '1', printed: '1', unit: '' }
  await write(tx => citeFigures(tx, kit, 'operator', [figure]))
  await write(tx => keepRatios(tx, [ratio]))
  const [key, said] = [ownKey(), { holder: id('unit'), kind: 'client' as const }]
  const given = { ...said, label: '示范程序', publicKey: key.publicKey }
  const reach = { ...everything(programme), organisationIds: [said.holder] }
  const proof = key.proof({ ...said, log: `test.example/demo/${programme}` })
  await write(tx => addOwnKey(tx, kit.keyring, reach, { ...given, proof }))
  const name = { nameZh: '示范新名', nameEn: 'New name' }
  await write(tx => succeedOrganisation(tx, { kind: 'rename', id: id('luohu'), ...name }))
}

async function addCatalogue(kit: Whole, { programme, write, id }: SmallWorld): Promise<void> {
  const [county, path, source] = ['451003', 'fruit/tropical/mango', 'invented'] as const
  const named = { nameZh: '田阳芒果', nameEn: 'Mango', class: path, countyCode: county, source }
  const papers = [{ kind: 'green', number: 'DEMO-1', issuer: '示范机构', source }]
  const product = { ...named, key: 'mango-marked', cooperativeId: id('coop'), unit: 'g' as const }
  const offer = { productId: id('mango'), lotId: id('lot1'), specZh: '盒', specEn: 'Box', perPiece: 1000 }
  await write(tx => createProduct(tx, kit, everything(programme), { ...product, certificates: papers }))
  await write(tx =>
    listOffer(tx, kit, everything(programme), {
      ...{ ...offer, priceFen: 1000, shipDays: 7 },
      prices: [{ group: 'citizen', fromPieces: 3, priceFen: 900 }],
    }),
  )
}

/** An order that went in parcels, of which something was spoilt and something is claimed; and one for somebody else. */
async function addDelivery(kit: Whole, { write, id }: SmallWorld): Promise<void> {
  const order = id('full delivery')
  const lines = [{ offerId: id('offer1'), offerVersion: 1, pieces: 3 }]
  const one = [{ no: 1, pieces: 1 }]
  const home = { name: '示例丁', phone: '13900000009', areaCode: '440304', address: '示范里9号' }
  await write(tx =>
    placeOrder(tx, kit, 'all', { id: order, declarationId: id('declaration'), note: '', lines }),
  )
  await write(tx => decideOrder(tx, kit, order, { approve: true, note: '' }), 'approver')
  await write(tx => packParcels(tx, [{ id: id('full parcel'), orderId: order, carrier: 'sandbox' }]))
  const delivered = { kind: 'delivered' as const, at: worldTime, place: '网点' }
  await write(async tx => ok(await hearEvents(tx, kit, id('full parcel'), [delivered])))
  await write(tx => acceptOrder(tx, kit, order, { invoiceNumber: 'INV' }))
  await write(tx => evaluateOrder(tx, kit, order, { score: 5, text: '' }))
  const off = { id: id('full off'), cause: 'quality' as const, holder: id('coop'), lines: one }
  await write(async tx => takeOff(tx, kit, await lockOrder(tx, order), off))
  await write(tx => openClaim(tx, kit, order, { kind: 'missing', lines: one, reason: '少', photos: [] }))
  const customer = { name: home.name, phone: home.phone }
  await write(tx => placeProxy(tx, kit, id('community'), { customer, home, lines, note: '' }))
}

interface Column {
  readonly table: string
  readonly column: string
  readonly type: string
}

/** A value of each type that no check of ours minds. */
const anyOf: Readonly<Record<string, () => unknown>> = {
  text: () => 'x',
  uuid: newId,
  int2: () => 1,
  int4: () => 1,
  int8: () => 1,
  bool: () => false,
  date: () => '2025-10-01',
  timestamptz: () => worldTime,
  bytea: () => Buffer.alloc(32),
  json: () => '[]',
  jsonb: () => '{}',
  _text: () => [],
  _int4: () => [],
  _uuid: () => [],
}

/** Where a check does mind, and what else must be there for a row to be whole. */
const particular: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  bulletin: { state: 'draft' },
  file: { type: 'image/png' },
  figure_leaf: { side: 'plus', count: 1 },
  import_run: { state: 'running' },
  job_progress: { state: 'waiting' },
  link_proposal: { state: 'waiting' },
  log_cosignature: { key_id: '0123abcd' },
  payment_provider: { name: 'wechat' },
  provider_difference: { kind: 'payment_amount' },
  provider_receipt: { state: 'matched' },
  provider_statement_line: { kind: 'payment' },
  refund: { source: 'bank', state: 'ordered' },
  register_proposal: { state: 'declined', decided_at: worldTime },
  setting: { key: 'a.b' },
}

/** Tables that nothing of the world has written get a row each, past the services. */
async function fillTheRest(db: TestDatabase, { programme, id }: SmallWorld): Promise<void> {
  const columns = await db.owner<Column>(
    `select c.table_name as table, c.column_name as column, c.udt_name as type from information_schema.columns c
     where c.table_schema = 'public' and c.is_nullable = 'NO' and c.column_default is null and exists (
       select 1 from information_schema.columns p where p.table_schema = 'public' and p.table_name = c.table_name
         and p.column_name = 'programme_id')
     order by c.table_name not in ('file', 'import_run', 'metric_close'), c.table_name`,
  )
  for (const [table, own] of Map.groupBy(columns, ({ table }) => table)) {
    const [row] = await db.owner<{ n: number }>(
      `select count(*) as n from public."${table}" where programme_id = $1`,
      [programme],
    )
    if (row!.n > 0) continue
    const [run] = await db.owner<{ id: string }>('select id from import_run')
    const [file] = await db.owner<{ id: string }>('select id from file where programme_id = $1', [programme])
    const [head] = await db.owner<{ size: number }>(
      'select size from log_head where programme_id = $1 limit 1',
      [programme],
    )
    const [customer] = await db.owner<{ id: string }>('select id from customer where programme_id = $1', [
      programme,
    ])
    const [payment] = await db.owner<{ id: string }>('select id from payment where programme_id = $1', [
      programme,
    ])
    const given: Record<string, unknown> = {
      programme_id: programme,
      ...(table === 'import_fault' ? { run_id: run!.id } : {}),
      ...(table === 'file_use' ? { file_id: file!.id } : {}),
      ...(table === 'link_proposal' ? { cooperative_id: id('coop'), household_id: id('h1') } : {}),
      ...(table === 'log_cosignature' ? { size: head!.size } : {}),
      ...(table === 'customer_session' ? { customer_id: customer!.id } : {}),
      ...(table === 'order_return' ? { order_id: id('full delivery') } : {}),
      ...(table === 'provider_receipt' ? { payment_id: payment!.id } : {}),
      ...particular[table],
    }
    const whole = { ...Object.fromEntries(own.map(({ column, type }) => [column, anyOf[type]!()])), ...given }
    await db.owner(
      `insert into public."${table}" (${Object.keys(whole).map(column => `"${column}"`)})
       values (${Object.keys(whole).map((_, i) => `$${i + 1}`)})`,
      Object.values(whole),
    )
  }
}
