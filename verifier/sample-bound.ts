/** What an auditor found of one drawn amount. */
export interface Finding {
  /** As the log has it. */
  readonly amount: bigint
  /** As the paper has it; 0 where there is none. */
  readonly found: bigint
  /** How many units fell upon it. */
  readonly times: number
}

export interface Evaluation {
  /** Units drawn. */
  readonly draws: number
  /** Amounts that the paper does not bear out in full, each told once. */
  readonly overstated: number
  /** Amounts of which the paper says more: told beside, and never set off. */
  readonly understated: number
  /** The shares of the drawn units that are invented, largest first, one a unit. */
  readonly taints: readonly number[]
  /** The likeliest overstatement, in units of the figure. */
  readonly likely: number
  /** Which the overstatement does not exceed, at the confidence asked for. */
  readonly limit: number
}

/**
 * The upper limit of a share, at a confidence, after `errors` of `draws`: p with P(Binomial(draws, p) ≤ errors) =
 * 1 − confidence (Clopper and Pearson 1934). Without errors 1 − (1 − confidence)^(1/draws).
 */
export function upperShare(errors: number, draws: number, confidence: number): number {
  if (errors >= draws) return 1
  let [low, high] = [0, 1]
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2
    if (atMost(errors, draws, middle) > 1 - confidence) low = middle
    else high = middle
  }
  return high
}

/** P(Binomial(n, p) ≤ k), its terms by logarithms so that none is lost. */
function atMost(k: number, n: number, p: number): number {
  let [sum, term] = [0, n * Math.log1p(-p)]
  for (let i = 0; i <= k; i++) {
    sum += Math.exp(term)
    term += Math.log((n - i) / (i + 1)) + Math.log(p) - Math.log1p(-p)
  }
  return sum
}

/**
 * The bound of Stringer (1963) for a monetary-unit sample, as the audit guides have it: the total × (p₀ + Σ (pⱼ − pⱼ₋₁) tⱼ),
 * over the taints tⱼ from the largest, where pⱼ is {@link upperShare}. Without errors it is total × p₀.
 */
export function evaluate(total: bigint, findings: readonly Finding[], confidence: number): Evaluation {
  const draws = findings.reduce((sum, { times }) => sum + times, 0)
  const taints = findings.flatMap(taintsOf).toSorted((a, b) => b - a)
  const upper = taints.reduce(
    (sum, taint, at) =>
      sum + taint * (upperShare(at + 1, draws, confidence) - upperShare(at, draws, confidence)),
    upperShare(0, draws, confidence),
  )
  return {
    draws,
    overstated: findings.filter(({ amount, found }) => found < amount).length,
    understated: findings.filter(({ amount, found }) => found > amount).length,
    taints,
    likely: (Number(total) * taints.reduce((sum, taint) => sum + taint, 0)) / Math.max(1, draws),
    limit: Number(total) * Math.min(1, upper),
  }
}

/** Once for each unit that fell upon it; nothing where the paper says as much or more. */
function taintsOf({ amount, found, times }: Finding): number[] {
  if (found >= amount) return []
  const least = found < 0n ? 0n : found
  return Array<number>(times).fill(Number(amount - least) / Number(amount))
}
