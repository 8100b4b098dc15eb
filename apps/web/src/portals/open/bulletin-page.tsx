import type { Bulletin } from '@silian/chains/assurance/bulletins/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, send } from '../../api/send.ts'
import { FactLink } from '../../declared/fact-link.tsx'
import { languageOf } from '../../i18n/i18n.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { LoadedPage, Page, Section } from '../../ui/page.tsx'
import { Instant } from '../../ui/values.tsx'
import { Definitions } from './bulletin-definitions.tsx'
import { BulletinForm } from './bulletin-form.tsx'
import { PublishBulletin } from './bulletin-publish.tsx'
import { bulletinRoutes } from './bulletin-routes.ts'
import { BulletinShares } from './bulletin-shares.tsx'
import { BulletinTable } from './bulletin-table.tsx'
import { FigureList, Paragraphs } from './bulletin-text.tsx'
import '../../declared/declared.css'
import './open.css'

/** One bulletin: its words with every figure a way to what it is made of, its tables, and how to check it. */
export function BulletinPage() {
  const { t } = useTranslation('bulletins')
  const programme = useProgrammeId()
  const { bulletin = '' } = useParams({ strict: false })
  const query = useQuery({
    queryKey: ['bulletins', programme, bulletin],
    queryFn: ({ signal }) => send(bulletinRoutes.bulletin, { params: { programme, bulletin }, signal }),
  })
  return (
    <LoadedPage query={query} title={t('title')}>
      {found => <OneBulletin bulletin={found} />}
    </LoadedPage>
  )
}

function OneBulletin({ bulletin }: { bulletin: Bulletin }) {
  const { t, i18n } = useTranslation(['bulletins', 'common'])
  const [writing, write] = useState(false)
  const english = languageOf(i18n) === 'en'
  const draft = bulletin.mayWrite && bulletin.state === 'draft'
  return (
    <Page
      title={english ? t('of', { month: bulletin.month }) : bulletin.title}
      lead={english ? t('official') : undefined}
      actions={<Documents bulletin={bulletin} />}
    >
      <State bulletin={bulletin} />
      {draft && !writing ? (
        <div className="row-actions">
          <button type="button" className="button" onClick={() => write(true)}>
            {t('write')}
          </button>
          <PublishBulletin bulletin={bulletin} />
        </div>
      ) : null}
      {draft && writing ? (
        <BulletinForm key={bulletin.version} bulletin={bulletin} close={() => write(false)} />
      ) : (
        <Words bulletin={bulletin} />
      )}
      {english ? <FigureList bulletin={bulletin} /> : null}
      <BulletinShares figures={bulletin.figures} />
      <Definitions bulletin={bulletin} />
    </Page>
  )
}

function Words({ bulletin: { sections, figures, names } }: { bulletin: Bulletin }) {
  return sections.map(({ heading, text, tables }) => (
    <Section key={heading} title={heading}>
      <Paragraphs text={text} figures={figures} />
      {tables.flatMap(key =>
        figures
          .filter(figure => figure.key === key)
          .map(figure => <BulletinTable key={key} figure={figure} names={names} />),
      )}
    </Section>
  ))
}

function State({ bulletin: { state, publishedAt, factId } }: { bulletin: Bulletin }) {
  const { t } = useTranslation('bulletins')
  return (
    <p className="muted">
      <span className={state === 'published' ? 'badge' : 'badge badge-wait'}>{t(`state.${state}`)}</span>{' '}
      {publishedAt ? <Instant at={publishedAt} /> : t('draft.note')}{' '}
      {factId ? <FactLink fact={factId} /> : null}
    </p>
  )
}

function Documents({ bulletin: { id } }: { bulletin: Bulletin }) {
  const { t } = useTranslation('bulletins')
  const programme = useProgrammeId()
  return (['docx', 'pdf'] as const).map(as => (
    <a
      key={as}
      className="button"
      href={addressOf(`/p/:programme/bulletins/:bulletin/document.${as}`, {
        params: { programme, bulletin: id },
      })}
      download
    >
      {t(`document.${as}`)}
    </a>
  ))
}
