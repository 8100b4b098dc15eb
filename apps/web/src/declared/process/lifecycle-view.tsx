import type { CaseDetail, ProcessShape } from '@silian/kernel/process/contract.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useWords } from '../words.ts'
import { type Arc, type Drawing, drawingOf, type Mark, marksOf } from './lifecycle.ts'
import type { StateShape } from './shapes.ts'

interface LifecycleProps {
  readonly shape: ProcessShape
  /** The case that is on its way; without one the ways alone are drawn. */
  readonly at?: Pick<CaseDetail, 'state' | 'trail'>
}

const LINE = 56
const LANE = 12

/** The way of a case, drawn from its states: a line a state for everyone, arcs beside them for those who see. */
export function Lifecycle({ shape, at }: LifecycleProps) {
  const { t } = useTranslation(['process', 'declared'])
  const words = useWords(shape.name)
  const drawing = drawingOf(shape.states, shape.start)
  const marks = at ? marksOf(shape.states, at.state, at.trail) : new Map<string, Mark>()
  const label = (name: string) => words.text(`state.${name}`, name)
  return (
    <div className="lifecycle">
      <Arcs drawing={drawing} marks={marks} />
      <ol aria-label={t('lifecycle')} style={{ paddingLeft: widthOf(drawing) + 4 }}>
        {drawing.states.map(state => {
          const mark = marks.get(state.name) ?? 'ahead'
          return (
            <li
              key={state.name}
              className={`life-${mark} life-${state.kind}`}
              style={{ height: LINE }}
              aria-current={mark === 'now' ? 'step' : undefined}
            >
              <span className="life-name">{label(state.name)}</span>
              <span className="life-note">
                {[
                  ...(at ? [t(`mark.${mark}`)] : []),
                  ...(state.within === null ? [] : [withinText(t, state.kind, state.within)]),
                ].join(' · ')}
              </span>
              {state.next.length > 0 ? (
                <span className="visually-hidden">
                  {t('leads', {
                    states: state.next.map(label).join(t('list.separator', { ns: 'declared' })),
                  })}
                </span>
              ) : null}
            </li>
          )
        })}
      </ol>
    </div>
  )
}

/** A term that stands for whole years is told in years. */
function withinText(t: TFunction<'process'>, kind: StateShape['kind'], within: number): string {
  if (kind === 'standing' && within % 365 === 0) return t('within.years', { count: within / 365 })
  return t(kind === 'publicity' || kind === 'standing' ? 'within.days' : 'within.working', { count: within })
}

const lanesOf = ({ arcs }: Drawing, side: Arc['side']): number =>
  Math.max(0, ...arcs.filter(arc => arc.side === side).map(({ lane }) => lane + 1))

/** Of the drawing beside the names: lanes on both sides of the line. */
const widthOf = (drawing: Drawing): number =>
  (lanesOf(drawing, 'back') + lanesOf(drawing, 'ahead') + 2) * LANE + 6

function Arcs({ drawing, marks }: { drawing: Drawing; marks: ReadonlyMap<string, Mark> }) {
  const back = lanesOf(drawing, 'back')
  const x = (back + 1) * LANE
  const y = (line: number) => line * LINE + 20
  const width = widthOf(drawing)
  const walked = (line: number): boolean => {
    const [here, below] = [drawing.states[line], drawing.states[line + 1]]
    return [here, below].every(state => state && marks.get(state.name) !== 'ahead' && marks.size > 0)
  }
  return (
    <svg
      className="life-arcs"
      width={width}
      height={drawing.states.length * LINE}
      viewBox={`0 0 ${width} ${drawing.states.length * LINE}`}
      aria-hidden="true"
    >
      {drawing.straight.map((is, line) =>
        is ? (
          <line
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place
            key={line}
            x1={x}
            x2={x}
            y1={y(line)}
            y2={y(line + 1)}
            className={walked(line) ? 'life-line life-walked' : 'life-line'}
          />
        ) : null,
      )}
      {drawing.arcs.map(arc => (
        <path
          key={`${arc.from} ${arc.to}`}
          d={pathOf(arc, x, y)}
          className={`life-arc life-arc-${arc.side}`}
        />
      ))}
      {drawing.states.map(({ name, kind }, line) => (
        <circle
          key={name}
          cx={x}
          cy={y(line)}
          r={kind === 'end' ? 6 : 8}
          className={`life-dot life-dot-${marks.get(name) ?? 'ahead'}`}
        />
      ))}
    </svg>
  )
}

function pathOf({ from, to, side, lane }: Arc, x: number, y: (line: number) => number): string {
  const out = side === 'back' ? x - (lane + 1) * LANE : x + (lane + 1) * LANE
  const [start, stop] = [y(from), y(to)]
  const bend = stop > start ? 9 : -9
  const head = side === 'back' ? -1 : 1
  return (
    `M${x} ${start}Q${out} ${start} ${out} ${start + bend}V${stop - bend}Q${out} ${stop} ${x + head * 9} ${stop}` +
    `m${head * 5} -4l${head * -5} 4l${head * 5} 4`
  )
}
