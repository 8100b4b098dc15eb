import { BarChart, LineChart, MapChart } from 'echarts/charts'
import {
  GeoComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components'
import { type EChartsCoreOption, getMap, init, registerMap, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

use([BarChart, LineChart, MapChart, GeoComponent, GridComponent, LegendComponent])
use([TooltipComponent, VisualMapComponent, SVGRenderer])

export { getMap, registerMap }

interface ChartProps {
  /** Changes only when what is drawn does: the chart is drawn anew with it. */
  readonly option: EChartsCoreOption
  /** What it shows, for those who cannot see it; the table beside it has the numbers. */
  readonly label: string
  readonly height: number
  /** What was pressed: the name of a part and of its series. */
  pick?(name: string, series: string | undefined): void
}

/** A chart as a drawing that prints sharply and follows the width of its place. */
export function Chart({ option, label, height, pick }: ChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const picked = useRef(pick)
  picked.current = pick
  useEffect(() => {
    const place = box.current
    if (!place) return
    const chart = init(place, undefined, { renderer: 'svg' })
    chart.setOption(option)
    chart.on('click', ({ name, seriesName }) => picked.current?.(name, seriesName))
    const watcher = new ResizeObserver(() => chart.resize())
    watcher.observe(place)
    return () => {
      watcher.disconnect()
      chart.dispose()
    }
  }, [option])
  return <div ref={box} className="chart" role="img" aria-label={label} style={{ height }} />
}
