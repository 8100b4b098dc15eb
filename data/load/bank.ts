import { join } from 'node:path'
import { receiveMessage } from '@silian/chains/supply/payments/bank.ts'
import type { BankAnswer } from '@silian/chains/supply/payments/contract.ts'
import { createClient, revokeClient } from '@silian/kernel/access/clients.ts'
import { registerOwnKey } from '@silian/kernel/fact/key-facts.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { type BankSigner, type BankWord, bankFolder, bankSigner } from './bank-signer.ts'
import { setUp } from './clock.ts'
import { organisationId } from './people.ts'
import { readPrivate, writePrivate } from './private-file.ts'
import type { Stage } from './stage.ts'

/** Whoever sends the bank's words: they carry their own proof, so the API takes them from the public. */
const MESSENGER = 'public'

/** The sandbox bank in the past: it signs with its own key and hands its words in as it would over HTTP. */
export interface Bank {
  /** Money of a transfer came in. */
  credit(stage: Stage, transfer: { reference: string; code: string; fen: number; at: Date }): Promise<void>
  /** A payout batch went out. */
  paidOut(stage: Stage, batch: { reference: string; id: string; fen: number; at: Date }): Promise<void>
}

export async function openBank(stage: Stage, dataFolder: string): Promise<Bank> {
  const signer = await bankSigner(dataFolder)
  const holder = organisationId(stage, 'city.bank')
  const at = setUp.people
  await stage.command({ who: 'system', at, key: `bank key ${signer.keyId}` }, tx =>
    registerOwnKey(tx, stage.kit.keyring, { holder, publicKey: signer.publicKey, as: 'bank' }),
  )
  const log = await stage.kit.app.read({ programme: stage.programme, actor: 'system' }, tx =>
    stage.kit.keyring.origin(tx),
  )
  return bankWith(signer, log)
}

function bankWith(signer: BankSigner, log: string): Bank {
  const say = async (stage: Stage, word: BankWord, expected: BankAnswer['outcome']) => {
    const scope = { programme: stage.programme, actor: MESSENGER, at: word.at }
    const entry = signer.sign(log, word)
    const { outcome } = must(await stage.kit.app.write(scope, tx => receiveMessage(tx, stage.kit, entry)))
    if (outcome !== expected) throw new Error(`${word.pub.reference}: ${outcome} instead of ${expected}`)
  }
  return {
    credit: (stage, { reference, code, fen, at }) => {
      const pub = { reference, code, fen: String(fen), bookedAt: at.toISOString() }
      return say(stage, { type: 'bank.credited', pub, at }, 'matched')
    },
    paidOut: (stage, { reference, id, fen, at }) => {
      const pub = { reference, batch: id, fen: String(fen), bookedAt: at.toISOString() }
      return say(stage, { type: 'bank.paid_out', pub, at }, 'paid_out')
    },
  }
}

interface ClientFile {
  readonly programme: string
  readonly id: string
  readonly secret: string
}

/**
 * The bank's key to the API, by which it reads what it is to pay out. Only its hash is in the database, so a file that
 * was lost, or never written because we were killed, is replaced by a new key and the old one is revoked.
 */
export async function makeClient(stage: Stage, dataFolder: string): Promise<void> {
  const file = join(bankFolder(dataFolder), 'client.json')
  const kept = await readPrivate<ClientFile>(file)
  const scope = { programme: stage.programme, actor: 'system' }
  const organisationIds = organisationId(stage, 'city.bank')
  const live = await stage.kit.app.read(scope, tx =>
    tx.query<{ id: string }>(
      'select id from api_client where programme_id = $1 and organisation_id = $2 and revoked_at is null',
      [stage.programme, organisationIds],
    ),
  )
  if (kept && live.some(({ id }) => id === kept.id)) return
  must(
    await stage.kit.app.write({ ...scope, at: setUp.people }, async tx => {
      for (const { id } of live) must(await revokeClient(tx, id))
      const made = must(
        await createClient(tx, {
          ...{ id: newId(), name: '示范沙盒银行', kind: 'client', organisationId: organisationIds },
          ...{ role: 'bank_officer', scopes: ['payout.read'] },
        }),
      )
      // before the commit: a key that nobody can have read is no key
      await writePrivate(file, { programme: stage.programme, ...made })
      return ok(null)
    }),
  )
}
