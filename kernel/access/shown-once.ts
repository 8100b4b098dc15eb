import type { Scope } from '../database/database.ts'
import type { Vault } from '../personal/vault.ts'

/**
 * What a command makes and shows to its caller alone. It follows from the command's key, so that the same command shows
 * the same again, and nothing of it need be kept to do so.
 */
export class ShownOnce {
  readonly #bytes: Buffer

  constructor(
    vault: Vault,
    { programme, actor }: Scope,
    purpose: 'client' | 'password' | 'webhook',
    key: string,
  ) {
    const half = (n: number) => vault.index(programme, `shown_once.${purpose}.${n}`, `${actor} ${key}`)
    this.#bytes = Buffer.concat([half(1), half(2)])
  }

  /** For a machine: 256 bits. */
  secret(): string {
    return `sln_${this.#bytes.toString('base64url')}`
  }

  /** What signs a webhook's messages: 192 bits, as Standard Webhooks writes them. */
  signing(): string {
    return `whsec_${this.#bytes.subarray(0, 24).toString('base64')}`
  }

  /** For a person to read out and type in: 79 bits of letters and digits that are not taken for each other. */
  password(): string {
    const letters = [...this.#bytes.subarray(0, 16)].map(byte => LETTERS[byte % LETTERS.length])
    return [0, 4, 8, 12].map(from => letters.slice(from, from + 4).join('')).join('-')
  }
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
