import {
  type Case,
  clerk,
  defineProcess,
  type Effect,
  end,
  office,
  officer,
  returned,
  standing,
  task,
} from '@silian/kernel/process/define.ts'
import { textIn } from '@silian/kernel/process/values.ts'
import { ok, refuse } from '@silian/kernel/result/result.ts'
import { admitSupplier } from './service.ts'
import type { SupplierState } from './supplier.register.ts'

const agriculture = officer('agriculture_officer', 'county')
const county = officer('county_officer', 'county')
const reviewer = office('platform_reviewer')

/** 供应商入驻: voluntary application → recommended by two county departments → platform review → dynamic management (2.1). */
export const supplierEntry = defineProcess({
  name: 'supplier_entry',
  version: 1,
  form: {
    supplier: { kind: 'organisation', types: ['cooperative', 'enterprise'], open: true },
    name: { kind: 'text', max: 80 },
    creditCode: { kind: 'text', max: 18, format: 'credit_code' },
    entityType: { kind: 'choice', of: ['enterprise', 'cooperative', 'family_farm'] },
    countyCode: { kind: 'area', level: 'county', open: true },
    legalPerson: { kind: 'text', max: 40, personal: 'personal', retention: ['application'] },
    contact: { kind: 'text', max: 40, personal: 'personal', retention: ['application'] },
    phone: { kind: 'text', max: 20, format: 'phone', personal: 'personal', retention: ['application'] },
    products: { kind: 'text', max: 300, format: 'long' },
    monthlySupply: { kind: 'number', unit: 'gram', min: 1 },
    preference: {
      kind: 'choices',
      of: ['green', 'organic', 'geographical', 'certificate', 'lead_industry', 'demonstration_village'],
      required: false,
    },
    mechanism: { kind: 'choices', of: ['wage', 'asset', 'business'] },
    households: { kind: 'number', unit: 'household', min: 1 },
    incomePerHousehold: { kind: 'number', unit: 'fen', min: 0 },
    linkEvidence: { kind: 'files', most: 10, required: false },
    licence: { kind: 'files', most: 2, required: false },
    licenceTo: { kind: 'date' },
    foodPermit: { kind: 'files', most: 2, required: false },
    foodPermitTo: { kind: 'date', required: false },
    testReport: { kind: 'files', most: 5, required: false },
    testReportTo: { kind: 'date', required: false },
    promise: { kind: 'yes' },
  },
  title: form => textIn(form, 'name'),
  parties: { organisation: 'supplier', area: 'countyCode' },
  open: {
    permit: { coop_clerk: 'organisation' },
    once: true,
    guard: async (_tx, { form }) => (form.promise === true ? ok(null) : refuse('supplier_entry.no_promise')),
  },
  read: { task_force: 'programme', auditor: 'programme' },
  start: 'agriculture_check',
  states: {
    agriculture_check: task({
      by: agriculture,
      within: 5,
      form: {
        produces: { kind: 'yes' },
        supplies: { kind: 'yes' },
        quality: { kind: 'yes' },
      },
      guard: async (_tx, _it, form) =>
        [form.produces, form.supplies, form.quality].includes(false)
          ? refuse('supplier_entry.not_met')
          : ok(null),
      outcomes: {
        pass: { to: 'revitalisation_check' },
        return: { to: 'returned', note: true },
        refuse: { to: 'refused', note: true },
      },
      late: 'remind',
    }),
    revitalisation_check: task({
      by: county,
      within: 5,
      form: { linkClear: { kind: 'yes' }, householdsChecked: { kind: 'number', unit: 'household', min: 1 } },
      guard: async (_tx, _it, form) =>
        form.linkClear === false ? refuse('supplier_entry.not_met') : ok(null),
      outcomes: {
        pass: { to: 'county_recommendation' },
        return: { to: 'returned', note: true },
        refuse: { to: 'refused', note: true },
      },
    }),
    county_recommendation: task({
      by: county,
      within: 3,
      outcomes: { recommend: { to: 'platform_review' }, refuse: { to: 'refused', note: true } },
    }),
    platform_review: task({
      by: reviewer,
      within: 5,
      outcomes: {
        admit: { to: 'active' },
        return: { to: 'returned', note: true },
        refuse: { to: 'refused', note: true },
      },
    }),
    returned: returned({ to: 'agriculture_check', within: 20, late: { to: 'refused' } }),
    active: standing({
      enter: becomes('active'),
      remind: { licenceTo: [90, 30, 7], foodPermitTo: [90, 30, 7], testReportTo: [90, 30, 7] },
      on: {
        warn: { by: reviewer, to: 'warned', note: true },
        suspend: { by: reviewer, to: 'suspended', note: true },
        leave: { by: clerk('coop_clerk'), to: 'removed' },
      },
    }),
    warned: standing({
      enter: becomes('warned'),
      on: {
        clear: { by: reviewer, to: 'active' },
        suspend: { by: reviewer, to: 'suspended', note: true },
      },
    }),
    suspended: standing({
      enter: becomes('suspended'),
      on: {
        restore: { by: reviewer, to: 'active' },
        remove: { by: reviewer, to: 'removed', note: true },
      },
    }),
    removed: end({ enter: becomes('removed') }),
    refused: end(),
  },
})

/** Writes the state into the register of suppliers; on the way in with the certificates that the form names. */
function becomes(state: SupplierState): Effect {
  return (tx, kit, it) =>
    admitSupplier(tx, kit, {
      organisationId: it.organisationId ?? '',
      state,
      creditCode: textIn(it.form, 'creditCode'),
      certificates: certificatesOf(it),
    })
}

const certificates = [
  ['licence', 'licenceTo'],
  ['food_permit', 'foodPermitTo'],
  ['test_report', 'testReportTo'],
] as const

const certificatesOf = ({ form }: Case) =>
  certificates.flatMap(([kind, column]) => {
    const validTo = form[column]
    return typeof validTo === 'string' ? [{ kind, validTo }] : []
  })
