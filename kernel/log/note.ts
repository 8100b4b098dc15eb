import { hash, type KeyObject, sign } from 'node:crypto'

/** Type byte of a plain Ed25519 note key. */
const ED25519 = 0x01

/** Names and signs a note. */
export interface NoteSigner {
  readonly name: string
  readonly publicKey: Buffer
  readonly privateKey: KeyObject
}

type NoteKey = Pick<NoteSigner, 'name' | 'publicKey'>

/** First 4 bytes of SHA-256(name ‖ LF ‖ type ‖ key). */
const noteKeyId = ({ name, publicKey }: NoteKey): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), publicKey]), 'buffer').subarray(
    0,
    4,
  )

/** The verifier key of a log: `name+hash+base64(type ‖ key)`. */
export const vkeyOf = (key: NoteKey): string =>
  `${key.name}+${noteKeyId(key).toString('hex')}+${Buffer.concat([Buffer.of(ED25519), key.publicKey]).toString('base64')}`

/** A C2SP signed note: the text, which ends in a line feed, an empty line and one signature line. */
export function signNote(text: string, signer: NoteSigner): string {
  const signature = sign(null, Buffer.from(text), signer.privateKey)
  const line = Buffer.concat([noteKeyId(signer), signature]).toString('base64')
  return `${text}\n\u2014 ${signer.name} ${line}\n`
}

export interface TreeHead {
  readonly size: number
  readonly root: Buffer
}

/** A C2SP checkpoint signed as a note; the log's origin is the signer's name. */
export const signCheckpoint = ({ size, root }: TreeHead, signer: NoteSigner): string =>
  signNote(`${signer.name}\n${size}\n${root.toString('base64')}\n`, signer)

/** Size and root of a checkpoint that we signed. */
export function readCheckpoint(note: string): TreeHead {
  const [, size = '', root = ''] = note.split('\n')
  return { size: Number(size), root: Buffer.from(root, 'base64') }
}
