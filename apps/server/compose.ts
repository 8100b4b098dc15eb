import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bulletinRoutes } from '@silian/chains/assurance/bulletins/routes.ts'
import { figureReceipts } from '@silian/chains/assurance/figures/receipts.ts'
import { figureRoutes } from '@silian/chains/assurance/figures/routes.ts'
import { confirmedPayout } from '@silian/chains/assurance/payouts/countersign.ts'
import { payoutReceipts } from '@silian/chains/assurance/payouts/receipts.ts'
import { payoutRoutes } from '@silian/chains/assurance/payouts/routes.ts'
import { markPaidOut } from '@silian/chains/assurance/payouts/service.ts'
import { passOwed } from '@silian/chains/assurance/settlement/passing.ts'
import { recoverRefund } from '@silian/chains/assurance/settlement/recover.ts'
import { settlementRoutes } from '@silian/chains/assurance/settlement/routes.ts'
import { settleOrder } from '@silian/chains/assurance/settlement/service.ts'
import { erasable, intakes, metrics, processes, registers } from '@silian/chains/declared.ts'
import type { Kit } from '@silian/chains/kit.ts'
import { lookAgain } from '@silian/chains/production/households/jobs.ts'
import { linkRoutes } from '@silian/chains/production/links/routes.ts'
import { adoptCatalogue } from '@silian/chains/supply/catalogue/jobs.ts'
import { catalogueRoutes } from '@silian/chains/supply/catalogue/routes.ts'
import { passClaims } from '@silian/chains/supply/claims/jobs.ts'
import { claimRoutes } from '@silian/chains/supply/claims/routes.ts'
import { complaintRoutes } from '@silian/chains/supply/complaints/routes.ts'
import { standing as walletAccounts } from '@silian/chains/supply/customers/accounts.ts'
import { customerErasureRoutes } from '@silian/chains/supply/customers/erase-routes.ts'
import { sweepCustomers } from '@silian/chains/supply/customers/jobs.ts'
import { customerRoutes } from '@silian/chains/supply/customers/routes.ts'
import type { ShopMeans } from '@silian/chains/supply/customers/service.ts'
import { Shoppers } from '@silian/chains/supply/customers/who.ts'
import { followParcels } from '@silian/chains/supply/delivery/jobs.ts'
import { deliveryRoutes } from '@silian/chains/supply/delivery/routes.ts'
import { standing as orderAccounts } from '@silian/chains/supply/orders/accounts.ts'
import { Checkout } from '@silian/chains/supply/orders/checkout.ts'
import { acceptedOrder } from '@silian/chains/supply/orders/countersign.ts'
import { expireOrders } from '@silian/chains/supply/orders/jobs.ts'
import { orderReceipts } from '@silian/chains/supply/orders/receipts.ts'
import { orderRoutes } from '@silian/chains/supply/orders/routes.ts'
import { tellSellers } from '@silian/chains/supply/orders/told.ts'
import { standing as providerAccounts } from '@silian/chains/supply/payments/accounts.ts'
import {
  closeTradeJob,
  compareStatements,
  expireUnpaidOrders,
  followRefunds,
} from '@silian/chains/supply/payments/jobs.ts'
import { myPaymentRoutes } from '@silian/chains/supply/payments/my-routes.ts'
import { moneyOfficeRoutes } from '@silian/chains/supply/payments/office-routes.ts'
import { refundJob } from '@silian/chains/supply/payments/refund-job.ts'
import { paymentRoutes } from '@silian/chains/supply/payments/routes.ts'
import { proxyRoutes } from '@silian/chains/supply/proxy/routes.ts'
import { acceptSilent, acceptUntold, countSilent } from '@silian/chains/supply/purchases/jobs.ts'
import { purchaseRoutes } from '@silian/chains/supply/purchases/routes.ts'
import { standing as quotaAccounts } from '@silian/chains/supply/quota/accounts.ts'
import { moveDeclarations } from '@silian/chains/supply/quota/moves.ts'
import { quotaRoutes } from '@silian/chains/supply/quota/routes.ts'
import { reviewRoutes } from '@silian/chains/supply/reviews/routes.ts'
import { AskedWords } from '@silian/chains/supply/search/asked.ts'
import { followOffers } from '@silian/chains/supply/search/follow.ts'
import { forgetAsked, renewSearch, turnSearchDay } from '@silian/chains/supply/search/jobs.ts'
import { searchRoutes as shopSearchRoutes } from '@silian/chains/supply/search/routes.ts'
import { standing as lotAccounts } from '@silian/chains/value/lots/accounts.ts'
import { lotRoutes } from '@silian/chains/value/lots/routes.ts'
import { priceRoutes } from '@silian/chains/value/prices/routes.ts'
import { mediaRoutes } from '@silian/chains/value/products/media-routes.ts'
import { productRoutes } from '@silian/chains/value/products/routes.ts'
import { words } from '@silian/chains/words.ts'
import { codeOutbox } from '@silian/kernel/access/code-outbox.ts'
import { type CodeSender, noCodes } from '@silian/kernel/access/codes.ts'
import { definePermissions, type Permit } from '@silian/kernel/access/permit.ts'
import { Turns } from '@silian/kernel/access/turns.ts'
import type { Secrets } from '@silian/kernel/config/secrets.ts'
import { Database } from '@silian/kernel/database/database.ts'
import { Keyring } from '@silian/kernel/fact/keyring.ts'
import { createRecorder } from '@silian/kernel/fact/record.ts'
import { lateRoutes } from '@silian/kernel/fact/routes.ts'
import { type Subscription, subscribe } from '@silian/kernel/fact/subscribe.ts'
import { fileRoutes } from '@silian/kernel/files/routes.ts'
import type { FileKit } from '@silian/kernel/files/store.ts'
import { sweepFilesJob } from '@silian/kernel/files/sweep-job.ts'
import type { HealthMeans } from '@silian/kernel/health/report.ts'
import type { Route } from '@silian/kernel/http/route.ts'
import type { Job } from '@silian/kernel/jobs/define.ts'
import type { Opening } from '@silian/kernel/ledger/accounts.ts'
import { receiptRoutes } from '@silian/kernel/log/receipt-routes.ts'
import { followMetrics } from '@silian/kernel/metric/jobs.ts'
import { keepMetrics } from '@silian/kernel/metric/keep.ts'
import { metricRoutes } from '@silian/kernel/metric/routes.ts'
import { deliveryJob, type Post } from '@silian/kernel/notify/deliver.ts'
import { notificationRoutes } from '@silian/kernel/notify/routes.ts'
import { Vault } from '@silian/kernel/personal/vault.ts'
import { deskRoutes } from '@silian/kernel/process/desk-routes.ts'
import { processGrants } from '@silian/kernel/process/grants.ts'
import { clockJob, drawJob, followJob } from '@silian/kernel/process/jobs.ts'
import { caseReceipts } from '@silian/kernel/process/receipts.ts'
import { processesOf } from '@silian/kernel/process/registry.ts'
import { processRoutes } from '@silian/kernel/process/routes.ts'
import { deedGrants, registerGrants } from '@silian/kernel/register/grants.ts'
import { importJob } from '@silian/kernel/register/import-job.ts'
import { routesOfRegisters } from '@silian/kernel/register/routes.ts'
import { importRoutes, sheetRoutesOf } from '@silian/kernel/register/sheet-routes.ts'
import { erasureJob } from '@silian/kernel/retention/job.ts'
import { erasureGrants, erasureRoutes } from '@silian/kernel/retention/routes.ts'
import { signingRoutes } from '@silian/kernel/signing/routes.ts'
import { adminRoutes } from './admin/routes.ts'
import { fileGrants, fileReaders } from './files.ts'
import { homeRoutes } from './home/routes.ts'
import { ledgerRoutes } from './ledger/routes.ts'
import { listRoutes } from './lists/routes.ts'
import { permissions } from './permissions.ts'
import { housekeeping } from './platform/jobs.ts'
import { evidenceRoutes, platformRoutes } from './platform/routes.ts'
import { searchSubscriptions } from './search/kinds.ts'
import { searchRoutes } from './search/routes.ts'

