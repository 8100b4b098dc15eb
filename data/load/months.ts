import { draftBulletin, publishBulletin } from '@silian/chains/assurance/bulletins/service.ts'
import { citeFigures, keepRatios, publishMonth } from '@silian/chains/assurance/figures/service.ts'
import { confirmItems, sendBatch } from '@silian/chains/assurance/payouts/service.ts'
import { command } from '@silian/kernel/database/command.ts'
import { must } from '@silian/kernel/result/result.ts'
import { pairedCounties } from '../world/areas.ts'
import { addDays } from '../world/calendar.ts'
import { figures } from '../world/cited.ts'
import { computeOracle, oracles } from '../world/oracles.ts'
import { type Account, whoIs } from '../world/people.ts'
import type { Bank } from './bank.ts'
import { at, minutes } from './clock.ts'
import { acting, cadreOf, financeOf } from './people.ts'
import { chunks, inParallel, type Stage } from './stage.ts'

/** What follows a month: on the fifth its figure is published and what households are owed is sent to the bank. */
export async function closeMonth(stage: Stage, bank: Bank, month: string, day: string): Promise<void> {
  await publish(stage, month, at(day, '21:00'))
  await payOut(stage, bank, month, at(day, '21:10'))
  await stage.settle(at(day, '23:00'))
}

/** Closes a month. Publishing it again is refused and changes nothing. */
export async function publish(stage: Stage, month: string, on: Date): Promise<void> {
  const { who, holder } = acting(stage, whoIs('task_force', 'city.task-force'), 'figure.publish')
  const scope = { programme: stage.programme, actor: who, at: on }
  const published = await publishMonth(stage.kit, scope, { period: month, holder })
  if (!published.ok && published.code !== 'figure.published') must(published)
}

/** A month's bulletin in the words of its draft. Its figures are published by then. */
export async function bulletinOf(stage: Stage, month: string, on: Date): Promise<void> {
  const { who, holder } = acting(stage, whoIs('task_force', 'city.task-force'), 'bulletin.write')
  const id = stage.id('bulletin', month)
  await stage.command({ who, at: on, key: `bulletin of ${month} drafted` }, tx =>
    draftBulletin(tx, { id, month }),
  )
  await stage.command({ who, at: on, key: `bulletin of ${month}`, holder }, tx =>
    publishBulletin(tx, stage.kit, holder, id, 1),
  )
}

const batchId = (stage: Stage, month: string, county: string): string => stage.id('payout', month, county)

/** One batch a county. Where nothing is owed, none is sent. */
async function payOut(stage: Stage, bank: Bank, month: string, on: Date): Promise<void> {
  const { who, reach, holder } = acting(stage, financeOf(stage), 'payout.send')
  const counties = pairedCounties.filter(({ programme }) => programme === stage.programme)
  await inParallel(counties, 4, async ({ code }) => {
    const id = batchId(stage, month, code)
    const scope = { programme: stage.programme, actor: who, at: on }
    const key = `payout ${month} ${code}`
    const sent = await command(stage.kit.app, scope, { key, name: key, input: null }, tx =>
      sendBatch(tx, stage.kit, reach, holder, { id, countyCode: code }),
    )
    if (!sent.ok) return void (sent.code === 'payout.nothing_owed' || must(sent))
    const fen = await totalOf(stage, id)
    await bank.paidOut(stage, { reference: `P-${month}-${code}`, id, fen, at: minutes(on, 60) })
  })
}

/** As the bank reads it before it pays. */
async function totalOf(stage: Stage, batch: string): Promise<number> {
  const [row] = await stage.kit.app.read({ programme: stage.programme, actor: 'system' }, tx =>
    tx.query<{ total_fen: number }>(
      'select total_fen from payout_batch where programme_id = $1 and id = $2',
      [stage.programme, batch],
    ),
  )
  return row!.total_fen
}

interface Item {
  readonly id: string
  readonly household_id: string
  readonly village_code: string
}

/** A few days later the cadres have asked the households: nearly all say that the money came. */
export async function confirmMonth(stage: Stage, month: string, day: string, left: Left): Promise<void> {
  const counties = pairedCounties.filter(({ programme }) => programme === stage.programme)
  await inParallel(counties, 4, async ({ code }) => {
    const items = await itemsOf(stage, batchId(stage, month, code))
    const asked = items.filter(item => !left(item))
    for (const [cadre, own] of Map.groupBy(asked, item => cadreOf(item.village_code)))
      for (const [n, some] of chunks(own, 100).entries())
        await confirm(stage, cadre, some, {
          at: minutes(at(day, '10:00'), n),
          key: `confirmed ${month} ${code} ${cadre.username} ${n}`,
        })
  })
}

type Left = (item: Item) => boolean

/** One in some thirty is away and cannot be asked. */
export const away: Left = item => Number.parseInt(item.household_id.slice(0, 4), 16) % 30 === 0
/** In the last month the villages that have a cadre of their own to sign in with are still to be asked. */
export const awayOrOwn: Left = item => away(item) || cadreOf(item.village_code).areaCode === item.village_code

const itemsOf = (stage: Stage, batch: string): Promise<Item[]> =>
  stage.kit.app.read({ programme: stage.programme, actor: 'system' }, tx =>
    tx.query<Item>(
      `select i.id, i.household_id, h.village_code from payout_item i
       join household h on h.programme_id = i.programme_id and h.id = i.household_id
       where i.programme_id = $1 and i.batch_id = $2 order by i.household_id`,
      [stage.programme, batch],
    ),
  )

async function confirm(
  stage: Stage,
  cadre: Account,
  items: readonly Item[],
  { at: on, key }: { at: Date; key: string },
): Promise<void> {
  const { who, reach } = acting(stage, cadre, 'payout.confirm')
  const ids = items.map(({ id }) => id)
  await stage.command({ who, at: on, key }, tx => confirmItems(tx, stage.kit, reach, ids))
}

/** The month before a day, `YYYY-MM`. */
export const monthBefore = (day: string): string => addDays(`${day.slice(0, 7)}-01`, -1).slice(0, 7)

/** The articles' own figures, and the ratios that follow from them; beside ours, never among them. */
export async function cite(stage: Stage, on: Date): Promise<void> {
  const { who, holder } = acting(stage, whoIs('task_force', 'city.task-force'), 'figure.publish')
  await stage.command({ who, at: on, key: 'cited' }, async tx => {
    const cited = figures.map(({ key, row, quoteZh, labelEn, value, unit, asOf }) => ({
      ...{ key, row, quoteZh: quoteZh ?? '', labelEn, value, unit, asOf },
    }))
    must(await citeFigures(tx, stage.kit, holder, cited))
    return keepRatios(
      tx,
      oracles.map(oracle => ({
        ...{ key: oracle.key, labelZh: oracle.labelZh, labelEn: oracle.labelEn, unit: oracle.unit },
        ...{ value: computeOracle(oracle), printed: oracle.expected },
      })),
    )
  })
}
