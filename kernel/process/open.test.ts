import { afterAll, beforeAll, expect, it } from 'vitest'
import { grantRole } from '../access/members.ts'
import { must } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { startOf } from '../time/shanghai.ts'
import { defineProcess, end, office, task } from './define.ts'
import { openCase } from './open.ts'
import { type ProcessStage, processStage } from './test-stage.ts'

/** Its form names no organisation: the opener's is taken. */
const plain = defineProcess({
  name: 'plain',
  version: 1,
  form: { name: { kind: 'text', max: 40 } },
  title: form => String(form.name),
  open: { permit: { coop_clerk: 'organisation' } },
  read: {},
  start: 'only',
  states: { only: task({ by: office('task_force'), outcomes: { yes: { to: 'done' } } }), done: end() },
})

let db: TestDatabase
let stage: ProcessStage
beforeAll(async () => {
  db = await testDatabase()
  stage = await processStage(db, [plain])
})
afterAll(() => db?.close())

it('opens a case for the organisation in which somebody holds the role that permits it', async () => {
  const other = { memberId: stage.id('member clerk'), role: 'expert' as const }
  must(
    await db.app.write(stage.scope(), tx =>
      grantRole(tx, { ...other, organisationId: stage.id('lab'), validFrom: startOf('2019-01-01') }),
    ),
  )
  const who = await stage.principal('clerk')
  // whichever comes first
  for (const roles of [who.roles, [...who.roles].reverse()]) {
    const reach = must(stage.permit({ ...who, roles }, 'plain.open'))
    const { id } = must(
      await stage.as('clerk', (tx, actor) =>
        openCase(tx, stage.kit, { ...actor, roles }, reach, 'plain', { form: { name: '示例' } }),
      ),
    )
    const [row] = await stage.rows('select organisation_id, opener_role from process_case where id = $1', [
      id,
    ])
    expect(row).toEqual({ organisation_id: stage.id('coop'), opener_role: 'coop_clerk' })
  }
})
