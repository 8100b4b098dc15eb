import { workingDaysAfter } from '../calendar/calendar.ts'
import type { Writer } from '../database/database.ts'
import { settingOf } from '../settings/settings.ts'
import { addDays, dateOf } from '../time/shanghai.ts'
import { placeOf } from './desk.ts'
import { openTasks, setTimers } from './open-tasks.ts'
import { openerPlace } from './opener.ts'
import { awaitDraw } from './panel.ts'
import type { CaseKit } from './registry.ts'
import { partiesOf, type State } from './states.ts'
import type { CaseRow } from './tables.ts'
import { anniversary } from './term.ts'

/** Opens what a state waits for; returns the day until which. */
export async function enterState(
  tx: Writer,
  kit: CaseKit,
  row: CaseRow,
  state: State,
): Promise<string | null> {
  switch (state.kind) {
    case 'task':
      return openOne(tx, row, { kind: 'task', place: placeOf(state.by, row), within: state.within })
    case 'returned':
      return openOne(tx, row, { kind: 'returned', place: openerPlace(kit, row), within: state.within })
    case 'tasks': {
      const parts = Object.entries(state.each).map(([name, { by }], i) => ({
        ...{ kind: 'part' as const, name, seat: i + 1 },
        ...{ place: placeOf(by, row), within: state.within },
      }))
      await openTasks(tx, row, parts)
      return dueIn(tx, state.within)
    }
    case 'panel':
      await awaitDraw(tx, row, state)
      return null
    case 'publicity':
      return hangOut(tx, row, state)
    case 'standing':
      return stand(tx, row, state)
    case 'end':
      return null
  }
}

async function hangOut(tx: Writer, row: CaseRow, state: Extract<State, { kind: 'publicity' }>) {
  const today = dateOf(tx.at)
  const days = Math.max(state.days, state.setting ? await settingOf(tx, state.setting) : 0)
  const last = state.working ? await workingDaysAfter(tx, today, days) : addDays(today, days)
  await setTimers(tx, row, [{ name: 'publicity', on: addDays(last, 1) }])
  return last
}

async function openOne(tx: Writer, row: CaseRow, task: Parameters<typeof openTasks>[2][number]) {
  await openTasks(tx, row, [task])
  return dueIn(tx, task.within)
}

const dueIn = async (tx: Writer, within: number | undefined): Promise<string | null> =>
  within === undefined ? null : workingDaysAfter(tx, dateOf(tx.at), within)

async function stand(tx: Writer, row: CaseRow, state: Extract<State, { kind: 'standing' }>) {
  const today = dateOf(tx.at)
  const parties = new Map(partiesOf(state).map(party => [JSON.stringify(party), party]))
  if (parties.size > 0)
    await openTasks(
      tx,
      row,
      [...parties].map(([name, party], i) => ({
        ...{ kind: 'standing' as const, name, seat: i },
        place: placeOf(party, row),
      })),
    )
  const reminders = Object.entries(state.remind ?? {}).flatMap(([column, days]) =>
    days.flatMap(before => {
      const on = row.form[column]
      const day = typeof on === 'string' ? addDays(on, -before) : ''
      return day > today ? [{ name: `remind:${column}:${before}`, on: day }] : []
    }),
  )
  await setTimers(tx, row, [
    ...reminders,
    ...(row.valid_to && state.next ? [{ name: 'term', on: row.valid_to }] : []),
    ...(state.yearly && row.valid_from
      ? [{ name: 'yearly', on: anniversary(row.valid_from, state.yearly.first, today) }]
      : []),
  ])
  return row.valid_to
}
