import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'

const Say = createContext<(text: string) => void>(() => undefined)

/** Says in a corner, and to screen readers, that something was done. */
export const useSay = () => useContext(Say)

export function SayProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<{ text: string; at: number }>()
  const say = useCallback((text: string) => setSaid({ text, at: performance.now() }), [])
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(undefined), 6000)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <Say value={say}>
      {children}
      <div className="said" role="status">
        {said ? <p key={said.at}>{said.text}</p> : null}
      </div>
    </Say>
  )
}
