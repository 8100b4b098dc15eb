import type { ReactNode } from 'react'

/** A name and what stands under it; without a value it is left out. */
export type Fact = readonly [name: string, value: ReactNode]

interface FactsProps {
  readonly rows: readonly Fact[]
  readonly className?: string
}

/** What a thing is, as pairs that stand side by side where there is room. */
export function Facts({ rows, className = '' }: FactsProps) {
  return (
    <dl className={`facts ${className}`}>
      {rows.map(([name, value]) =>
        value === null || value === undefined || value === '' ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}