/** The kit with what only the composition itself needs. */
export interface Whole extends Kit {
  readonly keyring: Keyring
  readonly permit: Permit
  readonly files: FileKit
  readonly shop: ShopMeans
  readonly shoppers: Shoppers
  /** What one address may search in the shop a minute; 0 is no limit. */
  readonly searchLimit: number
  /** Everybody's orders of this process, together. */
  readonly checkout: Checkout
  /** What this process was asked for, until it is written. */
  readonly asked: AskedWords
  /** Of the process that serves: for the report on its health. */
  readonly health?: HealthMeans
  /** Of the process that serves: how notifications get out of the house. */
  readonly post?: Post
}

/** Tools that serve no files need not say where those lie. */
const nowhere = join(tmpdir(), 'silian-files')

export function composeKit(
  connections: { app: string; batch: string },
  secrets: Secrets,
  dataFolder: string = nowhere,
  publicUrl = 'http://127.0.0.1',
): Whole {
  const keyring = new Keyring(secrets.masterKey)
  const codes: CodeSender = noCodes
  const kit: Kit = {
    app: new Database('app', connections.app, 24),
    batch: new Database('batch', connections.batch, 8),
    recorder: createRecorder(keyring),
    vault: new Vault(secrets),
  }
  return {
    ...kit,
    checkout: new Checkout(kit),
    asked: new AskedWords(kit.app),
    shop: {
      indexKey: secrets.indexKey,
      codes,
      demoCodes: codeOutbox(join(dataFolder, 'sms', 'outbox.jsonl')),
      publicUrl,
      turns: new Turns(0),
    },
    shoppers: new Shoppers(kit.app, publicUrl, codes !== noCodes),
    searchLimit: 0,
    keyring,
    files: { dataFolder, masterKey: secrets.masterKey },
    permit: definePermissions([
      ...permissions,
      ...registerGrants(registers),
      ...intakes.flatMap(({ register }) => deedGrants(register)),
      ...processGrants(processes),
      ...fileGrants,
      ...erasureGrants,
    ]),
  }
}

