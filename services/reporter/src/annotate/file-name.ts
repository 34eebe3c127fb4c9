import { type WallTime } from '@atermtrack/domain'
import { annotationTexts as texts, type Language } from '@atermtrack/messages'

const longest = 100
const packages = /\.(?:xlsx|xlsm|xltx|xltm)$/i
// Characters that Windows, a shell or a mail header does not accept.
const unsafe = /[\\/:*?"<>|\p{Cc}\p{Cf}]/gu

export interface Naming {
  readonly language: Language
  /** The day in the name. */
  readonly wall: WallTime
}

export interface FileNameOptions extends Naming {
  /** The package is still of the kind in the name. */
  readonly isKept: boolean
}

/** `Мои контейнеры + статусы 2026-11-22.xlsx`; what an earlier annotation has put into the name goes. */
export function annotatedFileName(name: string, { isKept, ...naming }: FileNameOptions): string {
  return composed(name, (isKept ? packages.exec(name)?.[0] : undefined) ?? '.xlsx', naming)
}

/** The same for a zip of such files. */
export function annotatedArchiveName(name: string, naming: Naming): string {
  return composed(name, '.zip', naming)
}

function composed(name: string, extension: string, { language, wall }: Naming): string {
  const end = ` + ${texts[language].suffix} ${wall.slice(0, 10)}${extension}`
  const start = name
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(earlier, '')
    .replace(unsafe, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return (
    start
      .slice(0, longest - end.length)
      .replace(/\p{Cs}/gu, '')
      .trim() + end
  )
}

const earlier = new RegExp(
  `(?: \\+ (?:${Object.values(texts)
    .map(({ suffix }) => suffix)
    .join('|')}) \\d{4}-\\d{2}-\\d{2})+$`,
)
