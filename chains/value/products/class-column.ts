/** A column that names a node of the produce tree. */
export const classColumn = {
  kind: 'text',
  max: 80,
  format: 'code',
  reference: { table: 'produce_class', key: 'path' },
} as const

interface Placed {
  readonly countyCode: string
  readonly class: string
  readonly state: 'shown' | 'withdrawn'
}

/** What a county's row of a class is known by, and that by which a second one that is shown is refused. */
export const placed = (id: string, { countyCode, class: path, state }: Placed) => ({
  code: `${countyCode}-${id.slice(-8)}`,
  shownAs: state === 'shown' ? `${countyCode}/${path}` : null,
})
