import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { shopCall } from '../api.ts'
import { forgetDraft } from '../checkout/use-draft.ts'
import { useProgramme } from '../ui/go.tsx'
import { Trouble } from '../ui/notice.tsx'

export function End() {
  const { t } = useTranslation('mine')
  const programme = useProgramme()
  const queries = useQueryClient()
  const end = useMutation({
    mutationFn: () => shopCall('end', { params: { programme }, body: {} }),
    onSuccess: async () => {
      await forgetDraft(programme)
      await queries.resetQueries()
    },
  })
  return (
    <>
      <button
        type="button"
        className="button button-plain"
        disabled={end.isPending}
        onClick={() => end.mutate()}
      >
        {t('me.end')}
      </button>
      {end.isError ? <Trouble error={end.error} /> : null}
    </>
  )
}
