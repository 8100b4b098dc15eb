import type { Erasure } from '@silian/kernel/retention/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { addressOf, send } from '../../api/send.ts'
import { FactLink } from '../../declared/fact-link.tsx'
import { useWords } from '../../declared/words.ts'
import { DeskTable } from '../../desk/table.tsx'
import { languageOf } from '../../i18n/i18n.ts'
import { useMember } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { hasRole } from '../../session/roles.ts'
import { Facts } from '../../ui/facts.tsx'
import { LoadedPage, Page, Section } from '../../ui/page.tsx'
import { Day } from '../../ui/values.tsx'
import { Look } from './look.tsx'
import { erasureRoutes } from './routes.ts'
import { StateBadge } from './state-badge.tsx'

/** The receipt of an erasure: what went, what stays, why and until when. It names nobody. */
export function ErasurePage() {
  const words = useWords('retention')
  const programme = useProgrammeId()
  const { erasure = '' } = useParams({ strict: false })
  const query = useQuery({
    queryKey: ['erasure', programme, erasure],
    queryFn: ({ signal }) => send(erasureRoutes.one, { params: { programme, erasure }, signal }),
    // what was decided is carried out soon
    refetchInterval: ({ state: { data } }) => (data?.state === 'asked' ? 3000 : false),
  })
  return (
    <LoadedPage query={query} title={words.text('receipt.title', '')}>
      {found => <Receipt erasure={found} />}
    </LoadedPage>
  )
}

function Receipt({ erasure }: { erasure: Erasure }) {
  const words = useWords('retention')
  const text = (key: string) => words.text(key, key)
  const { waits, destroyed, stays } = erasure.receipt
  return (
    <Page
      title={text('receipt.title')}
      lead={text(`receipt.${erasure.state}`)}
      actions={<Actions erasure={erasure} />}
    >
      <Dates erasure={erasure} />
      <Counts
        title={text('waits')}
        rows={waits.map(({ code, count }) => ({ key: `waits.${code}`, count }))}
      />
      {stays.length > 0 ? <Stays erasure={erasure} /> : null}
      <Counts
        title={text('destroyed')}
        rows={destroyed.map(({ kind, count }) => ({ key: `destroyed.${kind}`, count }))}
      />
      {destroyed.length > 0 ? <p className="muted">{text('receipt.backup')}</p> : null}
    </Page>
  )
}

function Actions({ erasure }: { erasure: Erasure }) {
  const words = useWords('retention')
  const { i18n } = useTranslation()
  const programme = useProgrammeId()
  const member = useMember()
  const address = addressOf('/p/:programme/erasures/:erasure/receipt.pdf', {
    params: { programme, erasure: erasure.id },
    query: { language: languageOf(i18n) },
  })
  return (
    <>
      {erasure.caseId && hasRole(member, 'village_cadre', 'county_officer', 'auditor') ? (
        <Link
          className="button"
          to="/p/$programme/cases/$process/$case"
          params={{ programme, process: 'household_erasure', case: erasure.caseId }}
        >
          {words.text('case', '')}
        </Link>
      ) : null}
      <a className="button" href={address} download>
        {words.text('pdf', '')}
      </a>
    </>
  )
}

function Dates({ erasure }: { erasure: Erasure }) {
  const words = useWords('retention')
  return (
    <Facts
      rows={[
        [words.text('state', ''), <StateBadge key="state" state={erasure.state} />],
        [words.text('place', ''), erasure.areaName],
        [words.text('asked', ''), <Day key="asked" at={erasure.askedAt} />],
        [words.text('carried', ''), erasure.carriedAt && <Day key="carried" at={erasure.carriedAt} />],
        [words.text('fact', ''), erasure.factId && <FactLink key="fact" fact={erasure.factId} />],
      ]}
    />
  )
}

interface Count {
  readonly key: string
  readonly count: number
}

function Counts({ title, rows }: { title: string; rows: readonly Count[] }) {
  const words = useWords('retention')
  if (rows.length === 0) return null
  const columns: TableColumnsType<Count> = [
    { title: words.text('what', ''), key: 'what', render: (_, row) => words.text(row.key, row.key) },
    { title: words.text('count', ''), key: 'count', align: 'right', render: (_, row) => row.count },
  ]
  return (
    <Section title={title}>
      <DeskTable label={title} columns={columns} rows={rows} rowKey={({ key }) => key} />
    </Section>
  )
}

type Stay = Erasure['receipt']['stays'][number]

/** Records that tell of nobody are not looked at as what is sealed. */
const isSealed = ({ state, receipt }: Erasure): boolean =>
  state === 'restricted' &&
  receipt.stays.some(({ fields }) => fields.some(field => !field.startsWith('record.')))

function Stays({ erasure }: { erasure: Erasure }) {
  const words = useWords('retention')
  const of = useWords(erasure.register)
  const member = useMember()
  const title = words.text('stays', '')
  const fieldName = (field: string) =>
    /^(file|record)\./.test(field) ? words.text(field, field) : of.column(field)
  const columns: TableColumnsType<Stay> = [
    { title: words.text('what', ''), key: 'what', render: (_, row) => row.fields.map(fieldName).join(' · ') },
    {
      title: words.text('why', ''),
      key: 'why',
      render: (_, row) => words.text(`class.${row.class}`, row.class),
    },
    {
      title: words.text('law', ''),
      key: 'law',
      render: (_, row) => words.text(`law.${row.class}`, row.class),
    },
    { title: words.text('until', ''), key: 'until', render: (_, row) => row.until },
  ]
  return (
    <Section title={title}>
      <DeskTable label={title} columns={columns} rows={erasure.receipt.stays} rowKey={row => row.class} />
      {isSealed(erasure) && hasRole(member, 'county_officer', 'finance_officer', 'auditor') ? (
        <Look erasure={erasure} fieldName={fieldName} />
      ) : null}
    </Section>
  )
}
