import type { Writer } from '@silian/kernel/database/database.ts'
import { OPERATOR } from '@silian/kernel/fact/keyring.ts'
import type { LoggedFact } from '@silian/kernel/fact/subscribe.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { lockAccounts, openAccounts } from '@silian/kernel/ledger/accounts.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { owedTo } from './accounts.ts'

const householdsMerged = z.object({
  household: z.string(),
  county: z.string().optional(),
  to: z.array(z.string()).length(1),
})
const organisationsMerged = z.object({
  what: z.literal('merge'),
  organisations: z.array(z.string()),
  into: z.string(),
})

/**
 * Hands what an ended household or organisation is owed to the one that goes on in its place. It stands in the log
 * between settlements, under their cursor: those before it credited the old one, those after it credit the new one.
 */
export async function passOwed(tx: Writer, kit: Kit, fact: LoggedFact): Promise<void> {
  const households = householdsMerged.safeParse(fact.pub)
  if (households.success) return passParts(tx, kit, fact, households.data)
  const organisations = organisationsMerged.safeParse(fact.pub)
  if (organisations.success)
    for (const from of organisations.data.organisations)
      await passPayable(tx, kit, fact, from, organisations.data.into)
}

interface Waiting {
  readonly part: string
  readonly fen: number
}

/** What is in a batch by now is paid out as it is; all else is owed to the other. */
async function passParts(
  tx: Writer,
  kit: Kit,
  fact: LoggedFact,
  { household, county, to: [to] }: z.output<typeof householdsMerged>,
): Promise<void> {
  const waiting = await tx.query<Waiting>(
    `with passed as (
       update settlement_part set passed_to = $3
        where programme_id = $1 and coalesce(passed_to, household_id) = $2 and payout_id is null
       returning order_id, link_id, fen)
     select order_id || '/' || link_id as part, fen from passed order by 1`,
    [tx.programme, household, to],
  )
  const fen = waiting.reduce((sum, each) => sum + each.fen, 0)
  if (fen === 0) return
  await move(tx, household, 'benefit.passed', fen, owedTo.household(household), owedTo.household(to!))
  await kit.recorder.record(tx, {
    type: 'benefit.passed',
    subject: household,
    holder: county === undefined ? OPERATOR : `area:${county}`,
    pub: county === undefined ? {} : { county },
    hidden: { household, to: to!, fen: String(fen), parts: JSON.stringify(waiting.map(each => each.part)) },
    refs: [fact.leafHash],
  })
}

async function passPayable(tx: Writer, kit: Kit, fact: LoggedFact, from: string, to: string): Promise<void> {
  const [owed] = await lockAccounts(tx, [owedTo.organisation(from)])
  if (!owed || owed.balance === 0) return
  const fen = owed.balance
  await move(tx, from, 'payable.passed', fen, owed.account, owedTo.organisation(to))
  await kit.recorder.record(tx, {
    type: 'payable.passed',
    subject: from,
    holder: to,
    pub: { organisation: from, to },
    // with one sale in it, it would tell what single households got of that
    hidden: { fen: String(fen) },
    refs: [fact.leafHash],
  })
}

async function move(tx: Writer, subject: string, kind: string, fen: number, from: string, to: string) {
  await openAccounts(tx, [{ account: to, unit: 'fen', kind: 'ceiling' }])
  await postAll(tx, [
    {
      id: idFrom('entry', 'pass', subject),
      ...{ kind, subject },
      postings: [
        { account: from, amount: -fen },
        { account: to, amount: fen },
      ],
    },
  ])
}
