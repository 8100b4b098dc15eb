import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { goodsNames } from '../../i18n/goods-names.ts'
import { languageOf } from '../../i18n/i18n.ts'
import { classesOf } from '../queries.ts'
import { useProgramme } from './go.tsx'

/** Names in the language of the page. */
export function useNames() {
  const { i18n } = useTranslation('front')
  return goodsNames(languageOf(i18n) === 'en')
}

/** Every class of the produce tree by its path, in the language of the page. */
export function useClassNames(): (path: string) => string {
  const programme = useProgramme()
  const { nameOf } = useNames()
  const { data } = useQuery(classesOf(programme))
  const names = new Map(data?.map(one => [one.path, nameOf(one)]))
  return path => {
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
      const found = names.get(at)
      if (found !== undefined) return found
    }
    return ''
  }
}
