import { fromBase64Of } from '@silian/verifier/base64.ts'
import { fromUtf8, utf8 } from '@silian/verifier/bytes.ts'
import { type Checkpoint, readHead } from '@silian/verifier/checkpoint.ts'
import { parseNote, type SignedNote } from '@silian/verifier/note.ts'
import { isTreeSize } from '@silian/verifier/rfc6962.ts'

/** What a log sends: the size it knows us to have seen, the proof from there, and its new checkpoint. */
export interface Submission {
  readonly old: number
  readonly proof: readonly Uint8Array[]
  readonly note: SignedNote
  readonly checkpoint: Checkpoint
}

const MOST_HASHES = 63

/** Reads the body of add-checkpoint; undefined for anything that is not in its one right form. */
export function parseSubmission(body: Uint8Array): Submission | undefined {
  const whole = fromUtf8(body)
  const split = whole?.indexOf('\n\n') ?? -1
  if (whole === undefined || split < 0) return undefined
  const [first = '', ...lines] = whole.slice(0, split).split('\n')
  const digits = /^old (0|[1-9]\d*)$/.exec(first)?.[1]
  const proof = lines.map(line => fromBase64Of(32, line)).filter(hash => hash !== undefined)
  if (digits === undefined || !isTreeSize(Number(digits))) return undefined
  if (proof.length < lines.length || proof.length > MOST_HASHES) return undefined
  const note = parseNote(utf8(whole.slice(split + 2)))
  const checkpoint = note.ok ? readHead(note.value.text) : note
  if (!note.ok || !checkpoint.ok) return undefined
  return { old: Number(digits), proof, note: note.value, checkpoint: checkpoint.value }
}
