import { readFile } from 'node:fs/promises'
import { cellText } from '@atermtrack/domain'
import { simpleParser } from 'mailparser'
import { expect, test } from 'vitest'
import { listArchivedWorkbooks } from './zip/list-archived-workbooks.ts'
import { readRows, type SheetRows } from './workbook-rows.test-helper.ts'

const samples = new URL('../../testkit/samples/', import.meta.url)

interface Fact {
  readonly mail: string
  readonly rows: number
  readonly container: string
  readonly wagon: string
}

async function readAttachment(mail: string): Promise<Buffer> {
  const { attachments } = await simpleParser(await readFile(new URL(mail, samples)))
  return attachments[0]!.content
}

async function readFacts(): Promise<readonly Fact[]> {
  const text = await readFile(new URL('facts.json', samples), 'utf8')
  return (JSON.parse(text) as { readonly odd: readonly Fact[] }).odd
}

/** Places of a container's cell and its wagon's in a row behind the header. */
function findColumns(rows: SheetRows): { container: number; wagon: number; header: number } {
  for (const [row, cells] of Object.entries(rows)) {
    const container = cells.indexOf('Номер контейнера')
    if (container !== -1) return { container, wagon: cells.indexOf('Номер вагона'), header: Number(row) }
  }
  throw new Error('no header')
}

test.each(['05-zipped', '09-html-as-xls', '13-cp1251-semicolon-csv', '14-legacy-biff8-xls'])(
  'reads the sample %s to its last row',
  async (name) => {
    const fact = (await readFacts()).find(({ mail }) => mail === `odd/${name}.eml`)!
    const file = await readAttachment(fact.mail)
    const archived = await listArchivedWorkbooks(file)
    expect(archived?.map((workbook) => workbook.name)).toEqual(name === '05-zipped' ? ['103_zip.xlsx'] : undefined)
    const rows = await readRows(archived?.[0]?.content ?? file)
    const { container, wagon, header } = findColumns(rows)
    const found = Object.entries(rows).filter(([row, cells]) => Number(row) > header && cells[container] !== undefined)
    expect(found).toHaveLength(fact.rows)
    expect(
      found.filter(([, cells]) => cells[container] === fact.container).map(([, cells]) => cellText(cells[wagon])),
    ).toEqual([fact.wagon])
  },
)

test('refuses the sample that was cut off as such', async () => {
  const file = await readAttachment('odd/08-truncated-xlsx.eml')
  expect(await listArchivedWorkbooks(file)).toBeUndefined()
  await expect(readRows(file)).rejects.toMatchObject({ reason: 'truncated' })
})
