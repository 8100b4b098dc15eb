import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useProgrammeId } from '../../session/programme.ts'
import { changed, type ListSearch, listSearch } from './list-query.ts'

/** The address of the list and the way to change it. */
export function useListSearch(): [ListSearch, (change: Record<string, string | undefined>) => void] {
  const search = listSearch(useSearch({ strict: false }))
  const navigate = useNavigate()
  const programme = useProgrammeId()
  const { register = '' } = useParams({ strict: false })
  const set = (change: Record<string, string | undefined>) =>
    void navigate({
      to: '/p/$programme/registers/$register',
      params: { programme, register },
      search: changed(search, change),
      resetScroll: false,
    })
  return [search, set]
}
