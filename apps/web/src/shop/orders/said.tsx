interface SaidProps {
  readonly who: string
  readonly text: string | null
  /** Somebody else's word to the customer. */
  readonly isTheirs?: boolean
}

/** What somebody said, under their name; nothing where they said nothing. */
export function Said({ who, text, isTheirs = false }: SaidProps) {
  if (!text) return null
  return (
    <div className={isTheirs ? 'note' : 'said'}>
      <p className="small">
        <strong>{who}</strong>
      </p>
      <p className="said-text">{text}</p>
    </div>
  )
}
