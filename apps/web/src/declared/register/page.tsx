import type { RegisterPage as RegisterPageAnswer, RegisterShape } from '@silian/kernel/register/contract.ts'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { LoadedPage, Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import type { Names } from '../columns/value-text.ts'
import { registerRoutes } from '../routes.ts'
import { useWords } from '../words.ts'
import { BulkBar } from './bulk.tsx'
import { useChosenColumns } from './columns-choice.tsx'
import { RowDrawer } from './drawer.tsx'
import { NewRow } from './edit.tsx'
import { Filters } from './filters.tsx'
import { queryOf } from './list-query.ts'
import { useAsked } from './private-search.ts'
import { RowList } from './row-list.tsx'
import { RowsEmpty } from './rows-empty.tsx'
import { may, useRegisters } from './shapes.ts'
import { ListTools } from './tools.tsx'
import '../declared.css'

/** Any register: its list, and beside it one row. */
export function RegisterPage() {
  const { t } = useTranslation('register')
  const { register = '' } = useParams({ strict: false })
  const registers = useRegisters()
  return (
    <LoadedPage query={registers} title={t('title')}>
      {all => {
        const shape = all.find(({ name }) => name === register)
        return shape ? <Register key={register} shape={shape} /> : <Unknown />
      }}
    </LoadedPage>
  )
}

function Unknown() {
  const { t } = useTranslation('register')
  return (
    <Page title={t('title')}>
      <Empty title={t('unknown')}>{t('unknown.hint')}</Empty>
    </Page>
  )
}

function Register({ shape }: { shape: RegisterShape }) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const words = useWords(shape.name)
  const asked = useAsked(shape)
  const { search, setSearch } = asked
  const [chosen, setChosen] = useChosenColumns(shape)
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const query = queryOf(search)
  const pages = usePages(
    ['register', programme, shape.name, 'rows', query, asked.isPrivate],
    (after, signal) => {
      const params = { programme, register: shape.name }
      const wanted = { ...query, limit: 50, ...after }
      return asked.isPrivate
        ? send(registerRoutes.find, { params, body: wanted, signal })
        : send(registerRoutes.rows, { params, query: wanted, signal })
    },
  )
  const names: Names = Object.assign(
    {},
    ...(pages.data?.pages ?? []).map(page => (page as { names?: Names }).names),
  )
  const most = (pages.data?.pages[0] as RegisterPageAnswer | undefined)?.most ?? null
  return (
    <Page
      title={words.title}
      lead={words.find('lead')}
      actions={<ListTools shape={shape} asked={asked} chosen={chosen} setChosen={setChosen} />}
    >
      <Filters
        shape={shape}
        words={words}
        names={names}
        search={search}
        setSearch={setSearch}
        chosen={chosen}
        setChosen={setChosen}
      />
      {search.at ? (
        <p className="notice notice-wait" role="status">
          {t('at.shown', { date: search.at })}
        </p>
      ) : null}
      {most === null ? null : (
        <p className="notice notice-wait" role="status">
          {t('most', { count: most })}
        </p>
      )}
      <BulkBar shape={shape} marked={marked} setMarked={setMarked} pages={pages.data?.pages ?? []} />
      <Paged pages={pages} empty={<RowsEmpty shape={shape} words={words} asked={asked} />}>
        {rows => (
          <RowList
            shape={shape}
            words={words}
            names={names}
            rows={rows}
            columns={chosen}
            search={search}
            setSearch={setSearch}
            marked={marked}
            setMarked={setMarked}
          />
        )}
      </Paged>
      {search.row ? (
        <RowDrawer
          key={search.row}
          shape={shape}
          row={search.row}
          close={() => setSearch({ row: '', edit: '' })}
        />
      ) : null}
      {search.new && may(shape, 'create') ? (
        <NewRow
          shape={shape}
          close={() => setSearch({ new: '' })}
          opened={row => setSearch({ new: '', row })}
        />
      ) : null}
    </Page>
  )
}
