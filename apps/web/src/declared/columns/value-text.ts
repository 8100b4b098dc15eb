import type { Value } from '@silian/kernel/declared/columns.ts'
import type { ColumnShape } from '@silian/kernel/declared/contract.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { languageOf } from '../../i18n/i18n.ts'
import type { Words } from '../words.ts'
import { grouped, inMu, toShown, unitOf } from './units.ts'

export type Names = Readonly<Record<string, { readonly zh: string; readonly en: string }>>

/** Where a value stands: the words it is told in and the names of the codes it may hold. */
export interface Context {
  readonly words: Words
  readonly names: Names
  /** A part or a state that has words of its own. */
  readonly within?: string | undefined
}

type TextOf = (column: ColumnShape, value: Value | undefined, context: Context) => string

/** A value in words, as lists, cards and histories show it. */
export function useValueText(): TextOf {
  const { t, i18n } = useTranslation('declared')
  const language = languageOf(i18n)
  const textOf: TextOf = (column, value, { words, names, within }) => {
    if (value === null || value === undefined || value === '') return t('nothing')
    const one = (part: string): string => {
      if (column.kind === 'choice' || column.kind === 'choices') return words.value(column.name, part, within)
      const name = names[part]
      return name ? name[language] || name.zh : part
    }
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    if (typeof value === 'number') return numberText(column, value, t)
    if (typeof value === 'string') return one(value)
    if (column.kind === 'files') return t('files.count', { count: value.length })
    return value.length === 0 ? t('nothing') : value.map(one).join(t('list.separator'))
  }
  return textOf
}

export function numberText(
  { kind, unit }: Pick<ColumnShape, 'kind' | 'unit'>,
  value: number,
  t: TFunction<'declared'>,
): string {
  if (kind === 'year') return t('year', { year: value })
  const shown = toShown(value, unit)
  const text = grouped(shown)
  const { label } = unitOf(unit)
  if (label === '') return text
  const amount = t('amount', {
    text,
    unit: t(`unit.${label}`, { count: Number(shown), defaultValue: label }),
  })
  const mu = inMu(value, unit)
  return mu === undefined ? amount : t('amount.mu', { amount, mu: grouped(mu) })
}
