import { fault } from '@silian/kernel/declared/values.ts'
import { defineRegister } from '@silian/kernel/register/define.ts'
import { classColumn } from '../../value/products/class-column.ts'
import { markCodes } from '../../value/products/contract.ts'
import { pavilionKey, viewers } from './contract.ts'
import { stepOf } from './rules.ts'

const optional = { required: false } as const
/** Worked out of the parts: goes into the facts, and is what offers are compared with. */
const ruled = { kind: 'text', max: 4000, computed: true, inner: true, open: true, ...optional } as const

/**
 * 馆台账 (S0-07, S3-55, S4-17): the storefronts of the shop, each with who sees it and what enters it. One that is closed
 * is in the shop no more and keeps its key.
 */
export const pavilion = defineRegister({
  name: 'pavilion',
  columns: {
    key: { kind: 'text', max: 40, frozen: true, open: true, search: true, sort: true, listed: true },
    nameZh: { kind: 'text', max: 60, search: true, listed: true },
    nameEn: { kind: 'text', max: 120, search: true },
    state: { kind: 'choice', of: ['open', 'closed'], open: true, filter: true, listed: true },
    place: { kind: 'number', min: 0, max: 999, sort: true, listed: true },
    seenBy: { kind: 'choices', of: viewers, open: true, filter: true, listed: true },
    recognisedOnly: { kind: 'yes', open: true, listed: true },
    marks: { kind: 'choices', of: markCodes, open: true, filter: true, ...optional },
    wordsZh: { kind: 'text', max: 120, format: 'long', ...optional },
    wordsEn: { kind: 'text', max: 240, format: 'long', ...optional },
    bannerZh: { kind: 'text', max: 400, format: 'long', ...optional },
    bannerEn: { kind: 'text', max: 800, format: 'long', ...optional },
    source: { kind: 'text', max: 200 },
    areas: ruled,
    produce: ruled,
  },
  key: 'key',
  label: 'nameZh',
  parts: {
    area: { columns: { areaCode: { kind: 'area' } }, key: 'areaCode', most: 40 },
    goods: { columns: { class: classColumn }, key: 'class', most: 12 },
  },
  parties: {},
  permit: {
    read: { task_force: 'programme', county_officer: 'programme', auditor: 'programme' },
    create: { task_force: 'programme' },
    change: { task_force: 'programme' },
    import: { task_force: 'programme' },
  },
  check: ({ values, parts }) => [
    ...(pavilionKey.safeParse(values.key).success ? [] : [fault('key', 'pavilion.key_form')]),
    ...(values.seenBy.length > 0 ? [] : [fault('seenBy', 'pavilion.unseen')]),
    ...parts.area.flatMap(({ areaCode }, i) =>
      areaCode.length === 6 ? [] : [fault(`area.${i + 1}.areaCode`, 'pavilion.below_county')],
    ),
  ],
  compute: ({ parts }) => ({
    values: {
      areas: parts.area.map(({ areaCode }) => stepOf(areaCode ?? '')).join(' '),
      produce: parts.goods.map(row => row.class).join(' '),
    },
  }),
  example: {
    values: { state: 'closed' },
    parts: { area: [{ areaCode: '450000' }], goods: [{ class: 'fruit/tropical/mango' }] },
  },
})
