import { heirOf } from '@silian/kernel/access/heirs.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import type { LoggedFact } from '@silian/kernel/fact/subscribe.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { lockAccounts } from '@silian/kernel/ledger/accounts.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { claimOn } from '../../supply/payments/accounts.ts'
import { owedTo } from './accounts.ts'

const advanced = z.object({ seller: z.string(), from: z.literal('seller') })

/** Money was given back for a seller after its order was counted: it comes out of what we owe the seller. */
export async function recoverRefund(tx: Writer, kit: Kit, fact: LoggedFact): Promise<void> {
  const refund = advanced.safeParse(fact.pub)
  if (refund.success) await recover(tx, kit, refund.data.seller, fact)
}

/**
 * Covers what a seller owes for refunds, as far as we owe it something; the rest by what is settled next. Households keep
 * what they got: a return is the seller's risk.
 */
export async function recover(tx: Writer, kit: Kit, seller: string, fact: LoggedFact): Promise<void> {
  const payee = await heirOf(tx, seller)
  const locked = await lockAccounts(tx, [claimOn(seller), owedTo.organisation(payee)])
  const balance = (name: string) => locked.find(({ account }) => account === name)?.balance ?? 0
  const fen = Math.min(-balance(claimOn(seller)), balance(owedTo.organisation(payee)))
  if (fen <= 0) return
  await postAll(tx, [
    {
      id: idFrom('entry', 'recover', fact.leafHash.toString('hex')),
      ...{ kind: 'refund.recovered', subject: seller },
      postings: [
        { account: owedTo.organisation(payee), amount: -fen },
        { account: claimOn(seller), amount: fen },
      ],
    },
  ])
  await kit.recorder.record(tx, {
    ...{ type: 'refund.recovered', subject: seller, holder: seller, refs: [fact.leafHash] },
    pub: { seller, payee, fen: String(fen) },
  })
}
