import {
  clerk,
  defineProcess,
  end,
  office,
  panel,
  publicity,
  returned,
  standing,
  task,
} from '@silian/kernel/process/define.ts'
import { mean, scoreSheet } from '@silian/kernel/process/scores.ts'
import { ok, refuse } from '@silian/kernel/result/result.ts'
import { publicityDays } from '../../settings.ts'
import { findBase, gapsOfBase, keepRecognition } from './recognition.ts'

const regulator = office('market_regulator')

/** Document review: what the application proves (P51, P55). */
const documents = scoreSheet({
  business: { items: { licences: 10, agreement: 10, operation: 10 } },
  land: { items: { landUse: 10, scale: 15 } },
  safety: { items: { soilWaterTest: 15, rules: 10, records: 10, exitPermission: 10 } },
})

/** On-site check: management, safety, environment, facilities. */
const onSite = scoreSheet({
  management: { weight: 30, items: { staff: 10, records: 20 } },
  safety: { weight: 30, items: { inputs: 15, testing: 15 } },
  environment: { weight: 20, items: { surroundings: 10, waste: 10 } },
  facilities: { weight: 20, items: { packing: 10, storage: 10 } },
})

/** The yearly monitoring by a commissioned third party. */
const monitoring = scoreSheet({
  production: { items: { records: 25, exitTests: 25 } },
  supply: { items: { toShenzhen: 30 } },
  changes: { items: { reported: 20 } },
})

/** 菜篮子基地认定: documents of at least 60 points, on-site check, publicity, plaque, yearly monitoring (domain 2.3). */
export const baseRecognition = defineProcess({
  name: 'base_recognition',
  version: 1,
  about: { register: 'base', find: findBase },
  form: {
    agreementPapers: { kind: 'files', most: 5, required: false },
    landPapers: { kind: 'files', most: 5, required: false },
    testPapers: { kind: 'files', most: 5, required: false },
    recordPapers: { kind: 'files', most: 10, required: false },
    selfReport: { kind: 'text', max: 2000, format: 'long' },
    promise: { kind: 'yes' },
  },
  title: (_form, subject) => subject?.title ?? '',
  open: {
    permit: { coop_clerk: 'organisation' },
    once: true,
    guard: async (tx, { about, form }) => {
      if (form.promise !== true) return refuse('base_recognition.no_promise')
      const lacking = await gapsOfBase(tx, about)
      return lacking.length > 0 ? refuse('base_recognition.must_haves', { missing: lacking }) : ok(null)
    },
  },
  read: {
    county_officer: 'area',
    agriculture_officer: 'area',
    task_force: 'programme',
    auditor: 'programme',
  },
  start: 'documents',
  states: {
    documents: panel({
      draw: 3,
      from: 'expert',
      within: 15,
      sheet: documents,
      formula: mean,
      outcomes: { pass: { to: 'on_site', atLeast: 60_00 }, fail: { to: 'returned' } },
    }),
    returned: returned({ to: 'documents', within: 30, late: { to: 'refused' } }),
    on_site: task({
      by: regulator,
      within: 20,
      sheet: onSite,
      form: { report: { kind: 'files', most: 10, required: false } },
      outcomes: {
        pass: { to: 'review', atLeast: 60_00 },
        refuse: { to: 'refused', note: true },
      },
    }),
    review: task({
      by: regulator,
      within: 10,
      outcomes: { recognise: { to: 'shown' }, refuse: { to: 'refused', note: true } },
    }),
    shown: publicity({
      days: 7,
      setting: publicityDays,
      place: 'website',
      next: 'recognised',
      objection: { by: regulator, within: 10, upheld: 'refused' },
    }),
    recognised: standing({
      enter: keepRecognition,
      // newly recognised bases are exempt in their first year
      yearly: { to: 'monitoring', first: 1 },
      on: {
        withdraw: { by: regulator, to: 'withdrawn', note: true },
        give_up: { by: clerk('coop_clerk'), to: 'withdrawn' },
      },
    }),
    monitoring: task({
      by: regulator,
      within: 60,
      sheet: monitoring,
      outcomes: {
        pass: { to: 'recognised', atLeast: 60_00 },
        withdraw: { to: 'withdrawn', note: true },
      },
    }),
    withdrawn: end({ enter: keepRecognition }),
    refused: end(),
  },
})
