import { hash, type KeyObject, sign } from 'node:crypto'
import { signSm2 } from './sm2.ts'

/** A key that signs notes under a name. A line of SM2 is for whoever asks for it: to all others it is unknown. */
export interface NoteKey {
  readonly name: string
  readonly publicKey: Buffer
  readonly alg?: 'ed25519' | 'sm2'
}

export type NoteSigner = NoteKey &
  (
    | { readonly alg?: 'ed25519'; readonly privateKey: KeyObject }
    | { readonly alg: 'sm2'; readonly privateKey: Buffer }
  )

/** What stands before the public key: a plain Ed25519 note key; else 0xff and a longer identifier. */
const TYPES = { ed25519: Buffer.of(0x01), sm2: Buffer.from('\u00ffsm2-with-sm3', 'latin1') }

const typed = ({ alg = 'ed25519', publicKey }: NoteKey): Buffer => Buffer.concat([TYPES[alg], publicKey])

/** First 4 bytes of SHA-256(name ‖ LF ‖ type ‖ key). */
const noteKeyId = (key: NoteKey): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from(`${key.name}\n`), typed(key)]), 'buffer').subarray(0, 4)

/** The verifier key of a log: `name+hash+base64(type ‖ key)`. */
export const vkeyOf = (key: NoteKey): string =>
  `${key.name}+${noteKeyId(key).toString('hex')}+${typed(key).toString('base64')}`

/** A C2SP signed note: the text, which ends in a line feed, an empty line and a line of each signer. */
export const signNote = (text: string, signers: readonly NoteSigner[]): string =>
  `${text}\n${signers.map(signer => signatureLine(Buffer.from(text), signer)).join('')}`

function signatureLine(text: Buffer, signer: NoteSigner): string {
  const signature =
    signer.alg === 'sm2' ? signSm2(text, signer.privateKey) : sign(null, text, signer.privateKey)
  return `\u2014 ${signer.name} ${Buffer.concat([noteKeyId(signer), signature]).toString('base64')}\n`
}

export interface TreeHead {
  readonly size: number
  readonly root: Buffer
}

/** A C2SP checkpoint signed as a note by the keys of the log of this origin. */
export const signCheckpoint = (
  { size, root }: TreeHead,
  origin: string,
  signers: readonly NoteSigner[],
): string => signNote(`${origin}\n${size}\n${root.toString('base64')}\n`, signers)

/** Size and root of a checkpoint that we signed. */
export function readCheckpoint(note: string): TreeHead {
  const [, size = '', root = ''] = note.split('\n')
  return { size: Number(size), root: Buffer.from(root, 'base64') }
}
