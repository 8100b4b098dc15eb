import { newId } from '@silian/kernel/ids/ids.ts'
import { describe, expect, it } from 'vitest'
import { type Send, sendOf } from './asker.ts'
import { asksRightly } from './cases.ts'
import { expectations } from './expectations.ts'
import type { Ground } from './ground.ts'
import { keyless } from './keyless.ts'
import { registerMade } from './registers.ts'
import { requests } from './requests.ts'
import { settled, stateOf } from './state.ts'

const commands = expectations.filter(
  ({ route, always }) => route.startsWith('POST') && !keyless.includes(route) && !always,
)

/** Ids that a caller may make himself, where another thing has the same id already. */
const made: readonly (readonly [string, (ground: Ground) => string])[] = [
  ...registerMade.map(([route, idOf]) => [route, ({ stage }: Ground) => idOf(stage.other)] as const),
  ['POST /links', ({ stage }) => stage.other.link],
  ['POST /links', ({ stage }) => stage.other.proposal],
  ['POST /products', ({ stage }) => stage.other.product],
  ['POST /lots', ({ stage }) => stage.other.lot],
  ['POST /offers', ({ stage }) => stage.other.offer],
  ['POST /quota-rules', ({ stage }) => stage.own.world.id('rule')],
  ['POST /canteens', ({ stage }) => stage.other.canteen],
  ['POST /declarations', ({ stage }) => stage.other.declaration],
  ['POST /orders', ({ stage }) => stage.other.orders.approved],
  ['POST /payments', ({ stage }) => stage.other.payment],
  ['POST /payout-batches', ({ stage }) => stage.other.batch],
  ['POST /organisations', ({ stage }) => stage.other.coop],
]

export function repeating(at: () => Ground): void {
  describe.each(commands)('$route', line => {
    it('under its key answers as it did and does nothing more; another under that key is refused', async () => {
      const { db, http, stage, signedIn } = at()
      const headers = { ...signedIn.get(asksRightly(line))!, 'idempotency-key': newId() }
      const shot = () => requests[line.route]!(stage.own, stage.kit)
      const first = sendOf('POST', 'shenzhen', await shot())
      const second = sendOf('POST', 'shenzhen', await shot())
      const answer = await http({ ...first, headers })
      expect(answer.status).toBe(200)
      await settled(db, stage.kit)
      const before = await stateOf(db)
      expect(await http({ ...first, headers })).toEqual(answer)
      // what comes without an input of its own differs by its address
      const other = {
        ...second,
        headers,
        ...(isSame(first, second) ? { body: differ(second.body) } : {}),
      }
      const mismatch = await http(other)
      expect([mismatch.status, mismatch.body.code]).toEqual([422, 'idempotency.mismatch'])
      expect(await stateOf(db)).toEqual(before)
    })
  })

  it.each(made)('%s under an id in use is refused and changes nothing', async (route, idOf) => {
    const line = expectations.find(expectation => expectation.route === route)!
    const { db, http, stage, signedIn } = at()
    const { path, body } = await requests[route]!(stage.own, stage.kit)
    const headers = { ...signedIn.get(asksRightly(line))!, 'idempotency-key': newId() }
    await settled(db, stage.kit)
    const before = await stateOf(db)
    const shot = { path, body: { ...body, id: idOf(at()) } }
    const { status, body: problem } = await http({ ...sendOf('POST', 'shenzhen', shot), headers })
    expect(`${status} ${problem.code}`).toMatch(/^409 [a-z_]+\.(exists|taken|\w+_taken|hold_exists)$/)
    expect(await stateOf(db)).toEqual(before)
  })
}

const isSame = (a: Send, b: Send): boolean =>
  a.path === b.path && JSON.stringify(a.body) === JSON.stringify(b.body)

/** What an operation does not know of is cut off before it is compared. */
const differ = (body: object | string | undefined): object => ({
  ...(body as object),
  id: newId(),
  to: '2026-12-30',
})
