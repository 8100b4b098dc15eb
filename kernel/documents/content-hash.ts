import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** SHA-256 of the canonical JSON (RFC 8785) of what a document says, in hexadecimal. */
export const contentHash = (content: unknown): string =>
  createHash('sha256')
    .update(canonicalize(content) ?? '')
    .digest('hex')
