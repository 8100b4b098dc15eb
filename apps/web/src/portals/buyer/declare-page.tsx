import type { NewDeclaration, Rule } from '@silian/chains/supply/quota/contract.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useIntention } from '../../api/intention.ts'
import { Problem } from '../../api/problem.ts'
import { toUnits } from '../../desk/amounts.ts'
import { Choices, NumberField, PickField } from '../../desk/fields.tsx'
import { formatFen, formatRatio, yearOf } from '../../i18n/format.ts'
import { useDeclarations } from '../../quota/declarations.ts'
import { leastOf, ruleOf } from '../../quota/rule-of.ts'
import { useMember } from '../../session/me.ts'
import { useLocalName, useProgrammeId } from '../../session/programme.ts'
import { Page } from '../../ui/page.tsx'
import { useSay } from '../../ui/said.tsx'
import { Loaded, ProblemNotice } from '../../ui/states.tsx'

const empty = {
  unitId: '',
  year: '',
  kind: 'own' as NewDeclaration['kind'],
  canteenId: '',
  base: '',
  reserved: '',
}
type Draft = typeof empty

const kinds = ['own', 'outsourced', 'shared', 'none'] as const

/** The year's declaration with its special cases: each says what it means before it is chosen. */
export function DeclarePage() {
  const { t } = useTranslation('quota')
  const programme = useProgrammeId()
  const rules = useQuery({
    queryKey: ['quota-rules', programme],
    queryFn: ({ signal }) => call('quotaRules', { params: { programme }, signal }),
  })
  return (
    <Page title={t('declare')} lead={t('declare.lead')}>
      <Loaded query={rules} lines={6}>
        {list => <DeclareForm rules={list} />}
      </Loaded>
    </Page>
  )
}

function DeclareForm({ rules }: { rules: readonly Rule[] }) {
  const { t } = useTranslation('quota')
  const programme = useProgrammeId()
  const name = useLocalName()
  const units = (useMember()?.roles ?? []).filter(
    ({ role, organisation }) => role === 'buyer' && organisation,
  )
  const intention = useIntention<Draft>(`${programme}.declaration`, empty)
  const { draft, setDraft } = intention
  const put = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const unit = units.find(({ organisation }) => organisation!.id === draft.unitId) ?? units[0]
  const unitId = unit?.organisation?.id ?? ''
  const years = [...new Set([yearOf(new Date()), yearOf(new Date()) + 1])]
  const year = Number(draft.year) || years[0]!
  const rule = ruleOf(rules, year, unit?.areaCode ?? '')
  const isZero = draft.kind === 'none' || draft.kind === 'shared'
  const declare = useDeclare(intention, { unitId, year })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    declare.mutate()
  }
  return (
    <form className="card stack declare" onSubmit={submit}>
      <RuleNote rule={rule} year={year} />
      <div className="field-pair">
        <PickField
          label={t('unit')}
          required
          value={unitId}
          options={units.map(({ organisation }) => [organisation!.id, name(organisation!)])}
          pick={chosen => put({ unitId: chosen, canteenId: '' })}
        />
        <PickField
          label={t('year')}
          required
          value={String(year)}
          options={years.map(one => [String(one), String(one)])}
          pick={chosen => put({ year: chosen })}
        />
      </div>
      <Choices legend={t('kind')}>
        {kinds.map(kind => (
          <label key={kind} className="choice">
            <input
              type="radio"
              name="kind"
              checked={draft.kind === kind}
              onChange={() => put({ kind, canteenId: '' })}
            />
            <span>{t(`kind.${kind}`)}</span>
            <span className="muted">{t(`kind.${kind}.hint`)}</span>
          </label>
        ))}
      </Choices>
      {draft.kind === 'none' ? null : (
        <CanteenField
          unitId={unitId}
          leads={!isZero}
          value={draft.canteenId}
          pick={canteenId => put({ canteenId })}
        />
      )}
      {isZero ? (
        <p className="notice">{t('zero.hint')}</p>
      ) : (
        <Sums draft={draft} put={put} rule={rule} unit={unitId} year={year} />
      )}
      {declare.isError ? <ProblemNotice error={declare.error} /> : null}
      <div>
        <button type="submit" className="button button-main" disabled={declare.isPending || !rule}>
          {t('declare.send')}
        </button>
      </div>
      <p className="muted">{t('declare.moved')}</p>
    </form>
  )
}

