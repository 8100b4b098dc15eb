import { useQueries } from '@tanstack/react-query'
import { areasOf } from '../queries.ts'
import { useProgramme } from './go.tsx'
import { useNames } from './names.ts'

/** Province, city and county of an address, as far as their names are known. */
export function AreaName({ code }: { code: string }) {
  const programme = useProgramme()
  const { nameOf } = useNames()
  const codes = [...new Set([2, 4, 6].map(digits => code.slice(0, digits).padEnd(6, '0')))]
  const lists = useQueries({
    queries: codes.map((_, at) => areasOf(programme, codes[at - 1] ?? '')),
  })
  const names = codes.flatMap((one, at) => lists[at]?.data?.filter(area => area.code === one) ?? [])
  return <>{names.map(nameOf).join(' ')} </>
}
