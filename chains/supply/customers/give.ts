import type { Writer } from '@silian/kernel/database/database.ts'
import { OPERATOR } from '@silian/kernel/fact/keyring.ts'
import { idFrom, newId } from '@silian/kernel/ids/ids.ts'
import { openAccounts } from '@silian/kernel/ledger/accounts.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { ok, type Result } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { WALLET_SOURCE, wallet } from './accounts.ts'

export interface Gift {
  readonly id?: string
  readonly customerId: string
  readonly fen: number
}

/** Puts money into a customer's wallet: a gift, or what was paid in at a desk. Whose it is stays hidden. */
export async function giveToWallet(
  tx: Writer,
  kit: Kit,
  { id = newId(tx.at.getTime()), customerId, fen }: Gift,
): Promise<Result<{ id: string }, never>> {
  await openAccounts(tx, [
    { account: WALLET_SOURCE, unit: 'fen', kind: 'free' },
    { account: wallet(customerId), unit: 'fen', kind: 'ceiling' },
  ])
  await postAll(tx, [
    {
      ...{ id: idFrom('entry', 'gift', id), kind: 'wallet.given', subject: id },
      postings: [
        { account: WALLET_SOURCE, amount: -fen },
        { account: wallet(customerId), amount: fen },
      ],
    },
  ])
  await kit.recorder.record(tx, {
    ...{ type: 'wallet.given', subject: id, holder: OPERATOR },
    pub: { gift: id, fen: String(fen) },
    hidden: { customer: customerId },
  })
  return ok({ id })
}
