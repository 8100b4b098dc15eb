import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '../api/problem.ts'
import { Shell } from '../layout/shell.tsx'
import { useSignIn } from '../session/me.ts'
import { useLocalName, useProgrammes } from '../session/programme.ts'
import { Field } from '../ui/field.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/states.tsx'
import { inside } from './inside.ts'
import './sign-in.css'

export function SignInPage() {
  const { t } = useTranslation()
  return (
    <Shell kind="public">
      <div className="sign-in">
        <div className="sign-in-story">
          <p className="sign-in-verse">{t('signIn.verse')}</p>
          <p>{t('signIn.story')}</p>
          <Terraces />
        </div>
        <Page title={t('signIn.title')} lead={t('signIn.lead')}>
          <SignInForm />
          <LookAround />
        </Page>
      </div>
    </Shell>
  )
}

function SignInForm() {
  const { t } = useTranslation()
  const signIn = useSignIn()
  const navigate = useNavigate()
  const { to } = useSearch({ strict: false })
  const [checked, setChecked] = useState(false)
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const isDue = asProblem(signIn.error).code === 'sign_in.password_due' || newPassword !== ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (!username || !password) return focusFirst(username ? 'password' : 'username')
    const body = newPassword ? { username, password, newPassword } : { username, password }
    signIn.mutate(body, { onSuccess: () => void navigate({ href: inside(to) }) })
  }
  const missing = (value: string) => (checked && !value ? t('form.required') : undefined)
  return (
    <form className="card sign-in-form" onSubmit={submit} noValidate>
      {signIn.isError ? <ProblemNotice error={signIn.error} /> : null}
      <Field
        label={t('signIn.username')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={username}
        onChange={event => setUsername(event.target.value)}
        error={missing(username)}
      />
      <Field
        label={t('signIn.password')}
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={event => setPassword(event.target.value)}
        error={missing(password)}
      />
      {isDue ? (
        <Field
          label={t('signIn.new')}
          hint={t('signIn.new.hint')}
          name="newPassword"
          type="password"
          autoComplete="new-password"
          minLength={8}
          maxLength={128}
          required
          value={newPassword}
          onChange={event => setNewPassword(event.target.value)}
        />
      ) : null}
      <button type="submit" className="button button-main" disabled={signIn.isPending}>
        {t(signIn.isPending ? 'signIn.going' : 'signIn')}
      </button>
    </form>
  )
}

/** What anybody may see: the pavilion and the figures of each programme. */
function LookAround() {
  const { t } = useTranslation()
  const name = useLocalName()
  const { data: programmes = [] } = useProgrammes()
  if (programmes.length === 0) return null
  return (
    <section className="look">
      <h2>{t('look.title')}</h2>
      <ul>
        {programmes.map(programme => (
          <li key={programme.id}>
            <span>{name(programme)}</span>
            <Link to="/p/$programme/shop" params={{ programme: programme.id }}>
              {t('look.shop')}
            </Link>
            <Link to="/p/$programme/open/figures" params={{ programme: programme.id }}>
              {t('look.figures')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

const focusFirst = (name: string) => document.querySelector<HTMLInputElement>(`input[name=${name}]`)?.focus()

function Terraces() {
  return (
    <svg className="terraces" viewBox="0 0 400 180" preserveAspectRatio="none" aria-hidden="true">
      <path d="M0 70c80-60 150-50 220-14s110 30 180-16v140H0z" />
      <path d="M0 104c70-46 150-40 214-10s120 26 186-14v100H0z" />
      <path d="M0 136c80-36 150-30 220-6s110 20 180-12v62H0z" />
    </svg>
  )
}
