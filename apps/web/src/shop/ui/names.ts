import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { languageOf } from '../../i18n/i18n.ts'
import { classesOf } from '../queries.ts'
import { useProgramme } from './go.tsx'

interface Named {
  readonly nameZh: string
  readonly nameEn: string
}

/** Names in the language of the page; where there is no English, as they are called at home. */
export function useNames() {
  const { i18n } = useTranslation('front')
  const english = languageOf(i18n) === 'en'
  const either = (zh: string, en: string): string => (english && en) || zh
  return {
    either,
    nameOf: ({ nameZh, nameEn }: Named) => either(nameZh, nameEn),
    /** The specification where the name does not say it already. */
    besideOf: (goods: Named & { specZh: string; specEn: string }) => {
      const spec = either(goods.specZh, goods.specEn)
      return either(goods.nameZh, goods.nameEn).includes(spec) ? '' : spec
    },
    specOf: ({ specZh, specEn }: { specZh: string; specEn: string }) => either(specZh, specEn),
  }
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
