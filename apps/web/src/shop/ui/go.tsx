import { Link, useNavigate, useParams, useRouterState, useSearch } from '@tanstack/react-router'
import type { ComponentProps, ReactNode } from 'react'

/** The types of the router's own links are those of the desks, whose addresses are others. */
const AnyLink = Link as unknown as (
  props: LinkProps & { to: string; activeOptions: { exact: boolean } },
) => ReactNode
const onlyItself = { exact: true }

type Search = Readonly<Record<string, string | undefined>>
interface LinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  readonly search?: Search
  readonly replace?: boolean
  readonly resetScroll?: boolean
}

export const useProgramme = (): string => useParam('programme')

export function useParam(name: string): string {
  const params: Record<string, string | undefined> = useParams({ strict: false })
  return params[name] ?? ''
}

export const useSearchText = (): Search => useSearch({ strict: false })

/** The path below the shop's root, `/cart`. */
export const useWhere = (): string =>
  useRouterState({ select: state => state.location.pathname.replace(/^\/s\/[^/]+/, '') || '/' })

/** A link to a path of this shop: `/goods/<offer>`. */
export function Go({ to, ...props }: LinkProps & { to: string }) {
  const programme = useProgramme()
  // the router would call every page below an address the one that is open
  return <AnyLink to={`/s/${programme}${to === '/' ? '' : to}`} activeOptions={onlyItself} {...props} />
}

export interface GoOptions {
  readonly search?: Search
  readonly replace?: boolean
  readonly resetScroll?: boolean
}

export function useGo(): (to: string, options?: GoOptions) => void {
  const programme = useProgramme()
  const navigate = useNavigate() as unknown as (options: GoOptions & { to: string }) => Promise<void>
  return (to, options = {}) => void navigate({ to: `/s/${programme}${to === '/' ? '' : to}`, ...options })
}
