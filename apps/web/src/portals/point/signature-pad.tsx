import { type PointerEvent, type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** A box to sign in with a finger or a pen. That something was drawn stands at the canvas as `data-signed`. */
export function SignaturePad({ canvas }: { canvas: RefObject<HTMLCanvasElement | null> }) {
  const { t } = useTranslation('proxy')
  const [drawing, setDrawing] = useState(false)
  const at = (event: PointerEvent<HTMLCanvasElement>): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect()
    const scale = event.currentTarget.width / box.width
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale]
  }
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    const ink = event.currentTarget.getContext('2d')
    if (!ink) return
    event.currentTarget.setPointerCapture(event.pointerId)
    ink.lineWidth = 4
    ink.lineCap = 'round'
    ink.strokeStyle = '#111'
    ink.beginPath()
    ink.moveTo(...at(event))
    setDrawing(true)
  }
  const go = (event: PointerEvent<HTMLCanvasElement>) => {
    const ink = event.currentTarget.getContext('2d')
    if (!drawing || !ink) return
    ink.lineTo(...at(event))
    ink.stroke()
    event.currentTarget.dataset.signed = 'yes'
  }
  const clear = () => {
    const pad = canvas.current
    pad?.getContext('2d')?.clearRect(0, 0, pad.width, pad.height)
    delete pad?.dataset.signed
  }
  return (
    <div className="stack">
      <canvas
        ref={canvas}
        className="signature-pad"
        width={800}
        height={320}
        role="img"
        aria-label={t('visit.drawn')}
        onPointerDown={begin}
        onPointerMove={go}
        onPointerUp={() => setDrawing(false)}
      />
      <button type="button" className="button button-small" onClick={clear}>
        {t('visit.clear')}
      </button>
    </div>
  )
}
