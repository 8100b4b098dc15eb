import { grantRole } from '@silian/kernel/access/members.ts'
import type { Whole } from '@silian/server/compose.ts'
import { describe, expect, it } from 'vitest'
import type { SmallWorld } from '../small-world.ts'
import { desk, phone, screens } from './chromium.ts'
import { approves, signsInByKeys } from './people/approver.ts'
import * as buyer from './people/buyer.ts'
import * as cadre from './people/cadre.ts'
import * as coop from './people/coop.ts'
import * as finance from './people/finance.ts'
import { jobOf } from './people/job.ts'
import * as offices from './people/offices.ts'
import { checksFigure, monthPasses } from './people/visitor.ts'
import { theatre } from './stage.ts'

/** In a canteen that is small, who buys also takes the goods and has them paid. */
async function smallCanteens(_: Whole, { id, write }: SmallWorld): Promise<void> {
  for (const n of ['', '2'])
    for (const role of ['canteen_acceptor', 'accountant'] as const)
      await write(tx =>
        grantRole(tx, { memberId: id(`member buyer${n}`), role, organisationId: id(`unit${n}`) }),
      )
}

const house = theatre(smallCanteens)

describe.each(['one', 'two'] as const)('the main job on side %s', side => {
  const job = jobOf(house, side)
  let order: string
  let code: string
  let before: number

  it('the cadre enters a household, and the county confirms its bank account', async () => {
    await cadre.entersHousehold(job)
    await cadre.proposesAccount(job)
    await offices.confirmsAccount(job)
  })

  it('the co-op proposes it a link, to which it consents', async () => {
    await coop.proposesLink(job)
    await cadre.recordsConsent(job)
  })

  it('the co-op harvests with it and offers the goods', async () => {
    await coop.harvests(job)
    await coop.offers(job)
  })

  it('the canteen declares its quota, the district confirms it, and the canteen orders', async () => {
    await buyer.declares(job)
    await offices.confirmsDeclaration(job)
    order = await buyer.orders(job)
  })

  it('the approver approves by keys alone', async () => {
    const approver = await house.anyone(side === 'one' ? desk : phone, 'approver')
    await signsInByKeys(approver, `approver${job.side.suffix}.shenzhen`)
    await approves(approver, job, order)
  })

  it('the co-op ships, the canteen accepts and pays, and finance allots what the bank could not', async () => {
    await coop.ships(job, order)
    await buyer.accepts(job, order)
    code = await buyer.asksForCode(job)
    before = await offices.readsCockpit(job)
    await finance.transfers(job)
    await finance.allots(job, code)
  })

  it('the canteen evaluates, the household is paid out, and its cadre confirms', async () => {
    await buyer.evaluates(job, order)
    await finance.paysOut(job)
    await cadre.confirmsPayout(job, '¥40.00')
  })

  it('the officer sees the figure move and opens it down to the order', async () => {
    await expect.poll(() => offices.readsCockpit(job), { timeout: 30_000 }).toBe(before + 32_000)
    await offices.opensOrder(job, order)
  })
})

describe('the published figure of the month', () => {
  let month: string

  it.each(screens)('is checked by a visitor at a %s', async (_, screen) => {
    month ??= await monthPasses(house.stage)
    await checksFigure(await house.anyone(screen), month, '¥640.00')
  })
})
