import { type Logger, pino } from 'pino'

/** Names under which secrets and personal data could reach a log line by accident. */
const REDACTED = [
  'token',
  'secret',
  'clientSecret',
  'accessToken',
  'session',
  'sessionWebhook',
  'ticket',
  'url',
  'text',
  'phone',
]

/** Structured lines on standard error: standard output stays free for what a command prints. */
export function createLog(level: string): Logger {
  const paths = REDACTED.flatMap(name => [name, `*.${name}`, `*.*.${name}`])
  return pino({ level, redact: { paths, censor: '[removed]' } }, pino.destination({ fd: 2, sync: false }))
}
