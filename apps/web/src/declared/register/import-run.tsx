import type { ImportRun, RegisterShape } from '@silian/kernel/register/contract.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { TableColumnsType } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../api/problem.ts'
import { send } from '../../api/send.ts'
import { DeskTable } from '../../desk/table.tsx'
import { formatCount } from '../../i18n/format.ts'
import { languageOf } from '../../i18n/i18n.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Loaded, ProblemNotice } from '../../ui/states.tsx'
import { useFaultText } from '../columns/fault-text.ts'
import { fileAddress } from '../files.ts'
import { registerRoutes } from '../routes.ts'
import { useWords } from '../words.ts'
import { RunState } from './run-state.tsx'

interface RunViewProps {
  readonly shape: Pick<RegisterShape, 'name'>
  readonly run: string
  go(run: string | undefined): void
}

const isGoing = ({ state }: ImportRun): boolean => state === 'waiting' || state === 'running'

/** One run as it goes on, and what came of it. */
export function RunView({ shape, run: id, go }: RunViewProps) {
  const programme = useProgrammeId()
  const client = useQueryClient()
  const run = useQuery({
    queryKey: ['register', programme, shape.name, 'import', id],
    queryFn: ({ signal }) =>
      send(registerRoutes.import, { params: { programme, register: shape.name, run: id }, signal }),
    refetchInterval: ({ state: { data } }) => (data && !isGoing(data) ? false : 1000),
  })
  const isOver = run.data !== undefined && !isGoing(run.data)
  useEffect(() => {
    if (isOver) void client.invalidateQueries({ queryKey: ['register', programme, shape.name, 'imports'] })
  }, [isOver, client, programme, shape.name])
  return (
    <Loaded query={run} lines={5}>
      {found => <Run shape={shape} run={found} go={go} />}
    </Loaded>
  )
}

function Run({ shape, run, go }: { shape: RunViewProps['shape']; run: ImportRun; go: RunViewProps['go'] }) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  return (
    <section className="card stack" aria-label={run.fileName}>
      <h2>
        {run.fileName} <RunState run={run} />
      </h2>
      {isGoing(run) ? (
        <div className="stack" role="status">
          <progress max={100} value={run.percent} aria-label={t('import.progress')} />
          <p>{t('import.going', { percent: run.percent })}</p>
        </div>
      ) : null}
      {run.refused ? (
        <ProblemNotice error={new Problem(run.refused, 409, run.refusedParams)} />
      ) : (
        <Counts run={run} />
      )}
      {run.state === 'done' ? <p role="status">{t(doneKey(run), { count: run.bad })}</p> : null}
      <div className="form-actions">
        {run.answer ? (
          <a className="button" href={fileAddress(programme, run.answer)} download>
            {t('import.answer')}
          </a>
        ) : null}
        {run.state === 'done' && run.dryRun && run.rows > run.bad ? (
          <Really register={shape.name} run={run} go={go} />
        ) : null}
        {isGoing(run) ? null : (
          <button type="button" className="button" onClick={() => go(undefined)}>
            {t('import.again')}
          </button>
        )}
      </div>
      <Faults shape={shape} run={run} />
    </section>
  )
}

function doneKey({ dryRun, bad, rows }: ImportRun): string {
  if (rows === 0) return 'import.nothing'
  if (!dryRun) return bad > 0 ? 'import.done.bad' : 'import.done'
  return bad > 0 ? 'import.tried.bad' : 'import.tried'
}

const counted = ['rows', 'added', 'changed', 'unchanged', 'bad'] as const

function Counts({ run }: { run: ImportRun }) {
  const { t } = useTranslation('register')
  return (
    <dl className="facts import-counts">
      {counted.map(name => (
        <div key={name} data-count={name}>
          <dt>
            {t(run.dryRun && name !== 'rows' && name !== 'bad' ? `import.would.${name}` : `import.${name}`)}
          </dt>
          <dd className="number">{formatCount(run[name])}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The import itself, of the same file; its key is the trial's, so that pressing twice is importing once. */
function Really({ register, run, go }: { register: string; run: ImportRun; go: RunViewProps['go'] }) {
  const { t, i18n } = useTranslation('register')
  const programme = useProgrammeId()
  const start = useMutation({
    mutationFn: () =>
      send(registerRoutes.newImport, {
        params: { programme, register },
        key: `import-${run.id}`,
        body: { file: run.file, dryRun: false, language: languageOf(i18n) },
      }),
    onSuccess: ({ id }) => go(id),
  })
  return (
    <>
      <button
        type="button"
        className="button button-main"
        disabled={start.isPending}
        onClick={() => start.mutate()}
      >
        {t(run.bad > 0 ? 'import.good' : 'import.all', { count: run.rows - run.bad })}
      </button>
      {start.isError ? <ProblemNotice error={start.error} /> : null}
    </>
  )
}

/** What is wrong where, in words; the answer workbook has all of it. */
function Faults({ shape, run }: { shape: RunViewProps['shape']; run: ImportRun }) {
  const { t } = useTranslation('register')
  const words = useWords(shape.name)
  const faultText = useFaultText()
  if (run.faults.length === 0) return null
  const columnOf = (name: string) => {
    const [part, column] = name.split('.').filter(piece => !/^\d+$/.test(piece))
    return column === undefined ? words.column(part ?? name) : words.column(column, part)
  }
  const columns: TableColumnsType<ImportRun['faults'][number]> = [
    {
      title: t('import.fault.row'),
      key: 'row',
      render: (_, { sheet, row }) => [sheet, row].filter(Boolean).join(' · '),
    },
    { title: t('import.fault.column'), key: 'column', render: (_, { column }) => columnOf(column) },
    {
      title: t('import.fault.reason'),
      key: 'reason',
      render: (_, fault) => faultText({ key: fault.code, params: textsOf(fault.params) }, words),
    },
    { title: t('import.fault.excerpt'), dataIndex: 'excerpt', key: 'excerpt' },
  ]
  return (
    <div className="import-faults stack">
      <p className="muted">{t('import.faults.shown', { count: run.faults.length })}</p>
      <DeskTable
        label={t('import.faults')}
        columns={columns}
        rows={run.faults}
        rowKey={fault => `${fault.sheet} ${fault.row} ${fault.column} ${fault.code}`}
      />
    </div>
  )
}

const textsOf = (params: ImportRun['refusedParams']): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
