import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { PickField } from '../../desk/fields.tsx'
import { useLocalName, useProgrammeId } from '../../session/programme.ts'

const empty = { contractorId: '' }

/** Trading permission: who runs an outsourced canteen may order for its unit, or no longer. */
export function Contractor({ canteenId, close }: { canteenId: string; close(): void }) {
  const { t } = useTranslation('quota')
  const programme = useProgrammeId()
  const name = useLocalName()
  const contractors = useQuery({
    queryKey: ['organisations', programme, 'canteen_contractor'],
    queryFn: ({ signal }) =>
      call('organisations', {
        params: { programme },
        query: { type: 'canteen_contractor', limit: 200 },
        signal,
      }),
    select: page => page.items,
  })
  return (
    <DialogForm
      name={`${programme}.contractor.${canteenId}`}
      title={t('contractor.change')}
      hint={t('contractor.hint')}
      empty={empty}
      sendLabel={t('contractor.send')}
      said={t('contractor.done')}
      send={({ contractorId }, key) =>
        call('contractCanteen', {
          params: { programme, canteen: canteenId },
          key,
          body: { contractorId: contractorId || null },
        })
      }
      close={close}
      fields={({ contractorId }, put) => (
        <PickField
          label={t('contractor')}
          none={t('contractor.nobody')}
          value={contractorId}
          options={(contractors.data ?? []).map(one => [one.id, name(one)])}
          pick={chosen => put({ contractorId: chosen })}
        />
      )}
    />
  )
}
