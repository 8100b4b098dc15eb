import { alipayNotice } from '@silian/bank/pay/alipay.ts'
import { makePayKeys, merchantSettings, type PayKeys } from '@silian/bank/pay/keys.ts'
import { Till } from '@silian/bank/pay/till.ts'
import { eraseMe } from '@silian/chains/supply/customers/erase.ts'
import { codeHash } from '@silian/chains/supply/customers/rules.ts'
import { newCustomer, PHONE } from '@silian/chains/supply/customers/service.ts'
import { paymentCode } from '@silian/chains/supply/orders/rules.ts'
import { tradeNoOf } from '@silian/chains/supply/payments/providers/provider.ts'
import { takeReceived } from '@silian/chains/supply/payments/receive.ts'
import { putProvider } from '@silian/chains/supply/payments/settings.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import type { Whole } from '@silian/server/compose.ts'
import type { Expectation } from './expectations.ts'
import type { Prepare } from './requests.ts'
import type { Side } from './side.ts'

const shop = { action: 'shop.session', open: 'everyone but client', about: 'nothing' } as const
// a citizen who signed in with an account has not shopped: orders are a customer's, by a phone
const mine = (action: string) => ({ action, own: ['citizen'], about: 'nothing' }) as const
const orders = { ...mine('my.orders'), always: '404 order.not_found' } as const
const looks = ['finance_officer', 'auditor'] as const
const office = { about: 'organisation', all: ['finance_officer'] } as const

/** Everybody may shop; what was bought is the customer's own; the finance office looks after the money. */
export const purchaseExpectations: readonly Expectation[] = [
  { route: 'GET /shop/session', ...shop },
  { route: 'POST /shop/session', ...shop },
  { route: 'POST /shop/session/code', ...shop },
  { route: 'POST /shop/session/proof', ...shop },
  { route: 'POST /shop/session/end', ...shop },
  { route: 'GET /shop/pay-ways', ...shop },
  { route: 'GET /my/addresses', ...mine('my.addresses') },
  { route: 'POST /my/addresses', ...mine('my.addresses'), always: '404 customer.not_found' },
  {
    route: 'POST /my/addresses/{address}/removal',
    ...{ ...mine('my.addresses'), always: '404 address.not_found' },
  },
  { route: 'POST /my/erasure', ...mine('my.erasure'), always: '404 customer.not_found' },
  { route: 'GET /shop/erasures/{erasure}', ...shop },
  { route: 'GET /shop/erasures/{erasure}/receipt.pdf', ...shop },
  {
    route: 'POST /customer-erasures',
    ...{ action: 'customer.erase', ...office, always: '404 customer_phone.not_found' },
  },
  { route: 'GET /my/orders', ...mine('my.orders') },
  { route: 'GET /my/orders/{order}', ...orders },
  { route: 'POST /my/orders/{order}/wallet-payment', ...orders },
  { route: 'POST /my/orders/{order}/cancellation', ...orders },
  { route: 'POST /my/orders/{order}/acceptance', ...orders },
  { route: 'POST /my/orders/{order}/evaluation', ...orders },
  { route: 'POST /my/orders/{order}/complaint', ...orders },
  { route: 'POST /my/orders/{order}/complaint-reply', ...orders },
  { route: 'POST /my/payments', ...mine('my.payments'), always: '404 customer.not_found' },
  { route: 'GET /my/payments/{payment}', ...mine('my.payments'), always: '404 payment.not_found' },
  { route: 'POST /my/payments/{payment}/asking', ...mine('my.payments'), always: '404 payment.not_found' },
  {
    route: 'POST /payment-notices/{provider}',
    ...{ action: 'payment.notice', open: 'everyone but client', about: 'nothing' },
  },
  { route: 'GET /refunds', action: 'refund.read', all: looks, about: 'organisation' },
  {
    route: 'POST /refunds/{refund}/decision',
    ...{ action: 'refund.decide', ...office, alien: '404 refund.not_found' },
  },
  { route: 'GET /provider-receipts/unfit', action: 'reconciliation.read', all: looks, about: 'organisation' },
  {
    route: 'POST /provider-receipts/{provider}/{reference}/return',
    // what a provider has is asked of it first: of what nobody told there is nothing to ask
    ...{ action: 'reconciliation.settle', all: ['finance_officer'], about: 'nothing' },
    always: '404 receipt.not_found',
  },
  {
    route: 'GET /provider-receipts/{provider}/{reference}/trade',
    ...{ action: 'reconciliation.settle', all: ['finance_officer'], about: 'nothing' },
    always: '404 receipt.not_found',
  },
  { route: 'GET /provider-messages', action: 'reconciliation.read', all: looks, about: 'nothing' },
  { route: 'GET /provider-statements', action: 'reconciliation.read', all: looks, about: 'nothing' },
  {
    route: 'POST /provider-statements',
    ...{ action: 'reconciliation.settle', all: ['finance_officer'], about: 'nothing' },
    always: '404 provider.not_found',
  },
  { route: 'GET /provider-differences', action: 'reconciliation.read', all: looks, about: 'organisation' },
  {
    route: 'POST /provider-differences/{difference}/settlement',
    ...{ action: 'reconciliation.settle', ...office, alien: '404 difference.not_found' },
  },
]

