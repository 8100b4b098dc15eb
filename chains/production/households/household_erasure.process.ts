import type { Reader } from '@silian/kernel/database/database.ts'
import {
  defineProcess,
  type Effect,
  end,
  officer,
  type Subject,
  task,
} from '@silian/kernel/process/define.ts'
import { ok, refuse } from '@silian/kernel/result/result.ts'
import { askErasure } from '@silian/kernel/retention/job.ts'

/**
 * 个人信息删除: a household asks its village to be erased, the county's office, which answers for the register, decides
 * within 15 working days (GB/T 35273-2020 8.7 leaves 30 days). It is carried out as soon as nothing is owed any more.
 */
export const householdErasure = defineProcess({
  name: 'household_erasure',
  version: 1,
  about: { register: 'household', find: findHousehold },
  form: {
    asked: { kind: 'choice', of: ['in_person', 'letter', 'by_proxy'] },
    ground: { kind: 'choice', of: ['left', 'not_needed', 'withdrawn', 'unlawful'] },
    identityChecked: { kind: 'yes' },
    request: { kind: 'files', most: 4, required: false },
  },
  // never who it is about: what a case is called outlives it
  title: (_form, subject) => subject?.title ?? '',
  open: {
    permit: { village_cadre: 'area' },
    once: true,
    guard: async (_tx, { form }) =>
      form.identityChecked === true ? ok(null) : refuse('household_erasure.not_checked'),
  },
  read: { county_officer: 'area', auditor: 'programme' },
  start: 'check',
  states: {
    check: task({
      by: officer('county_officer', 'county'),
      within: 15,
      outcomes: { erase: { to: 'erased', grave: true }, refuse: { to: 'refused', note: true } },
    }),
    erased: end({ enter: erase }),
    refused: end(),
  },
})

/** A household, living or ended, that is not on the way to be erased; it is called by its village. */
async function findHousehold(tx: Reader, id: string): Promise<Subject | undefined> {
  const [row] = await tx.query<{ area_path: string; village: string }>(
    `select h.area_path, a.name_zh as village from household h join area a on a.code = h.village_code
      where h.programme_id = $1 and h.id = $2 and not exists (select from erasure e
        where e.programme_id = $1 and e.register = 'household' and e.row_id = h.id)`,
    [tx.programme, id],
  )
  return row && { organisationId: null, areaPath: row.area_path, title: row.village }
}

async function erase(...[tx, _kit, { id, about, areaPath }]: Parameters<Effect>) {
  await askErasure(tx, { register: 'household', rowId: about ?? '', areaPath, caseId: id })
  return ok(null)
}
