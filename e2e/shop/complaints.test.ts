import { complaint } from '@silian/chains/supply/complaints/complaint.process.ts'
import { complaintsOf } from '@silian/chains/supply/complaints/reads.ts'
import { complain, replyTo } from '@silian/chains/supply/complaints/service.ts'
import { currentTasks, lockCase } from '@silian/kernel/process/case.ts'
import { decideTask } from '@silian/kernel/process/decide.ts'
import type { Actor } from '@silian/kernel/process/desk.ts'
import { openCase } from '@silian/kernel/process/open.ts'
import { withdraw } from '@silian/kernel/process/withdraw.ts'
import { must, type Result } from '@silian/kernel/result/result.ts'
import { declaredProcesses } from '@silian/server/compose.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { everything } from '../refusals/side.ts'
import { BOX, PayStage } from './pay-stage.ts'

let stage: PayStage
let customer: string
beforeAll(async () => {
  stage = await PayStage.open()
  customer = await stage.customer(10 * BOX)
})
afterAll(() => stage.end())

const kit = () => ({ ...stage.race.kit, processes: declaredProcesses })
const act = <T>(work: Parameters<typeof stage.write>[0], actor = customer): Promise<Result<T>> =>
  kit().app.write({ ...stage.scope(), actor }, work) as Promise<Result<T>>
const said = { matter: 'quality', said: '有三个坏果，流水了' } as const

async function paid(): Promise<{ id: string; number: string }> {
  const [id] = await stage.order(customer)
  await stage.pay(customer, [id!], 'wallet')
  const [row] = await stage.race.db.owner<{ number: string }>('select number from "order" where id = $1', [
    id,
  ])
  return { id: id!, number: row!.number }
}

const told = (number: string) =>
  kit().app.read(stage.scope(), async tx => (await complaintsOf(tx, kit(), number))[0])

const desk = (role: 'coop_clerk' | 'task_force' | 'buyer', organisation: string): Actor => ({
  ...{ account: `a ${role}`, memberId: null, holder: 'operator', standsFor: [] },
  roles: [{ role, organisationId: stage.race.world.id(organisation), areaPath: null }],
})

/** The open task of a case, decided by somebody. */
const decide = (caseId: string, actor: Actor, outcome: string, more: { form?: object; note?: string } = {}) =>
  act(async tx => {
    const [task] = await currentTasks(tx, (await lockCase(tx, caseId))!)
    return decideTask(tx, kit(), actor, task!.id, { outcome, form: {}, files: [], ...more } as never)
  }, actor.account)

it('is answered by the seller and, where its customer is not content, decided by the task force', async () => {
  const order = await paid()
  const { id } = must(await act<{ id: string }>(tx => complain(tx, kit(), order.id, said)))
  expect(await told(order.number)).toMatchObject({
    ...{ id, ...said, state: 'answer', answer: null, decision: null, dueOn: expect.any(String) },
  })
  expect(await act(tx => complain(tx, kit(), order.id, said))).toMatchObject({
    code: 'complaint.open_already',
  })
  expect(await act(tx => replyTo(tx, kit(), order.id, { content: true }))).toEqual({
    ...{ ok: false, code: 'complaint.wrong_state', params: { state: 'answer' } },
  })
  const form = { answer: '马上补发' }
  expect(await decide(id, desk('coop_clerk', 'coop2'), 'answer', { form })).toMatchObject({
    code: 'task.not_found',
  })
  must(await decide(id, desk('coop_clerk', 'coop'), 'answer', { form }))
  expect(await told(order.number)).toMatchObject({ state: 'answered', answer: '马上补发' })

  must(await act(tx => replyTo(tx, kit(), order.id, { content: false, reason: '没有收到补发' })))
  must(await decide(id, desk('task_force', 'coop'), 'uphold', { note: '三日内补发' }))
  expect(await told(order.number)).toMatchObject({
    ...{ state: 'upheld', answer: '马上补发', decision: '三日内补发', dueOn: null },
  })
  expect(await act(tx => replyTo(tx, kit(), order.id, { content: true }))).toMatchObject({
    code: 'complaint.not_found',
  })
})

it('ends with a customer who is content, and lies on the desk of no one else meanwhile', async () => {
  const order = await paid()
  const { id } = must(await act<{ id: string }>(tx => complain(tx, kit(), order.id, said)))
  must(await decide(id, desk('coop_clerk', 'coop'), 'answer', { form: { answer: '已补发' } }))
  const [task] = await stage.race.db.owner<{ role: string | null; desks: number }>(
    `select t.role, (select count(*)::int from process_desk d where d.task_id = t.id) as desks
       from process_task t where t.case_id = $1 and t.closed_at is null`,
    [id],
  )
  expect(task).toEqual({ role: null, desks: 0 })
  const buyer = desk('buyer', 'unit')
  expect(await act(tx => withdraw(tx, kit(), buyer, id), buyer.account)).toMatchObject({
    code: 'case.not_found',
  })
  must(await act(tx => replyTo(tx, kit(), order.id, { content: true })))
  expect(await told(order.number)).toMatchObject({ state: 'retracted', answer: '已补发' })
})

it('is refused before it is paid, and of another’s order', async () => {
  const [unpaid] = await stage.order(customer)
  expect(await act(tx => complain(tx, kit(), unpaid!, said))).toEqual({
    ...{ ok: false, code: 'order.wrong_state', params: { state: 'awaiting_payment' } },
  })
  const order = await paid()
  const form = { ...said, orderNumber: order.number, seller: stage.race.world.id('coop') }
  const open = (values: object) =>
    act(
      tx =>
        openCase(tx, kit(), desk('buyer', 'unit'), everything('shenzhen'), complaint.name, {
          form: values as never,
        }),
      'a buyer',
    )
  expect(await open(form)).toMatchObject({ code: 'order.not_found' })
  expect(await told(order.number)).toBeUndefined()
})
