import { words } from '@silian/chains/words.ts'
import type { Bought } from './buy.ts'
import { Failed, until } from './client.ts'
import type { Grown } from './grow.ts'
import type { Tour } from './main.ts'
import { heading, tell, yuan } from './tell.ts'

interface Benefit {
  readonly settledAt: string | null
  readonly totalFen: number
  readonly cooperativeFen: number
  readonly householdsFen: number
  readonly parts: readonly {
    readonly household: string
    readonly village: string
    readonly mechanism: string
    readonly fen: number
    readonly paidAt: string | null
  }[]
}

interface Item {
  readonly id: string
  readonly householdId: string
  readonly amountFen: number
}

/** The order is settled to the households it owes, paid out by the bank, and confirmed in the village. */
export async function payOut(tour: Tour, grown: Grown, bought: Bought): Promise<void> {
  heading('三、保障链', 'Assurance: the money reaches the household')
  const benefit = await readSplit(tour, bought)
  const mine = await payBatch(tour, grown)
  // 20 of the lot's 40 kg were sold, so 10 of the household's 20, at 3.20 yuan a jin plus 5 %
  const expected = 20 * 336
  if (mine.amountFen !== expected)
    throw new Failed(`the household was owed ${expected} fen, not ${mine.amountFen}`)
  const parts = benefit.parts.reduce((sum, part) => sum + part.fen, 0)
  if (parts + benefit.cooperativeFen !== bought.totalFen)
    throw new Failed('the split does not add up to the order')
}

async function readSplit({ as, path }: Tour, { orderId }: Bought): Promise<Benefit> {
  const buyer = await as('buyer.first')
  const benefit = await until('the settlement', async () => {
    const read = await buyer.get<Benefit>(path(`/orders/${orderId}/benefit`))
    return read.settledAt ? read : undefined
  })
  tell(
    '结算',
    `${yuan(benefit.totalFen)} = 合作社 ${yuan(benefit.cooperativeFen)} + ${benefit.parts.length} 份农户收益 ${yuan(benefit.householdsFen)}`,
    'the co-operative and the households, to the fen',
  )
  for (const part of benefit.parts.slice(0, 3))
    tell(
      '',
      `${part.village} ${part.household}：${yuan(part.fen)}（${words.say('zh', 'lists', `value.${part.mechanism}`)}）`,
      '',
    )
  return benefit
}

async function payBatch({ as, path, run }: Tour, { householdId }: Grown): Promise<Item> {
  const finance = await as('finance.city')
  const { id } = await finance.post<{ id: string }>(
    path('/payout-batches'),
    { countyCode: '451003' },
    `${run}-payout`,
  )
  tell('财政局', '发起田阳区兑付批次，交银行代发', 'a payout batch is handed to the bank')
  const cadre = await as('cadre.tianyang')
  const item = await until('the payout', async () => {
    for (let after = ''; ; ) {
      const page = await cadre.get<{
        items: (Item & { batchId: string; paidAt: string | null })[]
        next: string | null
      }>(path(`/payout-items?limit=200&open=true${after && `&after=${after}`}`))
      const found = page.items.find(
        each => each.batchId === id && each.householdId === householdId && each.paidAt,
      )
      if (found || !page.next) return found
      after = page.next
    }
  })
  tell('银行', '代发完成', 'paid out, on the word of the bank')
  await cadre.post(path(`/payout-items/${item.id}/confirmation`), {}, `${run}-confirm`)
  const statement = await cadre.get<{ confirmedFen: number }>(path(`/households/${householdId}/statement`))
  tell(
    '村干部',
    `农户到账确认 ${yuan(item.amountFen)}，农户账单合计 ${yuan(statement.confirmedFen)}`,
    'the household has its money',
  )
  return item
}
