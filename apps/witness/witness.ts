import { createHash } from 'node:crypto'
import { toBase64 } from '@silian/verifier/base64.ts'
import { isEmptyLie } from '@silian/verifier/checkpoint.ts'
import { verifyNote } from '@silian/verifier/note.ts'
import { verifyConsistency } from '@silian/verifier/rfc6962.ts'
import type { VerifierKey } from '@silian/verifier/vkey.ts'
import { signatureLine, type WitnessKey } from './key.ts'
import type { Memory, Remembered } from './memory.ts'
import { parseSubmission, type Submission } from './submission.ts'

export interface Answer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly type: string
  readonly body: string
}

const TEXT = 'text/plain; charset=utf-8'
const said = (status: Answer['status'], body: string): Answer => ({ status, type: TEXT, body: `${body}\n` })

export interface WitnessMeans {
  readonly key: WitnessKey
  readonly memory: Memory
  /** Keys of the logs that are watched, now; a log that rotates its key has two for a while. */
  readonly logs: () => Promise<readonly VerifierKey[]>
  /** Seconds since 1970. */
  readonly now: () => number
}

/**
 * A witness (C2SP tlog-witness): it cosigns a checkpoint that extends the last one it cosigned of that log, and no other,
 * so that nobody who asks for its cosignature can be shown another history.
 */
export class Witness {
  readonly #means: WitnessMeans

  constructor(means: WitnessMeans) {
    this.#means = means
  }

  /** The answer to `POST add-checkpoint`. What it cosigns is remembered, durably, before it answers. */
  async addCheckpoint(body: Uint8Array): Promise<Answer> {
    const { memory, logs } = this.#means
    const submission = parseSubmission(body)
    if (!submission) return said(400, 'malformed')
    const { note, checkpoint, old } = submission
    const keys = (await logs()).filter(key => key.name === checkpoint.origin)
    if (keys.length === 0) return said(404, 'unknown log')
    const signed = await verifyNote(note, keys)
    if (!signed.ok) return said(403, 'not signed by a trusted key')
    if (old > checkpoint.size) return said(400, 'old is larger than the checkpoint')
    const before = memory.of(checkpoint.origin)
    if (old !== (before?.size ?? 0)) return conflict(before)
    if (!isNext(before, submission)) return said(422, 'not consistent')
    return this.#cosign(before, submission, [...new Set(signed.value.map(signatureLine))])
  }

  /** `signed`: the lines of the log's own keys; what else was sent beside them is no word of anybody's. */
  #cosign(before: Remembered | undefined, { note, checkpoint }: Submission, signed: string[]): Answer {
    const { key, memory, now } = this.#means
    const time = now()
    const line = key.cosign(note.text, time)
    const shown = `${note.text}\n${signed.join('')}${line}`
    const next = { size: checkpoint.size, root: toBase64(checkpoint.root), note: shown }
    if (memory.step(checkpoint.origin, before, next, time)) return { status: 200, type: TEXT, body: line }
    return conflict(memory.of(checkpoint.origin))
  }

  /** The last checkpoint of the log whose origin has this SHA-256 in hexadecimal; undefined of any other. */
  checkpointOf(originHash: string): string | undefined {
    const hashOf = (origin: string) => createHash('sha256').update(origin).digest('hex')
    return this.#means.memory.all().find(({ origin }) => hashOf(origin) === originHash)?.note
  }
}

const conflict = (seen: Remembered | undefined): Answer => ({
  ...{ status: 409, type: 'text/x.tlog.size', body: `${seen?.size ?? 0}\n` },
})

/** Whether a tree goes on from the one before. Everything goes on from nothing, and then there is nothing to prove. */
function isNext(before: Remembered | undefined, { checkpoint, proof }: Submission): boolean {
  if (isEmptyLie(checkpoint)) return false
  if (!before || before.size === 0) return proof.length === 0
  const root = new Uint8Array(Buffer.from(before.root, 'base64'))
  return verifyConsistency(before.size, root, checkpoint.size, checkpoint.root, proof)
}
