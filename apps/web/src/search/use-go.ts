import { useRouter } from '@tanstack/react-router'

/** Goes to an address of the pages that is known as text only. */
export function useGo(): (href: string) => void {
  const router = useRouter()
  return href => router.history.push(href)
}
