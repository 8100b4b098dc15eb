import { useTranslation } from 'react-i18next'

/** A unit by its name; a citizen, who is named to nobody here, by what they are. */
export function useBuyerName(): (name: string) => string {
  const { t } = useTranslation()
  return name => name || t('role.citizen')
}
