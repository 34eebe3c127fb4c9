import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeOwnFolder, serverAccount } from './account.ts'
import { ensureCommand } from './ensure-command.ts'
import { imapCommand, type ImapLogin, quote } from './imap-connection.ts'
import { openServer, type Server } from './open-server.ts'
import { probe } from './probe.ts'
import { startServerProcess } from './server-process.ts'

const run = promisify(execFile)

export type MailUser = { readonly user: string; readonly password: string }

export type AppendOptions = {
  readonly mailbox?: string
  readonly internalDate?: Date
  /** IMAP flags such as `\Seen`. */
  readonly flags?: readonly string[]
}

/** One user's mail on the server. */
export type MailAccount = MailUser & {
  /** Puts a message (CRLF lines) into a mailbox, INBOX by default, and returns its UID. */
  readonly append: (message: Buffer, options?: AppendOptions) => Promise<number>
  /** Mailbox names are ASCII, with "." between levels. */
  readonly createMailbox: (mailbox: string) => Promise<void>
  /** Makes the mailbox forget its UIDs, as after a restored backup: same messages, new UIDVALIDITY and new UIDs. */
  readonly resetUidValidity: (mailbox: string) => Promise<void>
}

/** The server and the account of its first user. */
export type DovecotServer = Server &
  MailAccount & {
    /** Opens the account of one more user, empty. */
    readonly openAccount: () => MailAccount
  }

/** Anybody of this domain has an account. Dovecot reads a changed file of users only once a second, which is too late for a test. */
const openDomain = { name: 'open.example.test', password: 'secret' }

/** Installs Dovecot where it is missing, which takes a while: call it ahead of anything with a time limit. */
export function ensureDovecot(): Promise<string> {
  return ensureCommand({ command: 'dovecot', debianPackage: 'dovecot-imapd' })
}

/** Starts an IMAP server (Dovecot 2.3, plain text, Maildir) on 127.0.0.1 in a temporary folder that goes at dispose. */
export async function startDovecot({ users }: { readonly users?: readonly MailUser[] } = {}): Promise<DovecotServer> {
  const command = await ensureDovecot()
  const [owner = { user: 'robot@example.test', password: 'secret' }, ...others] = users ?? []
  const folder = await makeMailFolder([owner, ...others])
  const server = await openServer({
    launch: (port) => launchDovecot(command, folder, port),
    temporaryFolder: folder,
    discard: (process) => process.kill9(),
  })
  const place = { port: server.port, folder }
  return {
    ...server,
    ...accountOf(owner, place),
    openAccount: () => accountOf({ user: `${randomUUID()}@${openDomain.name}`, password: openDomain.password }, place),
  }
}

function accountOf(user: MailUser, { port, folder }: { readonly port: number; readonly folder: string }): MailAccount {
  const login = { port, ...user }
  return {
    ...user,
    append: (message, options) => append(login, message, options),
    async createMailbox(mailbox) {
      await imapCommand(login, `CREATE ${quote(mailbox)}`)
    },
    resetUidValidity: (mailbox) => forgetUids(join(folder, 'mail', user.user), mailbox),
  }
}

async function append(login: ImapLogin, message: Buffer, options: AppendOptions = {}) {
  const { mailbox = 'INBOX', internalDate, flags = [] } = options
  const date = internalDate ? ` "${toImapDate(internalDate)}"` : ''
  const answer = await imapCommand(login, `APPEND ${quote(mailbox)} (${flags.join(' ')})${date}`, message)
  const uid = /\[APPENDUID \d+ (\d+)\]/.exec(answer)?.[1]
  if (uid === undefined) throw new Error(`IMAP gave no UID: ${answer}`)
  return Number(uid)
}

/** `2026-11-22T08:05:00Z` → `22-Nov-2026 08:05:00 +0000`. */
function toImapDate(date: Date): string {
  const [, day, month, year, time] = date.toUTCString().split(' ')
  return `${day}-${month}-${year} ${time} +0000`
}

async function forgetUids(maildir: string, mailbox: string): Promise<void> {
  const folder = mailbox === 'INBOX' ? maildir : join(maildir, `.${mailbox}`)
  const files = (await readdir(folder)).filter((file) => /^dovecot(-uidlist$|\.index)/.test(file))
  await Promise.all(files.map((file) => rm(join(folder, file))))
}

async function launchDovecot(command: string, folder: string, port: number) {
  const configFile = join(folder, 'dovecot.conf')
  await writeFile(configFile, await configuration(folder, port))
  return startServerProcess({
    name: 'Dovecot',
    command,
    args: ['-F', '-c', configFile],
    logFile: join(folder, 'dovecot.log'),
    stopSignal: 'SIGTERM',
    isReady: async () => (await probe(port)).toString().includes(folder),
  })
}

async function makeMailFolder(users: readonly MailUser[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'atermtrack-dovecot-'))
  await chmod(folder, 0o755)
  await makeOwnFolder(join(folder, 'mail'), await mailAccount())
  const lines = users.map(({ user, password }) => `${user}:{PLAIN}${password}::::::\n`)
  await writeFile(join(folder, 'users'), lines.join(''))
  return folder
}

/** Dovecot never delivers to root. */
async function mailAccount() {
  return (await serverAccount(['nobody'])) ?? userInfo()
}

async function configuration(folder: string, port: number): Promise<string> {
  const { uid, gid } = await mailAccount()
  return `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = /dev/stderr
login_greeting = ${folder}
auth_failure_delay = 0
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:${folder}/mail/%u
mail_max_userip_connections = 100
first_valid_uid = ${uid}
first_valid_gid = ${gid}
${process.getuid?.() === 0 ? '' : await ownAccountSettings()}
namespace inbox {
  inbox = yes
  separator = .
}
passdb {
  driver = passwd-file
  args = ${folder}/users
}
passdb {
  driver = static
  args = password=${openDomain.password}
  username_filter = *@${openDomain.name}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
  # Without it a refused login does not delay the next ones from the same address.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
`
}

/** Without root Dovecot cannot change users, so all its parts run as we do. */
async function ownAccountSettings(): Promise<string> {
  const { username } = userInfo()
  const { stdout: group } = await run('id', ['-gn'])
  return `default_internal_user = ${username}\ndefault_login_user = ${username}\ndefault_internal_group = ${group.trim()}`
}
