import { readFile } from 'node:fs/promises'
import { ed25519Type, parseVkey, type VerifierKey } from '@silian/verifier/vkey.ts'

/**
 * Reads the verifier keys of the logs that are watched from a file, one a line, `#` before remarks. It is read at every
 * question, so that a log is added, or its key rotated, without a restart. Throws with the line that is no key.
 */
export const logsIn = (file: string) => async (): Promise<VerifierKey[]> => {
  const lines = (await readFile(file, 'utf8')).split('\n').map(line => line.trim())
  return lines.filter(line => line !== '' && !line.startsWith('#')).map(keyOf)
}

function keyOf(line: string): VerifierKey {
  const key = parseVkey(line)
  if (!key.ok || key.value.type !== ed25519Type) throw new Error(`not the verifier key of a log: ${line}`)
  return key.value
}
