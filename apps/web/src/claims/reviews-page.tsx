import type { OwnReview } from '@silian/chains/supply/claims/contract.ts'
import type { TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { fileAddress } from '../declared/files.ts'
import { DialogForm } from '../desk/dialog-form.tsx'
import { DeskTable } from '../desk/table.tsx'
import { useGoodsNames } from '../portals/shop/use-names.ts'
import { useMember } from '../session/me.ts'
import { useProgrammeId } from '../session/programme.ts'
import { hasRole } from '../session/roles.ts'
import { Field } from '../ui/field.tsx'
import { Paged, usePages } from '../ui/load-more.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { Day } from '../ui/values.tsx'

/** What receivers say of what one sells; an office may take one out of sight. */
export function ReviewsPage() {
  const { t } = useTranslation('claims')
  const programme = useProgrammeId()
  const [hiding, setHiding] = useState<OwnReview>()
  const columns = useColumns(setHiding)
  const pages = usePages(['reviews', programme], (after, signal) =>
    call('reviews', { params: { programme }, query: { limit: 50, ...after }, signal }),
  )
  return (
    <Page title={t('reviews')} lead={t('reviews.lead')}>
      <Paged pages={pages} empty={<Empty title={t('reviews.none')} />}>
        {rows => <DeskTable label={t('reviews')} columns={columns} rows={rows} rowKey={({ id }) => id} />}
      </Paged>
      {hiding ? <HideReview review={hiding} close={() => setHiding(undefined)} /> : null}
    </Page>
  )
}

function useColumns(hide: (review: OwnReview) => void): TableColumnsType<OwnReview> {
  const { t } = useTranslation('claims')
  const { nameOf } = useGoodsNames()
  const programme = useProgrammeId()
  const mayHide = hasRole(useMember(), 'task_force')
  return [
    {
      title: t('goods'),
      key: 'goods',
      render: (_, row) => nameOf(row),
    },
    { title: t('score'), dataIndex: 'score', key: 'score', align: 'right' },
    {
      title: t('said'),
      key: 'said',
      render: (_, row) => (
        <>
          {row.text || '—'}
          <ul className="photos">
            {row.photos.map((photo, at) => (
              <li key={photo}>
                <img src={fileAddress(programme, photo)} alt={t('photo', { at: at + 1 })} />
              </li>
            ))}
          </ul>
        </>
      ),
    },
    { title: t('by'), key: 'by', render: (_, row) => row.by ?? t(`by.${row.byKind}`) },
    { title: t('at'), key: 'at', render: (_, row) => <Day at={row.at} /> },
    {
      title: t('hidden'),
      key: 'hidden',
      render: (_, row) =>
        row.hiddenReason ??
        (mayHide ? (
          <button type="button" className="button button-small" onClick={() => hide(row)}>
            {t('hide')}
          </button>
        ) : (
          '—'
        )),
    },
  ]
}

function HideReview({ review, close }: { review: OwnReview; close(): void }) {
  const { t } = useTranslation('claims')
  const programme = useProgrammeId()
  return (
    <DialogForm<{ reason: string }>
      name={`${programme}.review.${review.id}`}
      title={t('hide')}
      hint={t('hide.hint')}
      empty={{ reason: '' }}
      sendLabel={t('hide')}
      said={t('hide.done')}
      send={(body, key) => call('hideReview', { params: { programme, review: review.id }, key, body })}
      close={close}
      fields={({ reason }, put) => (
        <Field
          label={t('reason')}
          required
          maxLength={200}
          value={reason}
          onChange={event => put({ reason: event.target.value })}
        />
      )}
    />
  )
}
