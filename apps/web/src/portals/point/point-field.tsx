import { useTranslation } from 'react-i18next'
import { PickField } from '../../desk/fields.tsx'
import { useMember } from '../../session/me.ts'

interface Props {
  readonly value: string
  pick(point: string): void
}

/** Which of their points orders; of one alone nothing is asked. */
export function PointField({ value, pick }: Props) {
  const { t, i18n } = useTranslation('proxy')
  const points = (useMember()?.roles ?? []).flatMap(({ role, organisation }) =>
    role === 'service_point' && organisation ? [organisation] : [],
  )
  if (points.length < 2) return null
  const nameOf = (nameZh: string, nameEn: string) => (i18n.language === 'en' && nameEn) || nameZh
  return (
    <PickField
      label={t('point')}
      none={t('point.pick')}
      required
      value={value}
      options={points.map(({ id, nameZh, nameEn }) => [id, nameOf(nameZh, nameEn)] as const)}
      pick={pick}
    />
  )
}
