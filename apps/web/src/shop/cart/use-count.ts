import { useEffect, useState } from 'react'
import { useProgramme } from '../ui/go.tsx'

/** Kinds of goods in the cart. The store is fetched behind the first picture of a page, nothing waits for it. */
export function useCartCount(): number {
  const programme = useProgramme()
  const [count, setCount] = useState(0)
  useEffect(() => {
    let ends = () => {}
    let left = false
    const timer = setTimeout(async () => {
      const { watchCount } = await import('./count.ts')
      if (!left) ends = watchCount(programme, setCount)
    }, 200)
    return () => {
      left = true
      clearTimeout(timer)
      ends()
    }
  }, [programme])
  return count
}
