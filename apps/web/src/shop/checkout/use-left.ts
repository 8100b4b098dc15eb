import { useEffect, useState } from 'react'
import { leftOf } from './left.ts'

/** The time left until an instant, told anew every second. */
export function useLeft(until: string): string {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return leftOf(until, now)
}
