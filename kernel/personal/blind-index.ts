import { createHmac } from 'node:crypto'

/**
 * 16 bytes by which an encrypted value is found again: equal for equal normalised text of the same field in the same
 * programme, and of no use without the key.
 */
export const blindIndex = (indexKey: string, programme: string, field: string, normalised: string): Buffer =>
  createHmac('sha256', Buffer.from(indexKey, 'base64'))
    .update(JSON.stringify([programme, field, normalised]))
    .digest()
    .subarray(0, 16)

/** As people write them, to how they are compared: full-width forms, spaces and hyphens, the country's prefix. */
export const normalPhone = (text: string): string => bare(text).replace(/^(\+|00)86(?=1\d{10}$)/, '')
export const normalIdentity = (text: string): string => bare(text).toUpperCase()
export const normalAccount = (text: string): string => bare(text)
export const normalName = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').trim()

const bare = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '')