export const purchaseKeyless: readonly string[] = [
  'POST /shop/session',
  'POST /shop/session/code',
  'POST /shop/session/proof',
  'POST /shop/session/end',
  'POST /my/payments/{payment}/asking',
  'POST /payment-notices/{provider}',
  'POST /provider-statements',
]

let count = 0
const nextPhone = (): string => `137${String(++count).padStart(8, '0')}`

/** A code that was sent just now, by the server's clock. */
async function codeFor(kit: Whole, { world }: Side, phone: string): Promise<void> {
  const index = kit.vault.index(world.programme, PHONE, phone)
  const at = new Date()
  await kit.app.write({ programme: world.programme, actor: 'system' }, async tx => {
    await tx.db
      .insertInto('customer_code')
      .values({
        ...{ programme_id: tx.programme, phone_index: index, tries: 0, sent_at: at },
        code_hash: codeHash(kit.shop.indexKey, index, '123456'),
        expires_at: new Date(at.getTime() + 600_000),
      })
      .execute()
    return ok(null)
  })
}

/** Money of a citizen's payment that came in another sum. */
async function unfit(kit: Whole, { world }: Side): Promise<string> {
  const [id, reference] = [newId(), `R${++count}`]
  await world.write(async tx => {
    await tx.db
      .insertInto('payment')
      .values({
        ...{ programme_id: tx.programme, id, code: paymentCode(id), provider: 'wechat', state: 'open' },
        buyer_id: await newCustomer(tx, kit, nextPhone()),
        ...{ amount_fen: 100, created_at: tx.at, expires_at: tx.at, paid_at: null },
      })
      .execute()
    return ok(null)
  })
  const received = { tradeNo: tradeNoOf(id), reference, fen: 101, paidAt: new Date() }
  await takeReceived(kit, { programme: world.programme, actor: 'system' }, 'wechat', received)
  return reference
}

/** Money of a unit that the bank has to pay back. */
function refunded({ world }: Side): Promise<string> {
  const id = newId()
  return world.write(async tx => {
    await postAll(tx, [
      {
        ...{ id: newId(), kind: 'test', subject: id },
        postings: [
          { account: 'world/bank', amount: -1 },
          { account: 'returning/bank', amount: 1 },
        ],
      },
    ])
    await tx.db
      .insertInto('refund')
      .values({
        ...{ programme_id: tx.programme, id, return_id: null, order_id: world.id('order'), payment_id: null },
        ...{ source: 'budget', tender_no: 1, amount_fen: 1, state: 'ordered', ordered_at: tx.at },
        ...{ asked_at: null, done_at: null, reference: null, failure: null },
      })
      .execute()
    return ok(id)
  })
}

function differing({ world }: Side): Promise<string> {
  const id = newId()
  return world.write(async tx => {
    await tx.query(
      `insert into provider_difference (programme_id, id, provider, day, kind, reference, ours_fen, theirs_fen, found_at)
       values ($1, $2, 'wechat', '2025-10-08', 'payment_amount', $3, 1, 2, $4)`,
      [tx.programme, id, id, tx.at],
    )
    return ok(id)
  })
}

let payKeys: PayKeys | undefined

/** A provider's word of a trade that nobody knows: it is heard, and nothing follows. */
async function notice(kit: Whole, { world }: Side): Promise<Buffer> {
  payKeys ??= makePayKeys()
  const keys = payKeys
  await world.write(tx => putProvider(tx, kit, 'alipay', merchantSettings(keys, 'http://127.0.0.1:9').alipay))
  const till = new Till()
  const trade = till.open({
    ...{ provider: 'alipay', tradeNo: tradeNoOf(newId()), fen: 1, title: '', notifyUrl: '', returnUrl: '' },
    expiresAt: new Date(),
  })!
  till.pay(trade)
  return Buffer.from(alipayNotice(keys.alipay, till, trade, 'prompt').body)
}

const order =
  (name: string, body: object): Prepare =>
  of => ({
    path: `/my/orders/${of.orders.shipped}/${name}`,
    body,
  })

