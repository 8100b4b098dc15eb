import type { Cosignature } from './cosignature.ts'
import { bad, type Checked, good } from './problems.ts'
import { cosignatureType, ed25519Type, parseVkey, type VerifierKey } from './vkey.ts'

/** Somebody with a key, and where they are reached if that is known. */
export interface KnownKey {
  readonly key: VerifierKey
  readonly url?: string
}

/** Which logs are known, and whose cosignatures a checkpoint needs before it is believed (C2SP tlog-policy). */
export interface Policy {
  readonly logs: readonly KnownKey[]
  readonly witnesses: ReadonlyMap<string, KnownKey>
  readonly groups: ReadonlyMap<string, Group>
  /** A witness or a group; undefined where no cosignature is asked for. */
  readonly quorum: string | undefined
}

export interface Group {
  readonly least: number
  readonly members: readonly string[]
}

interface Draft {
  logs: KnownKey[]
  witnesses: Map<string, KnownKey>
  groups: Map<string, Group>
  quorum: string | undefined
  hasQuorum: boolean
  /** Names that are members of a group: each may be so once. */
  members: Set<string>
}

type Rule = (draft: Draft, words: readonly string[]) => boolean

const rules: Readonly<Record<string, Rule>> = {
  log: readLog,
  witness: readWitness,
  group: readGroup,
  quorum: readQuorum,
}

/** Reads a policy file. Problem: `policy.malformed` with the `line`, or without one where no quorum is defined. */
export function parsePolicy(text: string): Checked<Policy> {
  const draft: Draft = {
    ...{ logs: [], witnesses: new Map(), groups: new Map(), members: new Set() },
    ...{ quorum: undefined, hasQuorum: false },
  }
  const lines = text.split('\n')
  for (const [at, line] of lines.entries()) {
    const words = line.split(/[ \t]+/).filter(word => word !== '')
    const [kind = '', ...rest] = words
    if (kind === '' || kind.startsWith('#')) continue
    const rule = Object.hasOwn(rules, kind) ? rules[kind] : undefined
    if (hasControl(line) || !rule?.(draft, rest))
      return bad('policy.malformed', { detail: { line: String(at + 1) } })
  }
  if (!draft.hasQuorum || !text.endsWith('\n')) return bad('policy.malformed')
  const { logs, witnesses, groups, quorum } = draft
  return good({ logs, witnesses, groups, quorum })
}

/** Tab and line feed are the only control characters of a policy. */
const hasControl = (line: string): boolean =>
  [...line].some(letter => (letter < ' ' && letter !== '\t') || letter === '\u007f')

function readLog({ logs }: Draft, [vkey, url, ...more]: readonly string[]): boolean {
  const known = keyOf(vkey, url, ed25519Type)
  if (!known || more.length > 0 || logs.some(log => isSame(log, known))) return false
  logs.push(known)
  return true
}

function readWitness(draft: Draft, [name, vkey, url, ...more]: readonly string[]): boolean {
  const known = keyOf(vkey, url, cosignatureType)
  const isTaken = !known || [...draft.witnesses.values()].some(witness => isSame(witness, known))
  if (!isFree(draft, name) || isTaken || more.length > 0) return false
  draft.witnesses.set(name, known)
  return true
}

function readGroup(draft: Draft, [name, count, ...members]: readonly string[]): boolean {
  const least = count === 'all' ? members.length : count === 'any' ? 1 : countOf(count)
  const isFirst = members.every(member => isDefined(draft, member) && !draft.members.has(member))
  if (!isFree(draft, name) || !isFirst || new Set(members).size < members.length) return false
  if (least === undefined || least < 1 || least > members.length) return false
  for (const member of members) draft.members.add(member)
  draft.groups.set(name, { least, members })
  return true
}

const countOf = (word: string | undefined): number | undefined =>
  /^[1-9]\d{0,3}$/.test(word ?? '') ? Number(word) : undefined

function readQuorum(draft: Draft, [name = '', ...more]: readonly string[]): boolean {
  if (draft.hasQuorum || more.length > 0 || !(name === 'none' || isDefined(draft, name))) return false
  draft.quorum = name === 'none' ? undefined : name
  draft.hasQuorum = true
  return true
}

const isDefined = ({ witnesses, groups }: Draft, name: string): boolean =>
  witnesses.has(name) || groups.has(name)

const isFree = (draft: Draft, name: string | undefined): name is string =>
  name !== undefined && name !== 'none' && !isDefined(draft, name)

function keyOf(vkey = '', url: string | undefined, type: number): KnownKey | undefined {
  const key = parseVkey(vkey)
  if (!key.ok || key.value.type !== type) return undefined
  return url === undefined ? { key: key.value } : { key: key.value, url }
}

/** Two keys are one where their points are, whatever they are called. */
const isSame = (a: KnownKey, b: KnownKey): boolean => a.key.key.every((byte, at) => byte === b.key.key[at])

/** Whether these cosignatures are enough. */
export function isQuorum(policy: Policy, cosignatures: readonly Pick<Cosignature, 'witness'>[]): boolean {
  const { quorum, witnesses, groups } = policy
  const signed = new Set(cosignatures.map(({ witness }) => witness))
  const has = (name: string): boolean => {
    const group = groups.get(name)
    if (group) return group.members.filter(has).length >= group.least
    const witness = witnesses.get(name)
    return witness !== undefined && signed.has(witness.key)
  }
  return quorum === undefined || has(quorum)
}

/** The keys of a policy's witnesses. */
export const witnessKeys = ({ witnesses }: Policy): VerifierKey[] =>
  [...witnesses.values()].map(({ key }) => key)
