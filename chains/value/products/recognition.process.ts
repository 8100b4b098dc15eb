import {
  clerk,
  defineProcess,
  end,
  officer,
  publicity,
  returned,
  standing,
  task,
} from '@silian/kernel/process/define.ts'
import { ok, refuse } from '@silian/kernel/result/result.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { hasActiveLink } from '../../production/links/reads.ts'
import { publicityDays } from '../../settings.ts'
import { endRecognition, findSubject, keepRecognition } from './recognition.ts'

const township = officer('township_officer', 'township')
const sector = officer('agriculture_officer', 'county')
const county = officer('county_officer', 'county')

/** 产品认定: township → sector → county → publicity → listed with a term, re-checked each year (domain 2.4, P28, P32, P35). */
export const recognition = defineProcess({
  name: 'recognition',
  version: 1,
  about: { register: 'product', find: findSubject },
  form: {
    townshipCode: { kind: 'area', level: 'township' },
    specification: { kind: 'text', max: 80 },
    standard: { kind: 'text', max: 80, required: false },
    producerPrice: { kind: 'number', unit: 'fen', min: 1 },
    retailPrice: { kind: 'number', unit: 'fen', min: 1 },
    marketPrice: { kind: 'number', unit: 'fen', min: 1 },
    monthlySupply: { kind: 'number', unit: 'gram', min: 1 },
    season: { kind: 'text', max: 60, required: false },
    shelfLife: { kind: 'number', unit: 'day', min: 1, required: false },
    // 商品价值量; the rule of 2024 asks for 500,000 yuan
    value: { kind: 'number', unit: 'fen', min: 50_000_000, open: true },
    origin: { kind: 'choice', of: ['made_here', 'raw_material_here'] },
    certificates: {
      kind: 'choices',
      of: ['green', 'organic', 'geographical', 'certificate', 'food_permit'],
      required: false,
    },
    testReport: { kind: 'files', most: 5, required: false },
    mechanism: { kind: 'choices', of: ['wage', 'asset', 'business'] },
    households: { kind: 'number', unit: 'household', min: 1, open: true },
    persons: { kind: 'number', unit: 'person', min: 1 },
    incomePerHousehold: { kind: 'number', unit: 'fen', min: 1 },
    evidence: { kind: 'files', most: 10, required: false },
    traceable: { kind: 'yes' },
    promise: { kind: 'yes' },
  },
  title: (_form, subject) => subject?.title ?? '',
  parties: { area: 'townshipCode' },
  open: {
    permit: { coop_clerk: 'organisation' },
    once: true,
    guard: async (tx, { about, organisationId, form }) => {
      if (form.promise !== true) return refuse('recognition.no_promise')
      const product = about ? await findSubject(tx, about) : undefined
      const township = String(form.townshipCode)
      if (!product?.areaPath?.endsWith(township.slice(0, 6))) return refuse('recognition.another_county')
      return organisationId && (await hasActiveLink(tx, organisationId, dateOf(tx.at)))
        ? ok(null)
        : refuse('product.no_link')
    },
  },
  read: { task_force: 'programme', auditor: 'programme' },
  shown: ['townshipCode', 'specification', 'value', 'mechanism', 'households', 'incomePerHousehold'],
  start: 'township_check',
  states: {
    township_check: task({
      by: township,
      within: 5,
      form: {
        producedHere: { kind: 'yes' },
        householdsChecked: { kind: 'number', unit: 'household', min: 1 },
      },
      guard: async (_tx, _it, form) =>
        form.producedHere === false ? refuse('recognition.not_met') : ok(null),
      outcomes: {
        pass: { to: 'sector_check' },
        return: { to: 'returned', note: true },
        refuse: { to: 'refused', note: true },
      },
      late: { escalate: county },
    }),
    sector_check: task({
      by: sector,
      within: 5,
      // the three elements of P28: quality, price, and, with the county, the mechanism
      form: { quality: { kind: 'yes' }, priceFair: { kind: 'yes' } },
      guard: async (_tx, _it, form) =>
        form.quality === false || form.priceFair === false ? refuse('recognition.not_met') : ok(null),
      outcomes: {
        pass: { to: 'county_approval' },
        return: { to: 'returned', note: true },
        refuse: { to: 'refused', note: true },
      },
    }),
    county_approval: task({
      by: county,
      within: 10,
      outcomes: {
        approve: { to: 'shown' },
        return: { to: 'returned', note: true },
        refuse: { to: 'refused', note: true },
      },
      guard: async (tx, { organisationId }) =>
        organisationId && (await hasActiveLink(tx, organisationId, dateOf(tx.at)))
          ? ok(null)
          : refuse('product.no_link'),
    }),
    returned: returned({ to: 'township_check', within: 20, late: { to: 'refused' } }),
    shown: publicity({
      days: 7,
      setting: publicityDays,
      place: 'county_and_website',
      next: 'listed',
      objection: { by: county, within: 5, upheld: 'refused' },
    }),
    listed: standing({
      for: { years: 2 },
      next: 'lapsed',
      enter: keepRecognition,
      yearly: { to: 'recheck', first: 1 },
      on: {
        recheck: { by: county, to: 'recheck', note: true },
        withdraw: { by: county, to: 'withdrawn', note: true },
        give_up: { by: clerk('coop_clerk'), to: 'withdrawn' },
      },
    }),
    recheck: task({
      by: county,
      within: 20,
      outcomes: {
        keep: { to: 'listed' },
        renew: { to: 'listed', renews: true },
        withdraw: { to: 'withdrawn', note: true },
      },
    }),
    withdrawn: end({ enter: endRecognition }),
    lapsed: end(),
    refused: end(),
  },
})
