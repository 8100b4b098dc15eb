import { readFile } from 'node:fs/promises'
import { parseBundle } from '@silian/verifier/bundle.ts'
import { type Checkpoint, openCheckpoint } from '@silian/verifier/checkpoint.ts'
import type { FetchBytes } from '@silian/verifier/source.ts'
import { httpSource } from '@silian/verifier/source-http.ts'
import { consistencyProof } from '@silian/verifier/tile-proofs.ts'
import { bundlePathsOf, widthOf } from '@silian/verifier/tiles.ts'
import type { Overheard } from './kill-overheard.ts'

/** What is known at the end, from outside. */
export interface Evidence {
  /** Where the log is served. */
  readonly url: string
  readonly vkey: string
  /** The writer's files. */
  readonly folder: string
  /** Every checkpoint that anybody was shown, as signed notes. */
  readonly heads: readonly string[]
  readonly overheard: readonly Overheard[]
}

export interface Verdict {
  readonly found: string
  readonly isGood: boolean
}

/** Everything that must hold after the last kill, each with what was found. */
export async function verdictOn(evidence: Evidence): Promise<Verdict[]> {
  const source = remembering(httpSource(evidence.url))
  const last = await opened(await source('checkpoint'), evidence.vkey)
  return [
    ...(await facts(evidence, source, last)),
    await heads(evidence, source, last),
    ...answers(evidence.overheard),
  ]
}

/** Acknowledged is once, attempted is at most once, and nothing else is there. */
async function facts({ folder, url }: Evidence, source: FetchBytes, last: Checkpoint): Promise<Verdict[]> {
  const lines = async (name: string) =>
    (await readFile(`${folder}/${name}`, 'utf8').catch(() => '')).split('\n').slice(0, -1)
  const acknowledged = new Set(await lines('acknowledged'))
  const attempted = new Set(await lines('attempted'))
  const times = await timesIn(source, last.size)
  const of = (ids: Iterable<string>, isIt: (times: number) => boolean) =>
    [...ids].filter(id => isIt(times.get(id) ?? 0)).length
  const lost = of(acknowledged, n => n === 0)
  const doubled = of(attempted, n => n > 1)
  const more = [...attempted].filter(id => times.has(id) && !acknowledged.has(id)).length
  const refused = await lines('refused')
  return [
    {
      found: `${acknowledged.size} facts acknowledged of ${attempted.size} attempted: ${lost} lost, ${doubled} doubled, ${more} in the log without the answer having come; ${last.size} entries at ${url}`,
      isGood: lost === 0 && doubled === 0 && acknowledged.size > 0,
    },
    {
      found: `${refused.length} answers that a writer must not get${refused[0] ? `: ${refused[0]}` : ''}`,
      isGood: refused.length === 0,
    },
  ]
}

/** How often each point of sale was registered, as the served entries tell it. */
async function timesIn(source: FetchBytes, size: number): Promise<Map<string, number>> {
  const times = new Map<string, number>()
  for (const [index, path] of [...bundlePathsOf(size)].entries()) {
    const entries = parseBundle(await source(path), widthOf(size, 0, index))
    if (!entries) throw new Error(`${path} is no bundle`)
    for (const bytes of entries) {
      const { type, pub } = JSON.parse(new TextDecoder().decode(bytes)) as Entry
      if (type === 'vending_point.registered')
        times.set(pub.vending_point, (times.get(pub.vending_point) ?? 0) + 1)
    }
  }
  return times
}

interface Entry {
  readonly type: string
  readonly pub: { readonly vending_point: string }
}

/** Whatever anybody was shown begins the last tree, and of each size there was one head. */
async function heads(evidence: Evidence, source: FetchBytes, last: Checkpoint): Promise<Verdict> {
  const texts = new Map<number, Set<string>>()
  const ours = `${evidence.vkey.split('+')[0]}\n`
  const asked = evidence.overheard.map(({ note }) => note).filter(note => note.startsWith(ours))
  const shown = [...evidence.heads, ...asked]
  let inconsistent = 0
  for (const text of new Set(shown.map(note => note.slice(0, note.indexOf('\n\n') + 1)))) {
    const note = shown.find(each => each.startsWith(`${text}\n`))!
    const head = await opened(Buffer.from(note), evidence.vkey)
    texts.set(head.size, (texts.get(head.size) ?? new Set()).add(text))
    const proof = await consistencyProof(source, head, last)
    if (!proof.ok) inconsistent += 1
  }
  const forked = [...texts.values()].filter(({ size }) => size > 1).length
  return {
    found: `${texts.size} heads shown to readers or witnesses: ${inconsistent} not consistent with the last, ${forked} sizes with two trees`,
    isGood: inconsistent === 0 && forked === 0 && texts.size > 1,
  }
}

/** A witness may say that it was elsewhere (409); anything else but a cosignature is a refusal. */
function answers(overheard: readonly Overheard[]): Verdict[] {
  const sizes = new Map<string, number>()
  const counts = new Map<string, number>()
  let ahead = 0
  for (const { witness, note, old, status, body } of overheard) {
    const [origin, size] = note.split('\n')
    const asked = `${witness} ${origin}`
    const largest = Math.max(Number(size), sizes.get(asked) ?? 0)
    sizes.set(asked, largest)
    // larger than all that it was ever sent
    if (status === 409 && Number(body) > largest) ahead += 1
    const kind = status === 409 ? `409 ${Number(body) > old ? 'further' : 'behind'}` : String(status)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const refused = [...counts].filter(([kind]) => !/^(200|409 further)$/.test(kind))
  return [
    {
      found: `witnesses answered ${[...counts].map(([kind, n]) => `${kind}: ${n}`).join(', ')}; ${ahead} times ahead of the log`,
      isGood: refused.length === 0 && ahead === 0 && (counts.get('200') ?? 0) > 0,
    },
  ]
}

async function opened(note: Uint8Array, vkey: string): Promise<Checkpoint> {
  const head = await openCheckpoint(note, { vkey })
  if (!head.ok) throw new Error(`a checkpoint that does not open: ${head.problem.name}`)
  return head.value
}

function remembering(source: FetchBytes): FetchBytes {
  const kept = new Map<string, Promise<Uint8Array>>()
  return path => {
    const bytes = kept.get(path) ?? source(path)
    kept.set(path, bytes)
    return bytes
  }
}
