import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHint } from '../find/use-hint.ts'
import { Go, useGo, useProgramme } from '../ui/go.tsx'
import { Glass } from '../ui/icons.tsx'

/** The first thing seen: drawn here and now, so that it waits for no answer. */
export function Hero() {
  const { t } = useTranslation('front')
  return (
    <section className="hero">
      <Fields />
      <div className="hero-words">
        <h1>{t('hero.title')}</h1>
        <p>{t('hero.lead')}</p>
        <Ask />
        <Go to="/find" className="hero-all">
          {t('hero.all')}
        </Go>
      </div>
    </section>
  )
}

function Ask() {
  const { t } = useTranslation('front')
  const go = useGo()
  const programme = useProgramme()
  const hint = useHint()
  const [text, setText] = useState('')
  const ask = (event: FormEvent) => {
    event.preventDefault()
    go('/find', text.trim() ? { search: { q: text.trim() } } : {})
  }
  return (
    <search>
      {/* asked before the scripts are there, the browser itself goes */}
      <form className="hero-ask" action={`/s/${programme}/find`} onSubmit={ask}>
        <label htmlFor="hero-q" className="unseen">
          {t('find.label')}
        </label>
        <input
          id="hero-q"
          name="q"
          type="search"
          autoComplete="off"
          value={text}
          placeholder={hint}
          onChange={event => setText(event.target.value)}
        />
        <button type="submit" className="button" aria-label={t('find.go')}>
          <Glass />
        </button>
      </form>
    </search>
  )
}

/** Hills, a sun and orchards in rows. */
function Fields() {
  return (
    <svg
      className="hero-fields"
      viewBox="0 0 800 360"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
    >
      <rect width="800" height="360" fill="#ffe3b3" />
      <circle cx="610" cy="120" r="78" fill="#ff9f45" />
      <circle cx="610" cy="120" r="112" fill="#ffb347" opacity="0.35" />
      <path d="M0 230C120 150 220 170 330 215S560 130 800 215V360H0z" fill="#b9cf7c" />
      <path d="M0 275C150 205 300 250 430 262S680 205 800 262V360H0z" fill="#86ad55" />
      <path d="M0 322c180-55 330-25 480-18s220-32 320-12v68H0z" fill="#4f8a3f" />
      {[60, 130, 205, 280, 520, 600, 680, 755].map((x, at) => (
        <g key={x} transform={`translate(${x} ${268 + (at % 3) * 12})`}>
          <path d="M-2 0h4v22h-4z" fill="#6b4423" />
          <circle r="20" cy="-8" fill="#3c7334" />
          <circle r="4.5" cx="-8" cy="-10" fill="#ff8a3d" />
          <circle r="4.5" cx="6" cy="-16" fill="#ffb347" />
          <circle r="4.5" cx="7" cy="0" fill="#ff8a3d" />
        </g>
      ))}
    </svg>
  )
}
