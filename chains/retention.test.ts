import type { Columns } from '@silian/kernel/declared/columns.ts'
import { languages } from '@silian/kernel/declared/words.ts'
import { kindTerms } from '@silian/kernel/files/kinds.ts'
import { retentionCodes } from '@silian/kernel/retention/classes.ts'
import { describe, expect, it } from 'vitest'
import { erasable, processes, registers } from './declared.ts'
import { words } from './words.ts'

/** Columns that tell of a person and do not say what may hold them. */
const silent = (where: string, columns: Columns): string[] =>
  Object.entries(columns).flatMap(([name, column]) => {
    const { personal, retention } = column
    if (personal && retention === undefined) return [`${where}.${name}`]
    const strange =
      Array.isArray(retention) && (retention.length === 0 || retention.some(c => !retentionCodes.includes(c)))
    return strange ? [`${where}.${name}`] : []
  })

describe('every value about a person', () => {
  it('says what may hold it, or that nothing does', () => {
    const faults = [
      ...registers.flatMap(register => [
        ...silent(register.name, register.columns),
        ...Object.entries(register.parts).flatMap(([part, { columns }]) =>
          silent(`${register.name}.${part}`, columns),
        ),
      ]),
      ...processes.flatMap(process => [
        ...silent(process.name, process.form),
        ...Object.entries(process.states).flatMap(([name, state]) =>
          'form' in state && state.form ? silent(`${process.name}.${name}`, state.form) : [],
        ),
      ]),
    ]
    expect(faults).toEqual([])
    for (const { retention } of Object.values(kindTerms)) expect(retentionCodes).toContain(retention)
  })

  it('of a part goes with its row: no class holds who is not paid', () => {
    for (const { tellsOf, parts } of registers)
      if (tellsOf)
        for (const { columns } of Object.values(parts))
          for (const { retention = 'none' } of Object.values(columns)) expect(retention).toBe('none')
  })

  it('is held by classes, and waits for things, that have their words', () => {
    for (const language of languages) {
      const said = words.of(language, 'retention')
      const keys = retentionCodes.flatMap(code => [`class.${code}`, `law.${code}`, `event.${code}`])
      expect(keys.filter(key => !said[key])).toEqual([])
      expect(Object.keys(said).sort()).toEqual(Object.keys(words.of('zh', 'retention')).sort())
    }
    for (const { register } of erasable.holders)
      expect(registers.find(({ name }) => name === register)?.tellsOf).toBe('self')
  })
})
