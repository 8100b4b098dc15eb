/** Every way in which evidence can fail. The names are stable: programs may match on them. */
export const problemNames = [
  'read.failed',
  'vkey.malformed',
  'vkey.unsupported',
  'note.malformed',
  'note.bad-signature',
  'note.unsigned',
  'checkpoint.malformed',
  'checkpoint.wrong-origin',
  'checkpoint.rolled-back',
  'checkpoint.inconsistent',
  'checkpoint.stale',
  'cosignature.bad',
  'policy.malformed',
  'policy.no-quorum',
  'bundle.malformed',
  'bundle.changed',
  'root.mismatch',
  'tile.mismatch',
  'entry.not-canonical',
  'entry.shape',
  'entry.wrong-log',
  'entry.duplicate-id',
  'entry.unknown-key',
  'entry.revoked-key',
  'entry.wrong-custody',
  'entry.bad-signature',
  'entry.unknown-ref',
  'countersignature.malformed',
  'log.first-entry',
  'log.created-again',
  'log.bad-succession',
  'key.malformed',
  'key.not-by-operator',
  'key.registered-twice',
  'key.unknown',
  'metric.malformed',
  'metric.defined-twice',
  'metric.unknown',
  'fact.unmeasurable',
  'figure.malformed',
  'figure.bad-up-to',
  'figure.closed-twice',
  'figure.mismatch',
  'proof.malformed',
  'proof.extra-malformed',
  'proof.no-entry',
  'proof.not-included',
  'proof.bad-opening',
  'proof.bad-share',
  'sample.no-witness',
  'sample.own-witness',
  'sample.no-figure',
  'sample.no-statement',
  'sample.too-early',
  'sample.empty',
  'sample.bad-opening',
  'total.same-log',
  'total.not-additive',
  'total.other-definition',
  'total.mismatch',
] as const

export type ProblemName = (typeof problemNames)[number]

/** One failure: where it is (served path, index of the entry) and what exactly, as texts for a message. */
export interface Problem {
  readonly name: ProblemName
  readonly path?: string
  readonly index?: number
  readonly detail?: Readonly<Record<string, string>>
}

/** A value, or the problem that stood in its way. Bad evidence is expected here and is never thrown. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem }

export const good = <T>(value: T): Checked<T> => ({ ok: true, value })

export const bad = (
  name: ProblemName,
  where: Omit<Problem, 'name'> = {},
): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { name, ...where },
})
