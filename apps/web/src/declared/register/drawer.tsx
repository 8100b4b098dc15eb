import type { RegisterDetail, RegisterShape } from '@silian/kernel/register/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { languageOf } from '../../i18n/i18n.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Loaded } from '../../ui/states.tsx'
import { Day } from '../../ui/values.tsx'
import { isMasked } from '../columns/draft.ts'
import { useValueText } from '../columns/value-text.ts'
import { Overlay } from '../overlay.tsx'
import { registerRoutes } from '../routes.ts'
import { useWords } from '../words.ts'
import { CloseRow } from './close.tsx'
import { EditRow } from './edit.tsx'
import { RowFields } from './fields.tsx'
import { Proposals } from './proposals.tsx'
import { Reveal } from './reveal.tsx'
import { may } from './shapes.ts'
import { SucceedRow } from './succession.tsx'
import { Timeline } from './timeline.tsx'
import { titleColumns } from './title.ts'
import { useListSearch } from './use-list-search.ts'

interface RowDrawerProps {
  readonly shape: RegisterShape
  readonly row: string
  close(): void
}

/** One row in full, beside its list; its address opens it again. */
export function RowDrawer({ shape, row, close }: RowDrawerProps) {
  const programme = useProgrammeId()
  const [{ at }] = useListSearch()
  const detail = useQuery({
    queryKey: ['register', programme, shape.name, 'row', row, at ?? ''],
    queryFn: ({ signal }) =>
      send(registerRoutes.row, { params: { programme, register: shape.name, row }, query: { at }, signal }),
  })
  const title = useDrawerTitle(shape, detail.data)
  return (
    <Overlay kind="drawer" title={title} close={close}>
      <Loaded query={detail} lines={10}>
        {found => <Detail shape={shape} detail={found} />}
      </Loaded>
    </Overlay>
  )
}

function useDrawerTitle({ name, columns }: RegisterShape, detail: RegisterDetail | undefined): string {
  const words = useWords(name)
  const textOf = useValueText()
  if (!detail) return words.title
  return titleColumns(columns)
    .map(column => textOf(column, detail.values[column.name], { words, names: detail.names }))
    .join(' · ')
}

type Doing = 'read' | 'edit' | 'close' | 'succeed'

function Detail({ shape, detail }: { shape: RegisterShape; detail: RegisterDetail }) {
  const { t } = useTranslation('register')
  const [search] = useListSearch()
  const [doing, setDoing] = useState<Doing>('read')
  const [revealed, setRevealed] = useState<RegisterDetail>()
  const isOpen = detail.validTo === null && search.at === undefined
  const hidden = shape.columns.some(isMasked) || shape.parts.some(({ columns }) => columns.some(isMasked))
  if (doing === 'edit')
    return (
      <EditRow
        shape={shape}
        detail={detail}
        revealed={revealed}
        done={() => {
          setRevealed(undefined)
          setDoing('read')
        }}
      />
    )
  return (
    <div className="stack">
      <div className="overlay-tools">
        {isOpen && may(shape, 'change') ? (
          <button type="button" className="button button-small button-main" onClick={() => setDoing('edit')}>
            {t('edit')}
          </button>
        ) : null}
        {hidden && may(shape, 'reveal') && !revealed ? (
          <Reveal shape={shape} row={detail.id} revealed={setRevealed} />
        ) : null}
        {isOpen && may(shape, 'close') ? (
          <button
            type="button"
            className="button button-small"
            aria-expanded={doing === 'close'}
            onClick={() => setDoing(doing === 'close' ? 'read' : 'close')}
          >
            {t('close')}
          </button>
        ) : null}
        {isOpen && may(shape, 'succeed') ? (
          <button
            type="button"
            className="button button-small"
            aria-expanded={doing === 'succeed'}
            onClick={() => setDoing(doing === 'succeed' ? 'read' : 'succeed')}
          >
            {t('succeed')}
          </button>
        ) : null}
      </div>
      {doing === 'succeed' ? (
        <SucceedRow shape={shape} detail={detail} done={() => setDoing('read')} />
      ) : null}
      {doing === 'close' ? <CloseRow shape={shape} detail={detail} done={() => setDoing('read')} /> : null}
      {revealed ? (
        <p className="notice notice-wait" role="status">
          {t('revealed')}
        </p>
      ) : null}
      <Validity detail={detail} />
      <RowFields shape={shape} detail={revealed ?? detail} />
      <Proposals shape={shape} detail={detail} />
      <Kin detail={detail} kind="predecessors" />
      <Kin detail={detail} kind="successors" />
      <Timeline shape={shape} row={detail.id} successors={<KinLinks detail={detail} kind="successors" />} />
    </div>
  )
}

function Validity({ detail }: { detail: RegisterDetail }) {
  const { t } = useTranslation('register')
  return (
    <p className="muted">
      {t('valid.from')} <Day at={detail.validFrom} />
      {detail.validTo ? (
        <>
          {' '}
          · {t('valid.to')} <Day at={detail.validTo} />
        </>
      ) : null}{' '}
      · {t('version', { version: detail.version })}
    </p>
  )
}

type KinProps = { readonly detail: RegisterDetail; readonly kind: 'predecessors' | 'successors' }

/** What a row came from, or went on as. */
function Kin({ detail, kind }: KinProps) {
  const { t } = useTranslation('register')
  if (detail[kind].length === 0) return null
  return (
    <section className="section">
      <h3>{t(`kin.${kind}`)}</h3>
      <KinLinks detail={detail} kind={kind} />
    </section>
  )
}

function KinLinks({ detail, kind }: KinProps) {
  const { t, i18n } = useTranslation('register')
  const [, setSearch] = useListSearch()
  const called = (id: string, at: number) =>
    detail.names[id]?.[languageOf(i18n)] || t('kin.open', { number: at + 1 })
  return (
    <ul className="kin">
      {detail[kind].map((id, at) => (
        <li key={id}>
          <button type="button" className="link-button" onClick={() => setSearch({ row: id })}>
            {called(id, at)}
          </button>
        </li>
      ))}
    </ul>
  )
}