export const purchaseRequests: Readonly<Record<string, Prepare>> = {
  'GET /shop/session': () => ({ path: '/shop/session' }),
  'POST /shop/session': () => ({ path: '/shop/session', body: { phone: nextPhone() } }),
  'POST /shop/session/code': () => ({ path: '/shop/session/code', body: { phone: nextPhone() } }),
  'POST /shop/session/proof': async (of, fresh) => {
    const phone = nextPhone()
    if (fresh) await codeFor(fresh, of, phone)
    return { path: '/shop/session/proof', body: { phone, code: '123456' } }
  },
  'POST /shop/session/end': () => ({ path: '/shop/session/end', body: {} }),
  'GET /shop/pay-ways': () => ({ path: '/shop/pay-ways' }),
  'GET /my/addresses': () => ({ path: '/my/addresses' }),
  'POST /my/addresses': () => ({
    path: '/my/addresses',
    body: { name: '示例丙', phone: nextPhone(), areaCode: '440304', address: '示范路1号' },
  }),
  'POST /my/addresses/{address}/removal': () => ({ path: `/my/addresses/${newId()}/removal`, body: {} }),
  'POST /my/erasure': () => ({ path: '/my/erasure', body: {} }),
  'GET /shop/erasures/{erasure}': async (of, fresh) => ({
    path: `/shop/erasures/${await erasureOf(fresh, of)}`,
  }),
  'GET /shop/erasures/{erasure}/receipt.pdf': async (of, fresh) => ({
    path: `/shop/erasures/${await erasureOf(fresh, of)}/receipt.pdf`,
  }),
  'POST /customer-erasures': () => ({
    path: '/customer-erasures',
    body: { phone: nextPhone(), identityChecked: true },
  }),
  'GET /my/orders': () => ({ path: '/my/orders?limit=200' }),
  'GET /my/orders/{order}': of => ({ path: `/my/orders/${of.orders.shipped}` }),
  'POST /my/orders/{order}/wallet-payment': order('wallet-payment', {}),
  'POST /my/orders/{order}/cancellation': order('cancellation', { reason: '不要了' }),
  'POST /my/orders/{order}/acceptance': order('acceptance', { photos: [] }),
  'POST /my/orders/{order}/evaluation': order('evaluation', { score: 5, text: '' }),
  'POST /my/orders/{order}/complaint': order('complaint', { matter: 'quality', said: '有坏果' }),
  'POST /my/orders/{order}/complaint-reply': order('complaint-reply', { content: true }),
  'POST /my/payments': of => ({
    path: '/my/payments',
    body: { orderIds: [of.orders.approved], way: 'wallet' },
  }),
  'GET /my/payments/{payment}': of => ({ path: `/my/payments/${of.payment}` }),
  'POST /my/payments/{payment}/asking': of => ({ path: `/my/payments/${of.payment}/asking`, body: {} }),
  'POST /payment-notices/{provider}': async (of, fresh) => ({
    path: '/payment-notices/alipay',
    body: fresh ? await notice(fresh, of) : Buffer.from('a=b'),
    again: true,
  }),
  'GET /refunds': async (of, fresh) => ({
    path: '/refunds?limit=200',
    ...(fresh && { shows: await refunded(of) }),
  }),
  'POST /refunds/{refund}/decision': async (of, fresh) => {
    const refund = fresh ? await refunded(of) : of.world.id('no refund')
    return { path: `/refunds/${refund}/decision`, body: { outcome: 'done', reference: 'B1' }, shows: refund }
  },
  'GET /provider-receipts/unfit': async (of, fresh) => ({
    path: '/provider-receipts/unfit',
    ...(fresh && { shows: `"${await unfit(fresh, of)}"` }),
  }),
  'POST /provider-receipts/{provider}/{reference}/return': () => ({
    path: '/provider-receipts/wechat/none/return',
    body: {},
  }),
  'GET /provider-receipts/{provider}/{reference}/trade': () => ({
    path: '/provider-receipts/wechat/none/trade',
  }),
  'GET /provider-messages': () => ({ path: '/provider-messages' }),
  'GET /provider-statements': () => ({ path: '/provider-statements' }),
  'POST /provider-statements': () => ({
    path: '/provider-statements',
    body: { provider: 'wechat', day: '2025-10-08' },
  }),
  'GET /provider-differences': async (of, fresh) => ({
    path: '/provider-differences?limit=200',
    ...(fresh && { shows: await differing(of) }),
  }),
  'POST /provider-differences/{difference}/settlement': async (of, fresh) => {
    const difference = fresh ? await differing(of) : of.world.id('no difference')
    return {
      path: `/provider-differences/${difference}/settlement`,
      body: { note: '已核' },
      shows: difference,
    }
  },
}

/** What a customer asked for; without a kit nothing is written, and the number is nobody's. */
async function erasureOf(kit: Whole | undefined, { world }: Side): Promise<string> {
  if (!kit) return newId()
  const scope = { programme: world.programme, actor: 'test' }
  const asked = await kit.app.write(scope, async tx => {
    const id = await newCustomer(tx, kit, nextPhone())
    return eraseMe(tx, { kind: 'customer', id, ownIds: [id], programme: world.programme, roles: [] })
  })
  return must(asked).erasure
}
