import { hashOf } from '@silian/kernel/access/accounts.ts'

/** Hashing is slow on purpose: a password that many accounts share is hashed once. */
export function hashing(): (password: string) => Promise<string> {
  const known = new Map<string, Promise<string>>()
  return password => {
    const hash = known.get(password) ?? hashOf(password)
    known.set(password, hash)
    return hash
  }
}
