import type { Database } from '@silian/kernel/database/database.ts'
import type { CosignatureLine, ServedHead } from '@silian/kernel/log/cosignatures.ts'
import { consistencyProof } from '@silian/kernel/log/proofs.ts'
import { utf8 } from '@silian/verifier/bytes.ts'
import { verifyCosignatures } from '@silian/verifier/cosignature.ts'
import { parseNote } from '@silian/verifier/note.ts'
import type { KnownKey } from '@silian/verifier/policy.ts'

/** A witness that we send our checkpoints to. */
export interface Asked {
  readonly key: KnownKey['key']
  /** Its submission prefix. */
  readonly url: string
}

export type Said =
  | { readonly kind: 'cosigned'; readonly line: CosignatureLine }
  /** It has cosigned a tree of another size than it was told. */
  | { readonly kind: 'elsewhere'; readonly size: number }
  /** It does not find that this tree extends the one it saw. */
  | { readonly kind: 'inconsistent' }

/** The witness gave no answer that could be used: it is tried again. */
export class WitnessFailed extends Error {
  override readonly name = 'WitnessFailed'
}

const WAIT_MS = 1_500

/**
 * Sends a head to a witness that has seen the tree of `old` entries (C2SP tlog-witness). What it signs is checked with
 * its key before it is believed. Throws WitnessFailed.
 */
export async function askWitness(
  database: Database,
  programme: string,
  { key, url }: Asked,
  head: ServedHead,
  old: number,
): Promise<Said> {
  const proof =
    old > 0 && old < head.size ? await consistencyProof(database, programme, old, head.size) : undefined
  const hashes = proof?.hashes.map(hash => hash.toString('base64')) ?? []
  const body = [`old ${old}`, ...hashes, '', head.checkpoint].join('\n')
  const response = await post(`${url.replace(/\/$/, '')}/add-checkpoint`, body)
  const text = await response.text()
  if (response.status === 409 && /^(0|[1-9]\d{0,15})\n$/.test(text))
    return { kind: 'elsewhere', size: Number(text) }
  if (response.status === 422) return { kind: 'inconsistent' }
  if (response.status !== 200) throw new WitnessFailed(`${key.name} answered ${response.status}`)
  const note = parseNote(utf8(head.checkpoint + text))
  const found = note.ok ? await verifyCosignatures(note.value, [key]) : note
  const cosigned = found.ok ? found.value[0] : undefined
  if (!note.ok || !cosigned) throw new WitnessFailed(`${key.name} signed with another key, or badly`)
  const line = text.split('\n').find(each => each.startsWith(`\u2014 ${key.name} `))!
  const at = new Date(cosigned.time * 1000)
  return { kind: 'cosigned', line: { witness: key.name, keyId: key.id, line: `${line}\n`, at } }
}

async function post(url: string, body: string): Promise<Response> {
  try {
    return await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(WAIT_MS) })
  } catch (error) {
    throw new WitnessFailed((error as Error).message)
  }
}
