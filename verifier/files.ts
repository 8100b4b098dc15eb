import { readFile } from 'node:fs/promises'
import { fromUtf8 } from './bytes.ts'
import { type Policy, parsePolicy } from './policy.ts'
import type { Checked } from './problems.ts'
import { parseVkey } from './vkey.ts'

/** A file named on the command line could not be read. */
export class ReadError extends Error {
  override name = 'ReadError'
}

/** Bytes of a file. Rejects with ReadError. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    throw new ReadError(`${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** A verifier key given as such or as the name of a file that holds it. Rejects with ReadError. */
export async function readVkey(keyOrFile: string): Promise<string> {
  if (parseVkey(keyOrFile).ok) return keyOrFile
  const text = new TextDecoder().decode(await readBytes(keyOrFile))
  return text.replace(/\r?\n$/, '')
}

/** The policy in a file. Problem: `policy.malformed`. Rejects with ReadError. */
export const readPolicy = async (path: string): Promise<Checked<Policy>> =>
  parsePolicy(fromUtf8(await readBytes(path)) ?? '')
