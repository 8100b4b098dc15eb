import { toBase64 } from '@silian/verifier/base64.ts'
import { fromUtf8, utf8 } from '@silian/verifier/bytes.ts'
import { canonicalJson, type Json } from '@silian/verifier/canonical.ts'
import { readBytes } from '@silian/verifier/files.ts'
import { bad, type Checked, good } from '@silian/verifier/problems.ts'
import { parseProof } from '@silian/verifier/proof.ts'
import { readReceipt, type SidedShare } from '@silian/verifier/receipt.ts'
import type { Draw } from '@silian/verifier/sample.ts'
import type { Opener } from '@silian/verifier/sample-open.ts'

/** A share as a receipt tells it (docs/log-format.md). */
export const shareText = ({ path, salt, amount, ...share }: SidedShare): Json => ({
  ...{ ...share, amount: String(amount), salt: toBase64(salt) },
  path: path.map(({ count, sum, hash }) => [count, String(sum), toBase64(hash)]),
})

/** Asks the publisher's server for the receipt of each amount drawn, by the key of a machine that may. */
export function serverOpener(log: string, draw: Draw, key: string): Opener {
  const [, host, programme] = /^(.*)\/log\/([a-z0-9-]+)\/?$/.exec(log) ?? []
  const name = draw.figure.metric.replace(/\.v\d+$/, '')
  const path = `${host}/api/v1/p/${programme}/metrics/${name}/share`
  return async ({ logIndex, place }) => {
    const query = new URLSearchParams({
      period: draw.figure.period,
      fact: String(logIndex),
      place: String(place),
    })
    const receipt = await fetched(`${path}?${query}`, key)
    return receipt.ok ? shareIn(receipt.value) : receipt
  }
}

async function fetched(url: string, key: string): Promise<Checked<Uint8Array>> {
  const refused = (reason: string) => bad('read.failed', { path: url, detail: { reason } })
  try {
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(30_000),
    })
    return answer.ok ? good(new Uint8Array(await answer.arrayBuffer())) : refused(`HTTP ${answer.status}`)
  } catch (error) {
    return refused((error as Error).message)
  }
}

async function shareIn(proof: Uint8Array): Promise<Checked<SidedShare>> {
  const read = parseProof(proof)
  if (!read.ok) return read
  return sharePart(read.value.extra)
}

async function sharePart(extra: Uint8Array | undefined): Promise<Checked<SidedShare>> {
  const receipt = await readReceipt(extra)
  if (!receipt.ok) return receipt
  return receipt.value.share ? good(receipt.value.share) : bad('proof.extra-malformed')
}

/** Opens what an earlier sample kept; it is checked like any other. */
export function keptOpener(shares: readonly Json[]): Opener {
  const read = shares.map(share => sharePart(utf8(canonicalJson({ share }))))
  // in the order of the log, as they are asked for
  let next = 0
  return async ({ units }) =>
    read[next++] ?? bad('sample.bad-opening', { detail: { unit: String(units[0]) } })
}

/** The key in a file, alone on its line. */
export const keyIn = async (path: string): Promise<string> => (fromUtf8(await readBytes(path)) ?? '').trim()
