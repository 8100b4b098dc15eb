import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { join } from 'node:path'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import canonicalize from 'canonicalize'
import { readPrivate, writePrivate } from './private-file.ts'

/** The key of the sandbox bank as it lies in its file: base64 of the raw 32 bytes. */
export interface BankKey {
  readonly publicKey: string
  readonly privateKey: string
}

/** What the bank says of a movement of money; see `credited` and `paidOut` of the payments' contract. */
export interface BankWord {
  readonly type: 'bank.credited' | 'bank.paid_out'
  readonly pub: Readonly<Record<string, string>> & { readonly reference: string }
  readonly at: Date
}

export interface BankSigner {
  readonly keyId: string
  /** Raw Ed25519, 32 bytes. */
  readonly publicKey: Buffer
  /** The exact bytes of a fact; the same for the same word, so that a repeated message is the same message. */
  sign(log: string, word: BankWord): Buffer
}

export const bankFolder = (dataFolder: string): string => join(dataFolder, 'bank')

/** The bank's own key, made at its first use. The programme's server never has it. */
export async function bankSigner(dataFolder: string): Promise<BankSigner> {
  const file = join(bankFolder(dataFolder), 'key.json')
  const kept = await readPrivate<BankKey>(file)
  const key = kept ?? makeKey()
  if (!kept) await writePrivate(file, key)
  return signerOf(key)
}

function makeKey(): BankKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = (der: Buffer) => der.subarray(-32).toString('base64')
  return {
    publicKey: raw(publicKey.export({ type: 'spki', format: 'der' })),
    privateKey: raw(privateKey.export({ type: 'pkcs8', format: 'der' })),
  }
}

/** What stands before the raw seed in PKCS #8 (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

function signerOf(key: BankKey): BankSigner {
  const publicKey = Buffer.from(key.publicKey, 'base64')
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8, Buffer.from(key.privateKey, 'base64')]),
    format: 'der',
    type: 'pkcs8',
  })
  const keyId = createHash('sha256').update(publicKey).digest('hex').slice(0, 16)
  return { keyId, publicKey, sign: (log, word) => entryOf(keyId, privateKey, log, word) }
}

function entryOf(keyId: string, key: KeyObject, log: string, { type, pub, at }: BankWord): Buffer {
  const body = {
    ...{ v: 1, type, id: idFrom('bank', log, type, pub.reference), log, at: at.toISOString() },
    ...{ actor: keyId, by: 'own', pub, c: {}, refs: [] },
  }
  const signature = sign(null, Buffer.from(`silian/fact/v1\n${canonicalize(body)}`), key)
  return Buffer.from(canonicalize({ ...body, sig: signature.toString('base64') })!)
}
