import type { Metric } from '@silian/kernel/metric/define.ts'
import { completedPurchases } from '../figures/metrics.ts'
import { recognisedProducts } from './catalogue.ts'
import { daysToPayment, onTimeShipping, shippedOrders } from './pace.ts'
import {
  householdCoverage,
  householdIncome,
  householdsDriven,
  householdsPaid,
  incomePerHousehold,
  linkedHouseholds,
  payoutsConfirmed,
  personsDriven,
  registeredHouseholds,
} from './people.ts'
import { quotaCounted, quotaProgress, quotaReserved } from './quota.ts'
import {
  activeBuyers,
  activeSuppliers,
  completedOfOrdered,
  completedOrders,
  orderedAmount,
  orderValue,
  purchasesByClass,
  repeatPurchase,
  supplierSales,
} from './trade.ts'

/** The indicators of domain 5.3 that the facts of today allow. */
export const indicators: readonly Metric[] = [
  completedPurchases,
  purchasesByClass,
  orderedAmount,
  completedOfOrdered,
  completedOrders,
  supplierSales,
  quotaReserved,
  quotaCounted,
  quotaProgress,
  householdsDriven,
  personsDriven,
  householdIncome,
  incomePerHousehold,
  householdsPaid,
  payoutsConfirmed,
  registeredHouseholds,
  linkedHouseholds,
  householdCoverage,
  recognisedProducts,
  activeSuppliers,
  activeBuyers,
  repeatPurchase,
  orderValue,
  daysToPayment,
  shippedOrders,
  onTimeShipping,
]
