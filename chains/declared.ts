import type { Metric } from '@silian/kernel/metric/define.ts'
import type { Process } from '@silian/kernel/process/define.ts'
import type { Intake } from '@silian/kernel/register/intake.ts'
import type { Erasable } from '@silian/kernel/retention/kit.ts'
import { indicators } from './assurance/indicators/metrics.ts'
import { benefitHolder } from './assurance/settlement/retention.ts'
import { baseRecognition } from './production/bases/base_recognition.process.ts'
import { householdErasure } from './production/households/household_erasure.process.ts'
import { linkHolder } from './production/links/retention.ts'
import { supplierEntry } from './production/suppliers/supplier_entry.process.ts'
import { registers } from './registers.ts'
import { listings } from './supply/catalogue/take-listings.ts'
import { complaint } from './supply/complaints/complaint.process.ts'
import { customers } from './supply/customers/retention.ts'
import { voucherMetrics } from './supply/vouchers/metrics.ts'
import { productChange } from './value/products/product_change.process.ts'
import { recognition } from './value/products/recognition.process.ts'
import { shenzhenMark } from './value/products/shenzhen_mark.process.ts'

export { registers } from './registers.ts'

/** What workbooks bring beside the rows of registers. */
export const intakes: readonly Intake[] = [listings]

/** Every declared metric: what stands here has its cells, routes, permissions, pages and check. */
export const metrics: readonly Metric[] = [...indicators, ...voucherMetrics]

/** Every declared process: what stands here has its routes, permissions, inbox, pages and tests. */
export const processes: readonly Process[] = [
  supplierEntry,
  recognition,
  baseRecognition,
  shenzhenMark,
  productChange,
  householdErasure,
  complaint,
]

/** What people may have erased of themselves, and who has what of it: see docs/erasure.md. */
export const erasable: Erasable = { registers, holders: [linkHolder, benefitHolder], people: [customers] }