function useDeclare(
  { key, draft, done }: { key: string; draft: Draft; done(): void },
  { unitId, year }: { unitId: string; year: number },
) {
  const { t } = useTranslation('quota')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const navigate = useNavigate()
  const say = useSay()
  const isZero = draft.kind === 'none' || draft.kind === 'shared'
  const amount = (typed: string) => (isZero ? 0 : (toUnits(typed, 2) ?? 0))
  return useMutation({
    mutationFn: () =>
      call('declare', {
        params: { programme },
        key,
        body: {
          ...{ unitId, year, kind: draft.kind },
          ...{ baseFen: amount(draft.base), reservedFen: amount(draft.reserved) },
          ...(draft.canteenId && draft.kind !== 'none' ? { canteenId: draft.canteenId } : {}),
        },
      }),
    onSuccess: async () => {
      done()
      say(t('declare.done'))
      await client.invalidateQueries()
      return navigate({ to: '/p/$programme/buyer/quota', params: { programme } })
    },
    onError: error => {
      if (error instanceof Problem && error.code === 'idempotency.mismatch') done()
    },
  })
}

function RuleNote({ rule, year }: { rule: Rule | undefined; year: number }) {
  const { t } = useTranslation('quota')
  if (!rule) return <p className="notice notice-wait">{t('rule.none', { year })}</p>
  return (
    <div className="notice">
      <p>{t('rule', { ratio: formatRatio(rule.ratioBp, 10_000), year })}</p>
      {rule.notBelowLastYear ? <p>{t('rule.notBelow')}</p> : null}
      {rule.declareBy ? <p>{t('rule.by', { day: rule.declareBy })}</p> : null}
    </div>
  )
}

interface CanteenFieldProps {
  readonly unitId: string
  /** The canteens that the unit declares for, or those in which it only eats. */
  readonly leads: boolean
  readonly value: string
  pick(id: string): void
}

function CanteenField({ unitId, leads, value, pick }: CanteenFieldProps) {
  const { t } = useTranslation('quota')
  const programme = useProgrammeId()
  const name = useLocalName()
  const canteens = useQuery({
    queryKey: ['canteens', programme],
    queryFn: ({ signal }) => call('canteens', { params: { programme }, signal }),
  })
  const mine = (canteens.data ?? []).filter(({ unitIds }) =>
    leads ? unitIds[0] === unitId : unitIds.slice(1).includes(unitId),
  )
  return (
    <PickField
      label={t('canteen')}
      hint={t(mine.length === 0 ? (leads ? 'canteen.none' : 'canteen.noneShared') : 'canteen.hint')}
      required={leads}
      none={t('pick')}
      value={value}
      options={mine.map(canteen => [canteen.id, name(canteen)])}
      pick={pick}
    />
  )
}

interface SumsProps {
  readonly draft: Draft
  readonly rule: Rule | undefined
  readonly unit: string
  readonly year: number
  put(change: Partial<Draft>): void
}

function Sums({ draft, rule, unit, year, put }: SumsProps) {
  const { t } = useTranslation('quota')
  const base = toUnits(draft.base, 2)
  const last = (useDeclarations().data ?? []).find(
    one => one.unitId === unit && one.year === year - 1 && one.state === 'confirmed',
  )
  const least = Math.max(
    base !== undefined && rule ? leastOf(base, rule.ratioBp) : 0,
    rule?.notBelowLastYear ? (last?.reservedFen ?? 0) : 0,
  )
  return (
    <>
      <NumberField
        label={t('base.yuan')}
        hint={t('base.hint')}
        decimals={2}
        required
        value={draft.base}
        put={value => put({ base: value })}
      />
      <NumberField
        label={t('reserved.yuan')}
        hint={[
          ...(least > 0 ? [t('reserved.least', { sum: formatFen(least) })] : []),
          ...(last ? [t('reserved.last', { sum: formatFen(last.reservedFen) })] : []),
        ].join(' ')}
        decimals={2}
        required
        value={draft.reserved}
        put={value => put({ reserved: value })}
      />
    </>
  )
}
