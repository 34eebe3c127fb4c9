import { containers } from '../words.ts'

export const trainMoves = {
  move: '🔁 Перегруз',
  came: (code: string, count: number) => `🔁 Перегружено с ${code}: ${containers(count)}`,
  gone: (code: string, count: number) => `🔁 Перегружено на ${code}: ${containers(count)}`,
  askNumbers: (code: string) =>
    `Какие контейнеры поезда ${code} едут другим поездом? Пришлите номера, можно столбцом из Excel. Передумали: /cancel`,
  badNumbers: (most: number) => `Не вижу номеров контейнеров. Пришлите их текстом, не больше ${most} за раз.`,
  noneHere: (code: string) => `Этих контейнеров нет в поезде ${code}. Проверьте номера.`,
  askTrain: (count: number) => `${containers(count)}. На какой поезд? Например: К25-074`,
  badTrain: 'Пришлите код другого поезда целиком, например К25-074.',
  noTrain: (code: string) => `Списка поезда ${code} у меня нет. Заведите его в /trains или пришлите другой код.`,
  preview: (from: string, to: string, count: number) =>
    `🔁 <b>Перегруз ${from} → ${to}</b>\nПерейдёт ${containers(count)}:`,
  more: (count: number) => `… и ещё ${count}`,
  sizes: (from: string, left: number, to: string, there: number) =>
    `Станет: ${from}, ${containers(left)}; ${to}, ${containers(there)}.`,
  absent: (numbers: string) => `Нет в поезде: ${numbers}`,
  elsewhere: (numbers: string) => `Уже в другом поезде по более новому списку: ${numbers}`,
  staysMoved:
    'Если список прежнего поезда придёт ещё раз, контейнеры останутся на новом. Вернуть их можно таким же перегрузом обратно.',
  confirm: (count: number) => `🔁 Перегрузить, ${containers(count)}`,
  drop: 'Не перегружать',
  dropped: 'Хорошо, ничего не меняю.',
  changed: 'Список поезда успел измениться',
  done: (from: string, to: string, count: number) => `✅ Перегруз ${from} → ${to}: ${containers(count)}.`,
}
