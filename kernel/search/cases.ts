import { type Subscription, subscribe } from '../fact/subscribe.ts'
import type { Process } from '../process/define.ts'
import { keepTexts } from '../register/search.ts'
import type { Named } from './find.ts'

/** Cases are found by their titles, by those who may read the process. */
export const caseNames = ({ name }: Process): Named => ({
  kind: name,
  action: `${name}.read`,
  titles: `select id, title, title, to_char(opened_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') from process_case
    where programme_id = $1 and id = any($2) and process = '${name}'`,
})

interface Row {
  readonly id: string
  readonly process: string
  readonly title: string
  readonly area_path: string | null
  readonly organisation_id: string | null
}

/** Titles are kept when a case is opened and when it moves: a correction may have changed them. */
export const keepCaseNames = (processes: readonly Process[]): Subscription =>
  subscribe({
    name: 'search.case',
    types: processes.flatMap(({ name }) => [`${name}.opened`, `${name}.moved`]),
    handle: async (tx, fact) => {
      const [row] = await tx.query<Row>(
        'select id, process, title, area_path, organisation_id from process_case where programme_id = $1 and id = $2',
        [tx.programme, fact.subject],
        'search-case',
      )
      if (!row) return
      const parties = { areaPath: row.area_path, organisationIds: [row.organisation_id] }
      await keepTexts(tx, row.process, [{ id: row.id, texts: [row.title], parties }])
    },
  })
