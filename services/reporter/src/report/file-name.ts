import type { WallTime } from '@atermtrack/domain'

const longest = 100
// Characters that Windows, a shell or a mail header does not accept.
const unsafe = /[\\/:*?"<>|\p{Cc}\p{Cf}]/gu

/** `Дислокация Новосибирск 22.11.2026 09-00.xlsx`, at most 100 characters. */
export function reportFileName(title: string, name: string | undefined, wall: WallTime): string {
  return fileName(title, name, wall, '.xlsx')
}

/** `Статистика 22.11.2026 09-00.png`. */
export function pictureFileName(title: string, wall: WallTime): string {
  return fileName(title, undefined, wall, '.png')
}

function fileName(title: string, name: string | undefined, wall: WallTime, extension: '.xlsx' | '.png'): string {
  const [year, month, day] = [wall.slice(0, 4), wall.slice(5, 7), wall.slice(8, 10)]
  const end = ` ${day}.${month}.${year} ${wall.slice(11, 13)}-${wall.slice(14, 16)}${extension}`
  const start = `${title} ${name ?? ''}`.replace(unsafe, ' ').replace(/\s+/g, ' ')
  return (
    start
      .slice(0, longest - end.length)
      .replace(/\p{Cs}/gu, '')
      .trim() + end
  )
}
