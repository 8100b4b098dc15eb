import type { RegisterShape } from '@silian/kernel/register/contract.ts'
import { useState } from 'react'
import { isMasked } from '../columns/draft.ts'
import { changed, type ListSearch } from './list-query.ts'
import { useListSearch } from './use-list-search.ts'

type Change = Readonly<Record<string, string | undefined>>
type Findable = Pick<RegisterShape, 'columns' | 'parts'>

/** Whether rows are found by whole personal values, as the server's `isFindable` has it. */
export const isFindable = ({ columns, parts }: Findable): boolean =>
  [columns, ...parts.map(part => part.columns)].some(each =>
    each.some(column => column.filter && isMasked(column)),
  )

/** What is typed there may name a person, so it goes into no address, no store and no saved view. */
export const isPrivate = (shape: Findable, name: string): boolean =>
  name === 'q' ? isFindable(shape) : shape.columns.some(column => column.name === name && isMasked(column))

const partOf = (change: Change, is: (name: string) => boolean): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(change).filter(([name]) => is(name)))

export interface Asked {
  /** All that the list is asked for. */
  readonly search: ListSearch
  /** What of it may stand in an address, a saved view and the link of an export. */
  readonly open: ListSearch
  /** Whether there is more of it than that. */
  readonly isPrivate: boolean
  setSearch(change: Change): void
}

/** What a list is asked for: in its address, and what is personal in this page's memory alone. */
export function useAsked(shape: RegisterShape): Asked {
  const [address, setAddress] = useListSearch()
  const [secret, setSecret] = useState<ListSearch>({})
  // words in an address are words; another's personal value in one is not asked for
  const open = partOf(address, name => name === 'q' || !isPrivate(shape, name)) as ListSearch
  const setSearch = (change: Change) => {
    const own = partOf(change, name => isPrivate(shape, name))
    if (Object.keys(own).length > 0) setSecret(before => changed(before, own))
    // a word that stood in the address gives way to the one typed
    const gone = Object.fromEntries(Object.keys(own).map(name => [name, '']))
    setAddress({ ...change, ...gone })
  }
  return { search: { ...open, ...secret }, open, isPrivate: Object.keys(secret).length > 0, setSearch }
}
