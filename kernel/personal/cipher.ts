import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** The key of one person's or household's data in one programme. */
export interface SubjectKey {
  readonly programme: string
  readonly subject: string
  /** 32 bytes. */
  readonly key: Buffer
}

/** Leads every sealed value, so that a later cipher can be told from this one. */
const VERSION = 1
const IV = 12
const TAG = 16

/** A column's text under its subject's key: version, nonce, ciphertext, tag. It opens only as the same field of the same subject. */
export const sealField = (key: SubjectKey, field: string, text: string): Buffer =>
  seal(key.key, bindingOf(key, field), Buffer.from(text, 'utf8'))

/** Throws where the bytes were changed, or belong to another subject, programme or field. */
export const openField = (key: SubjectKey, field: string, sealed: Uint8Array): string =>
  open(key.key, bindingOf(key, field), sealed).toString('utf8')

const bindingOf = ({ programme, subject }: SubjectKey, field: string): string =>
  JSON.stringify([programme, subject, field])

export function seal(key: Buffer, binding: string, clear: Buffer): Buffer {
  const iv = randomBytes(IV)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG })
  const head = Buffer.from([VERSION])
  cipher.setAAD(Buffer.concat([head, Buffer.from(binding, 'utf8')]))
  return Buffer.concat([head, iv, cipher.update(clear), cipher.final(), cipher.getAuthTag()])
}

export function open(key: Buffer, binding: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (bytes.length < 1 + IV + TAG || bytes[0] !== VERSION)
    throw new Error('not a sealed value of a known version')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + IV), { authTagLength: TAG })
  decipher.setAAD(Buffer.concat([bytes.subarray(0, 1), Buffer.from(binding, 'utf8')]))
  decipher.setAuthTag(bytes.subarray(-TAG))
  return Buffer.concat([decipher.update(bytes.subarray(1 + IV, -TAG)), decipher.final()])
}
