import { createTransport } from 'nodemailer'
import { callHook, type Hook, type HookOptions, undelivered } from './webhook.ts'

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** The ways out of the house. One that an installation does not have is undefined: what it would carry stays in-app. */
export interface Channels {
  readonly mail: ((mail: Mail) => Promise<void>) | undefined
  readonly hook: (hook: Hook) => Promise<void>
  /** By whoever the operator has a contract with; there is none of our own. */
  readonly sms: ((to: string, text: string) => Promise<void>) | undefined
}

export interface ChannelConfig extends HookOptions {
  /** `smtps://user:password@host:465`, or `smtp://…:587` which must offer STARTTLS unless it is loopback. */
  readonly smtpUrl?: string | undefined
  readonly mailFrom?: string | undefined
  readonly sms?: Channels['sms']
}

export function channelsOf({ smtpUrl, mailFrom, sms, ...hooks }: ChannelConfig): Channels {
  return {
    mail: smtpUrl && mailFrom ? mailer(smtpUrl, mailFrom) : undefined,
    hook: hook => callHook(hook, hooks),
    sms,
  }
}

function mailer(url: string, from: string): Channels['mail'] {
  const { hostname, protocol } = new URL(url)
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
  const transport = createTransport({
    ...partsOf(new URL(url)),
    secure: protocol === 'smtps:',
    requireTLS: !isLoopback,
    ignoreTLS: isLoopback,
    connectionTimeout: 10_000,
    socketTimeout: 20_000,
  })
  return async ({ to, subject, text }) => {
    try {
      // plain text only: nothing that a reader's program fetches or runs
      await transport.sendMail({ from, to, subject, text, disableFileAccess: true, disableUrlAccess: true })
    } catch (error) {
      throw undelivered(`mail_${(error as { code?: string }).code ?? 'failed'}`.toLowerCase())
    }
  }
}

const partsOf = ({ hostname, port, protocol, username, password }: URL) => ({
  host: hostname.replace(/^\[|\]$/g, ''),
  port: Number(port) || (protocol === 'smtps:' ? 465 : 587),
  ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
})
