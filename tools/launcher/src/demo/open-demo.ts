import { access, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { companies, type Db, people } from '@atermtrack/data'
import type { Language } from '@atermtrack/messages'
import type { PersonHandle, Sandbox } from '@atermtrack/sandbox'
import { partnerReport } from './partner-report.ts'

/** A client of the simulated world, whose containers a company sees. */
const client = { inn: '2500000017', name: null }
const companyNames: Readonly<Record<Language, string>> = { ru: 'Снежный Мыс', en: 'Snow Cape' }
const hourMs = 3_600_000

/**
 * Prepares what an admin can try at once, the first time only: the second person of the sandbox has access, the third has none, and there
 * is a company. Whatever has been decided since stays.
 */
export async function openDemo(db: Db, sandbox: Sandbox, language: Language): Promise<void> {
  const [admin, colleague] = sandbox.persons()
  if (!admin || !colleague || (await people.findByTelegramId(db, colleague.id))) return
  // The notice about a file comes before the admin has written, and in their language.
  await people.ensure(db, profileOf(admin, language))
  await people.ensure(db, profileOf(colleague, language))
  await people.grant(db, colleague.id, 'viewer')
  const company = await companies.insert(db, companyNames[language])
  if (company) await companies.addClient(db, company.id, client)
}

/** Puts a file into the drop folder whose layout nobody knows, so that it waits for an admin; once. */
export async function writePartnerReport(dir: string, language: Language): Promise<void> {
  const { fileName, content } = await partnerReport(language)
  const path = join(dir, fileName)
  if (
    await access(path).then(
      () => true,
      () => false,
    )
  )
    return
  await writeFile(path, content)
  const mailedAt = new Date(Date.now() - hourMs)
  await utimes(path, mailedAt, mailedAt)
}

function profileOf({ id, user }: PersonHandle, language: Language): people.TelegramProfile {
  return {
    telegramId: id,
    firstName: user.first_name,
    lastName: null,
    username: user.username ?? null,
    language,
  }
}
