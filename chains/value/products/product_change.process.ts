import { defineProcess, end, officer, returned, task } from '@silian/kernel/process/define.ts'
import { ok, refuse } from '@silian/kernel/result/result.ts'
import { applyChange, changeIn } from './change.ts'
import { isProduceClass } from './classes.ts'
import { markCodes } from './contract.ts'
import { findSubject } from './recognition.ts'

const optional = { required: false } as const
const county = officer('county_officer', 'county')

/**
 * 产品信息变更: a seller proposes what is to be said of a product, the county decides. What is left out stays as it is.
 * What a product is sold by, its unit and its seller, never changes.
 */
export const productChange = defineProcess({
  name: 'product_change',
  version: 1,
  about: { register: 'product', find: findSubject },
  form: {
    nameZh: { kind: 'text', max: 80, ...optional },
    nameEn: { kind: 'text', max: 120, ...optional },
    class: { kind: 'text', max: 80, ...optional },
    variety: { kind: 'text', max: 60, ...optional },
    grade: { kind: 'text', max: 20, ...optional },
    marks: { kind: 'choices', of: markCodes, ...optional },
    storyZh: { kind: 'text', max: 500, format: 'long', ...optional },
    storyEn: { kind: 'text', max: 800, format: 'long', ...optional },
    reason: { kind: 'text', max: 200, format: 'long' },
    papers: { kind: 'files', most: 5, ...optional },
  },
  title: (_form, subject) => subject?.title ?? '',
  open: {
    permit: { coop_clerk: 'organisation' },
    once: true,
    guard: async (tx, { form }) => {
      const change = changeIn(form)
      if (Object.keys(change).length === 0) return refuse('product_change.nothing')
      if (change.class !== undefined && !(await isProduceClass(tx, change.class)))
        return refuse('product.class_unknown', { class: change.class })
      return ok(null)
    },
  },
  read: { task_force: 'programme', auditor: 'programme' },
  example: { class: 'fruit/tropical/mango' },
  start: 'check',
  states: {
    check: task({
      by: county,
      within: 5,
      outcomes: {
        accept: { to: 'changed' },
        return: { to: 'returned', note: true },
        refuse: { to: 'refused', note: true },
      },
    }),
    returned: returned({ to: 'check', within: 10, late: { to: 'refused' } }),
    changed: end({ enter: applyChange }),
    refused: end(),
  },
})
