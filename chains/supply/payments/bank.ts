import type { Writer } from '@silian/kernel/database/database.ts'
import type { SignedRecorded } from '@silian/kernel/fact/signed.ts'
import { ok, Refused, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { type BankAnswer, paidOut } from './contract.ts'
import { type CreditRefusal, receiveCredit } from './service.ts'

/**
 * Takes a bank's signed message. Money that came in is allotted at once; of a payout that went out others hear from
 * the log. The same message again answers the same. Refusals beside those of a signed fact: `fact.forged {reason: holder}`
 * when the key is not a bank's, `payment.malformed {fields}`, `payment.reference_conflict {reference}`.
 */
export async function receiveMessage(
  tx: Writer,
  kit: Kit,
  entry: Buffer,
): Promise<Result<BankAnswer, CreditRefusal>> {
  const fact = await kit.recorder.recordSigned(tx, {
    entry,
    types: ['bank.credited', 'bank.paid_out'],
    subject: e => String(e.pub.batch ?? e.pub.reference ?? e.id),
  })
  if (!fact.repeated) await assertBank(tx, fact)
  if (fact.entry.type === 'bank.paid_out') return heardOfPayout(fact)
  if (fact.repeated) return repeatedCredit(tx, fact.id)
  const outcome = await receiveCredit(tx, kit, fact)
  return outcome.ok ? ok({ repeated: false, outcome: outcome.value }) : outcome
}

/** Others have keys of their own too: only a bank's word moves money. */
async function assertBank(tx: Writer, { entry }: SignedRecorded): Promise<void> {
  const rows = await tx.query(
    `select 1 from signing_key k join organisation o on o.programme_id = k.programme_id and o.id::text = k.holder
     where k.programme_id = $1 and k.key_id = $2 and o.type = 'bank'`,
    [tx.programme, entry.actor],
    'bank-key',
  )
  if (rows.length === 0) throw new Refused('fact.forged', { reason: 'holder' })
}

/** Read here once, so that what its subscribers cannot read never reaches the log. */
function heardOfPayout({ entry, repeated }: SignedRecorded): Result<BankAnswer, 'payment.malformed'> {
  const parsed = paidOut.safeParse(entry.pub)
  if (!parsed.success)
    return refuse('payment.malformed', { fields: parsed.error.issues.map(issue => issue.path.join('.')) })
  return ok({ repeated, outcome: 'paid_out' })
}

async function repeatedCredit(tx: Writer, factId: string): Promise<Result<BankAnswer, 'payment.malformed'>> {
  const [row] = await tx.query<{ state: 'matched' | 'unmatched' | 'suspense' }>(
    'select state from bank_credit where programme_id = $1 and fact_id = $2',
    [tx.programme, factId],
  )
  return row ? ok({ repeated: true, outcome: row.state }) : refuse('payment.malformed')
}
