import { useId } from 'react'

interface DayPairProps {
  readonly from: string | undefined
  readonly to: string | undefined
  readonly labels: { readonly from: string; readonly to: string }
  choose(end: 'from' | 'to', day: string): void
}

/** The days of a range, which stand side by side where both have room. */
export function DayPair({ from, to, labels, choose }: DayPairProps) {
  const id = useId()
  const days = { from, to }
  return (
    <div className="day-pair">
      {(['from', 'to'] as const).map(end => (
        <div key={end} className="inline-field">
          <label htmlFor={id + end}>{labels[end]}</label>
          <input
            id={id + end}
            type="date"
            value={days[end] ?? ''}
            onChange={event => choose(end, event.target.value)}
          />
        </div>
      ))}
    </div>
  )
}
