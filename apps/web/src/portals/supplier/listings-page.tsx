import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ImportsOf } from '../../declared/register/import-page.tsx'
import { textSearch } from '../../declared/search.ts'
import { useProgrammeId } from '../../session/programme.ts'

/** Offers from a workbook: tried first, then put on the shelf; the same again changes nothing. */
export function ListingsPage() {
  const { t } = useTranslation('supplier')
  const { run } = textSearch(useSearch({ strict: false }))
  const navigate = useNavigate()
  const programme = useProgrammeId()
  const go = (next: string | undefined) =>
    void navigate({
      to: '/p/$programme/supplier/listings',
      params: { programme },
      search: next ? { run: next } : {},
    })
  return (
    <ImportsOf name="listing" run={run} go={go}>
      <Link to="/p/$programme/supplier/offers" params={{ programme }} className="button">
        {t('offers')}
      </Link>
    </ImportsOf>
  )
}
