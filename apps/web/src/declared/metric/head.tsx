import { useTranslation } from 'react-i18next'
import { useWords } from '../words.ts'

interface FigureHeadProps {
  readonly metric: string
  readonly by: readonly string[]
  /** Columns before the dimensions and after the count, where there are any. */
  readonly first?: string
  readonly last?: string | undefined
}

/** The head over figures: what they are divided by, their value, and how many things they are of. */
export function FigureHead({ metric, by, first, last }: FigureHeadProps) {
  const { t } = useTranslation('metric')
  const words = useWords(metric)
  const names = by.map(name => words.text(`dimension.${name}`, name))
  return (
    <thead>
      <tr>
        {[...(first === undefined ? [] : [first]), ...names].map(name => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
        {[t('value'), t('count'), ...(last === undefined ? [] : [last])].map(name => (
          <th key={name} scope="col" className="right">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  )
}
