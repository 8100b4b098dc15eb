import { ok, refuse } from '../result/result.ts'
import {
  clerk,
  defineProcess,
  end,
  office,
  officer,
  panel,
  publicity,
  returned,
  standing,
  task,
  tasks,
} from './define.ts'
import { field, mean, percent, scoreSheet, sum } from './scores.ts'

/** For tests: one process that has every kind of state. */
export const orchard = defineProcess({
  name: 'orchard',
  version: 2,
  form: {
    name: { kind: 'text', max: 40 },
    place: { kind: 'area', level: 'township', open: true },
    grower: { kind: 'organisation', open: true },
    contact: { kind: 'text', max: 20, personal: 'personal' },
    phone: { kind: 'text', max: 20, format: 'phone', personal: 'personal', required: false },
    self: { kind: 'number', unit: 'point', min: 0, max: 100 },
    licenceTo: { kind: 'date', required: false },
  },
  title: form => String(form.name),
  parties: { organisation: 'grower', area: 'place' },
  open: {
    permit: { coop_clerk: 'organisation' },
    once: true,
    guard: async (_tx, { form }) => (form.name === 'no' ? refuse('orchard.no') : ok(null)),
  },
  read: { task_force: 'programme' },
  shown: ['name', 'place'],
  start: 'township',
  states: {
    township: task({
      by: officer('township_officer', 'township'),
      within: 5,
      form: { trees: { kind: 'number', min: 1 } },
      outcomes: {
        pass: { to: 'checks' },
        return: { to: 'returned', note: true },
        refuse: { to: 'refused', note: true },
      },
      guard: async (_tx, _it, form) => (form.trees === 13 ? refuse('orchard.unlucky') : ok(null)),
      late: { escalate: officer('county_officer', 'county') },
    }),
    returned: returned({ to: 'township', within: 10, late: { to: 'refused' } }),
    checks: tasks({
      each: {
        soil: { by: officer('county_officer', 'county'), form: { depth: { kind: 'number', unit: 'cm' } } },
        market: { by: office('market_regulator') },
        office: { by: office('task_force') },
      },
      join: 2,
      within: 10,
      outcomes: { pass: { to: 'experts' }, fail: { to: 'refused' } },
    }),
    experts: panel({
      draw: 5,
      from: 'expert',
      within: 10,
      sheet: scoreSheet({ land: { items: { soil: 40, water: 20 } }, care: { items: { records: 40 } } }),
      formula: sum(percent(20, field('self')), percent(80, mean)),
      outcomes: { good: { atLeast: 60_00, to: 'shown' }, poor: { to: 'refused' } },
    }),
    shown: publicity({
      days: 7,
      place: 'website',
      next: 'listed',
      objection: { by: officer('county_officer', 'county'), within: 3, upheld: 'refused' },
    }),
    listed: standing({
      for: { years: 3 },
      next: 'over',
      yearly: { to: 'monitored', first: 1 },
      remind: { licenceTo: [90, 30, 7] },
      on: {
        suspend: { by: office('market_regulator'), to: 'suspended', note: true },
        give_up: { by: clerk('coop_clerk'), to: 'over' },
      },
    }),
    monitored: task({
      by: office('market_regulator'),
      sheet: scoreSheet({ all: { items: { points: 100 } } }),
      outcomes: {
        pass: { to: 'listed', atLeast: 60_00 },
        fail: { to: 'over' },
      },
    }),
    suspended: standing({
      on: {
        restore: { by: office('market_regulator'), to: 'listed' },
        remove: { by: office('market_regulator'), to: 'over' },
      },
    }),
    refused: end(),
    over: end(),
  },
  before: [
    {
      version: 1,
      form: { name: { kind: 'text', max: 40 } },
      title: form => String(form.name),
      start: 'only',
      states: { only: task({ by: office('task_force'), outcomes: { yes: { to: 'done' } } }), done: end() },
    },
  ],
})

export const orchardForm = (grower: string, more: object = {}) => ({
  ...{ name: '示范果园', place: '451003901', grower, contact: '示例丁', phone: '10000000000', self: 90 },
  ...more,
})
