import { createHash } from 'node:crypto'
import { annotations, type Db, storedFiles } from '@atermtrack/data'
import { readLedger } from '@atermtrack/testkit'
import excel from 'exceljs'
import { aPerson, aProvedAddress } from '../../test/seed.ts'

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
/** The stamp of a fresh report. */
export const stamp = new Date(Math.floor(Date.now() / minute) * minute - hour)

/** A wall time of Moscow as a cell has it, some hours after the stamp. */
export function moscowCell(hours = 0): Date {
  return new Date(stamp.getTime() + (3 + hours) * hour)
}

/** The day of a cell. */
export function dayOf(cell: Date): Date {
  return new Date(Math.floor(cell.getTime() / day) * day)
}

/** The name of a file without the day on which it was completed. */
export function undated(name: string | null | undefined): string | undefined {
  return name?.replace(/\d{4}-\d{2}-\d{2}/, '<day>')
}

interface Brought {
  readonly content: Buffer
  readonly fileName?: string
  readonly language?: 'ru' | 'en'
  readonly companyId?: number
}

export async function bring(
  db: Db,
  { content, fileName = 'Мои контейнеры.xlsx', language = 'ru', companyId }: Brought,
) {
  const { id: personId, telegramId: chatId } = await aPerson(db, { language })
  if (companyId !== undefined) await db.updateTable('person').set({ companyId, role: 'viewer' }).execute()
  await aProvedAddress(db, personId, 'anna@example.test')
  const sha256 = createHash('sha256').update(content).digest()
  await storedFiles.store(db, { sha256, content })
  return { ...(await annotations.insert(db, { personId, chatId, fileName, sha256 })), chatId }
}

export async function aWorkbook(rows: readonly (readonly (string | number)[])[]): Promise<Buffer> {
  const workbook = new excel.Workbook()
  workbook.addWorksheet('Лист1').addRows(rows.map((row) => [...row]))
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

export async function getReport(db: Db, id: number) {
  return db
    .selectFrom('report')
    .select(['status', 'reason', 'content', 'rowCount', 'missing', 'asOf', 'fileName'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

export async function cellsOf(content: Buffer | null): Promise<readonly unknown[][]> {
  const workbook = new excel.Workbook()
  await workbook.xlsx.load(content as never)
  const rows: unknown[][] = []
  workbook.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)))
  return rows
}

export async function listDeliveries(db: Db) {
  const rows = await readLedger(db)
  return rows.map(({ channel, kind, chatId, text, reportId }) => ({ channel, kind, chatId, text, reportId }))
}

export const table = [
  ['Клиент', 'Контейнер'],
  ['Ромашка', 'MSKU6011672'],
  ['Лютик', 'CSQU3054383'],
  ['Лютик', 'MSKU601167'],
] as const
