import { covers, type Reach } from '@silian/kernel/access/permit.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { defineUndertaking } from '@silian/kernel/undertaking/kind.ts'
import { sign } from '@silian/kernel/undertaking/undertaking.ts'
import type { Kit } from '../../kit.ts'
import { type NewLink, orderPurchase, shareDividend } from './contract.ts'

/** What a co-operative owes a household, fen credited to it (利益联结, S3-23). */
const kinds = {
  order_purchase: defineUndertaking({
    kind: 'link.order_purchase',
    unit: 'fen',
    bound: 'floor',
    formula: orderPurchase,
  }),
  share_dividend: defineUndertaking({
    kind: 'link.share_dividend',
    unit: 'fen',
    bound: 'floor',
    formula: shareDividend,
  }),
}

export type LinkRefusal = 'organisation.not_found' | 'household.not_found' | 'link.period' | 'link.no_shares'

/** Signs a benefit link between a co-operative and a household. Open-ended in amount: the formula and sales decide. */
export async function signLink(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  input: NewLink,
): Promise<Result<{ id: string }, LinkRefusal>> {
  if (!covers(reach, { organisationIds: [input.cooperativeId] })) return refuse('organisation.not_found')
  if (input.endsOn < input.startsOn) return refuse('link.period')
  const { formula } = input
  if (
    formula.mechanism === 'share_dividend' &&
    formula.basicShares + formula.careShares + formula.fundShares === 0
  )
    return refuse('link.no_shares')
  const [household] = await tx.query<{ county: string }>(
    'select left(village_code, 6) as county from household where programme_id = $1 and id = $2 and closed_at is null',
    [tx.programme, input.householdId],
    'link-household',
  )
  if (!household) return refuse('household.not_found')
  const id = input.id ?? newId(tx.at.getTime())
  const promise = {
    id,
    promisor: input.cooperativeId,
    promisee: input.householdId,
    startsOn: input.startsOn,
    endsOn: input.endsOn,
    schedule: [],
  }
  if (formula.mechanism === 'order_purchase') await sign(tx, kinds.order_purchase, { ...promise, formula })
  else await sign(tx, kinds.share_dividend, { ...promise, formula })
  await kit.recorder.record(tx, {
    type: 'link.signed',
    subject: id,
    holder: input.cooperativeId,
    pub: {
      link: id,
      cooperative: input.cooperativeId,
      county: household.county,
      mechanism: formula.mechanism,
      startsOn: input.startsOn,
      endsOn: input.endsOn,
    },
    hidden: { household: input.householdId, formula: JSON.stringify(formula) },
  })
  return ok({ id })
}
