import { duration, number, plural } from '../words.ts'
import type { health as ru } from '../../ru/operations/health.ts'

export const health: typeof ru = {
  command: 'Health: servers, services, queues, fresh data',
  title: (time) => `🩺 <b>Health</b>, ${time}`,
  servers: '<b>Servers</b>',
  services: '<b>Services</b>',
  sources: '<b>Data</b>',
  queues: '<b>Queues</b>',
  names: {
    database: 'Database',
    redis: 'Redis',
    telegram: 'Telegram',
    mailbox: 'Incoming mail',
    smtp: 'Outgoing mail',
  },
  serviceNames: { bot: 'bot', ingester: 'intake of files', reporter: 'reports' },
  ms: (ms) => `${number(ms)} ms`,
  failed: 'does not work',
  silent: (ms) => `no answer for ${number(ms / 1000)} s`,
  login: (ms) => `login in ${number(ms)} ms`,
  seen: (seconds) => `checked ${span(seconds)} ago`,
  failingSince: (time) => `cannot be read since ${time}`,
  loginRefused: 'the server does not accept the password',
  notSet: 'not set up, or not known yet',
  databaseSize: (size) => `takes ${size}`,
  schema: (name) => `schema ${name}`,
  schemaMissing: (count) => `⚠️ the schema lacks ${count} ${plural(count, { one: 'change', other: 'changes' })}`,
  running: (minutes) => `running for ${duration(minutes)}`,
  lastSeen: (seconds) => `not seen for ${span(seconds)}`,
  disk: (free, size) => `${free} of ${size} free`,
  broken: (parts) => `does not work: ${parts}`,
  none: (service) => `${service}: no copy is running`,
  newest: (time, age) => `${time}, ${age} ago`,
  noReports: 'no reports yet',
  noSources: 'No file has been accepted yet.',
  others: (count) => `… and ${count} more`,
  waiting: (count) => `${number(count)} waiting`,
  oldest: (age) => `the oldest for ${age}`,
  failedJobs: (count) => `${number(count)} failed within a week`,
  noWorker: 'no worker',
  allEmpty: 'All are empty.',
  othersEmpty: 'The others are empty.',
  jobsUnknown: 'Redis did not answer, so only what waits in the database is shown.',
  refresh: '🔄 Refresh',
}

function span(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : duration(Math.floor(seconds / 60))
}