/** The declared processes, by name. */
export const declaredProcesses = processesOf(processes)

/** The things of which the log tells their parties. */
const receiptSources = [orderReceipts, payoutReceipts, figureReceipts, ...processes.map(caseReceipts)]

const imports = importJob(registers, words, intakes)

/** What parties may bear out with keys of their own. */
const countersignable = [acceptedOrder, confirmedPayout]

/** Every operation of the programme's API. A route that is not here does not exist, and each has its line in the tests. */
export const allRoutes = (kit: Whole): Route[] => [
  ...homeRoutes(kit, kit.permit),
  ...routesOfRegisters(kit, registers, kit.permit),
  ...sheetRoutesOf({ ...kit, importJob: imports }, registers, words),
  ...intakes.flatMap(({ register }) => importRoutes({ ...kit, importJob: imports }, register, words)),
  ...fileRoutes(kit, fileReaders(kit, kit.permit)),
  ...processRoutes({ ...kit, processes: declaredProcesses }, kit.permit),
  ...deskRoutes({ ...kit, processes: declaredProcesses }),
  ...erasureRoutes(kit, words),
  ...notificationRoutes(kit),
  ...linkRoutes(kit),
  ...productRoutes(kit),
  ...mediaRoutes(kit),
  ...lotRoutes(kit),
  ...priceRoutes(kit),
  ...catalogueRoutes(kit),
  ...shopSearchRoutes(kit),
  ...quotaRoutes(kit),
  ...customerRoutes(kit),
  ...customerErasureRoutes(kit),
  ...orderRoutes(kit, kit.permit),
  ...deliveryRoutes(kit),
  ...claimRoutes(kit, kit.permit),
  ...reviewRoutes(kit),
  ...proxyRoutes(kit),
  ...paymentRoutes(kit),
  ...purchaseRoutes(kit),
  ...complaintRoutes(kit),
  ...myPaymentRoutes(kit),
  ...moneyOfficeRoutes(kit),
  ...settlementRoutes(kit),
  ...payoutRoutes(kit),
  ...listRoutes(kit),
  ...ledgerRoutes(kit),
  ...figureRoutes(kit),
  ...metricRoutes(metrics, { ...kit, words }),
  ...bulletinRoutes(kit, kit.permit),
  ...platformRoutes(kit),
  ...adminRoutes(kit),
  ...searchRoutes(kit),
  ...signingRoutes(kit, countersignable),
  ...lateRoutes(kit),
  ...evidenceRoutes(kit),
  ...receiptRoutes(kit, receiptSources),
]

/** What capabilities hear of each other through the log, downstream to the right only. */
export const allSubscriptions = (kit: Whole): Subscription[] => [
  subscribe({
    name: 'settlement',
    types: ['order.completed', 'refund.ordered', 'household.succeeded', 'organisation.succeeded'],
    handle: (tx, fact) => {
      if (fact.type === 'order.completed') return settleOrder(tx, kit, fact)
      return fact.type === 'refund.ordered' ? recoverRefund(tx, kit, fact) : passOwed(tx, kit, fact)
    },
  }),
  subscribe({ name: 'declaration.move', types: ['organisation.succeeded'], handle: moveDeclarations }),
  ...searchSubscriptions,
  followOffers,
  tellSellers,
  subscribe({ name: 'payout', types: ['bank.paid_out'], handle: markPaidOut }),
  keepMetrics(metrics, kit),
]

export const allJobs: readonly Job<Whole>[] = [
  expireOrders,
  adoptCatalogue,
  renewSearch,
  turnSearchDay,
  forgetAsked,
  expireUnpaidOrders,
  closeTradeJob,
  refundJob,
  followRefunds,
  compareStatements,
  sweepCustomers,
  acceptSilent,
  acceptUntold,
  countSilent,
  followParcels,
  passClaims,
  lookAgain,
  followMetrics(metrics),
  ...housekeeping,
  sweepFilesJob,
  erasureJob(erasable),
  imports,
  clockJob(declaredProcesses),
  drawJob(declaredProcesses),
  followJob,
  deliveryJob,
]

/** The accounts that every programme has from its first day. */
export const standingAccounts: readonly Opening[] = [
  ...lotAccounts,
  ...quotaAccounts,
  ...walletAccounts,
  ...providerAccounts,
  ...orderAccounts,
]
