import {
  clerk,
  defineProcess,
  type Effect,
  end,
  office,
  panel,
  publicity,
  returned,
  standing,
  task,
} from '@silian/kernel/process/define.ts'
import { field, mean, percent, score, scoreSheet, sum } from '@silian/kernel/process/scores.ts'
import { ok, refuse } from '@silian/kernel/result/result.ts'
import { publicityDays } from '../../settings.ts'
import { findSubject } from './recognition.ts'

const regulator = office('market_regulator')
const applicant = clerk('coop_clerk')

/** No source says how long the mark may be used (domain 2.2). */
const LICENCE_YEARS = 3

/** Document review of applicant and product. */
const documents = scoreSheet({
  applicant: { items: { licences: 20, management: 20 } },
  product: { items: { standardMet: 30, ownTest: 30 } },
})

/** On-site evaluation. */
const onSite = scoreSheet({
  production: { weight: 40, items: { records: 20, inputs: 20 } },
  quality: { weight: 40, items: { testing: 15, conformity: 15 } },
  facilities: { weight: 20, items: { packing: 10, storage: 10 } },
})

/** The yearly monitoring; its points are added to the total of the next evaluation. */
const monitoring = scoreSheet({
  tests: { items: { samples: 4 } },
  conduct: { items: { complaints: 3, priceKept: 3 } },
})

/** Self-score × 20 % + experts × 80 % + monitoring (P53); a product not yet monitored has none of the last. */
const total = sum(percent(20, field('selfScore')), percent(80, mean), score('monitoring'))

/** What guidance may leave open, the application must say. */
const whole: Effect = async (_tx, _kit, { form }) => {
  const missing = ['standard', 'selfScore'].filter(name => (form[name] ?? null) === null)
  return missing.length > 0 ? refuse('shenzhen_mark.incomplete', { missing }) : ok(null)
}

/** 圳品评价: guidance, documents of at least 60 points, five experts, sample test, decision, publicity, licence (domain 2.2, 5.2). */
export const shenzhenMark = defineProcess({
  name: 'shenzhen_mark',
  version: 1,
  about: { register: 'product', find: findSubject },
  form: {
    specification: { kind: 'text', max: 80 },
    baseName: { kind: 'text', max: 80 },
    standard: { kind: 'text', max: 80, required: false },
    testReport: { kind: 'files', most: 5, required: false },
    selfScore: { kind: 'number', unit: 'point', min: 0, max: 100, required: false },
    promise: { kind: 'yes' },
  },
  title: (_form, subject) => subject?.title ?? '',
  open: {
    permit: { coop_clerk: 'organisation' },
    once: true,
    guard: async (_tx, { form }) => (form.promise === true ? ok(null) : refuse('shenzhen_mark.no_promise')),
  },
  read: { county_officer: 'area', task_force: 'programme', auditor: 'programme' },
  example: { standard: 'T/SZS 0000-2025', selfScore: 80 },
  shown: ['specification', 'baseName', 'standard'],
  start: 'guided',
  states: {
    guided: task({
      by: regulator,
      within: 20,
      form: { trainedOn: { kind: 'date' }, advice: { kind: 'text', max: 1000, format: 'long' } },
      outcomes: { invite: { to: 'applied' }, refuse: { to: 'refused', note: true } },
    }),
    applied: returned({ to: 'documents', within: 60, late: { to: 'refused' } }),
    documents: task({
      enter: whole,
      by: regulator,
      within: 15,
      sheet: documents,
      outcomes: {
        pass: { to: 'on_site', atLeast: 60_00 },
        return: { to: 'returned', note: true },
        refuse: { to: 'refused', note: true },
      },
    }),
    returned: returned({ to: 'documents', within: 30, late: { to: 'refused' } }),
    on_site: panel({
      draw: 5,
      from: 'expert',
      within: 20,
      sheet: onSite,
      formula: total,
      outcomes: { good: { to: 'sample_test', atLeast: 60_00 }, poor: { to: 'refused' } },
    }),
    sample_test: task({
      by: regulator,
      within: 20,
      form: {
        laboratory: { kind: 'text', max: 80 },
        sampledOn: { kind: 'date' },
        results: { kind: 'files', most: 5, required: false },
      },
      outcomes: { pass: { to: 'decision' }, fail: { to: 'refused', note: true } },
    }),
    decision: task({
      by: regulator,
      within: 10,
      outcomes: {
        license: { to: 'shown' },
        return: { to: 'returned', note: true },
        refuse: { to: 'refused', note: true },
      },
    }),
    shown: publicity({
      days: 7,
      setting: publicityDays,
      place: 'website',
      next: 'licensed',
      objection: { by: regulator, within: 10, upheld: 'refused' },
    }),
    licensed: standing({
      for: { years: LICENCE_YEARS },
      next: 'expired',
      yearly: { to: 'monitoring', first: 1 },
      on: {
        renew: { by: applicant, to: 'renewing' },
        suspend: { by: regulator, to: 'suspended', note: true },
        withdraw: { by: regulator, to: 'withdrawn', note: true },
        give_up: { by: applicant, to: 'withdrawn' },
      },
    }),
    monitoring: task({
      by: regulator,
      within: 60,
      sheet: monitoring,
      outcomes: {
        pass: { to: 'licensed', atLeast: 6_00 },
        suspend: { to: 'suspended', note: true },
        withdraw: { to: 'withdrawn', note: true },
      },
    }),
    suspended: standing({
      next: 'expired',
      on: {
        restore: { by: regulator, to: 'licensed' },
        withdraw: { by: regulator, to: 'withdrawn', note: true },
      },
    }),
    renewing: returned({ to: 'renewal', within: 30, late: { to: 'expired' } }),
    // a publicity cannot begin a term anew, so a renewal is decided by its score alone
    renewal: panel({
      enter: whole,
      draw: 5,
      from: 'expert',
      within: 20,
      sheet: onSite,
      formula: total,
      outcomes: { good: { to: 'licensed', atLeast: 60_00, renews: true }, poor: { to: 'expired' } },
    }),
    withdrawn: end(),
    expired: end(),
    refused: end(),
  },
})
