import { bold } from '../../format/html.ts'
import { containers, plural } from '../words.ts'

const names = 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' ')

/** The register of late deliveries: its workbook, its captions, and the dialog about it. */
export const lateRegister = {
  command: 'Реестр просрочек для претензий',
  /** `month` is `YYYY-MM-01`. */
  month: (month: string) => `${names[Number(month.slice(5, 7)) - 1] ?? ''} ${month.slice(0, 4)}`,
  title: 'Реестр просрочек',
  heading: (about: string) => (about === '' ? 'Реестр просрочек' : `Реестр просрочек: ${about}`),
  sheets: { late: 'Просрочки', overdue: 'Ещё в пути', proofs: 'Подтверждения' },
  columns: {
    waybill: 'Накладная',
    containers: 'Контейнеры',
    count: 'Контейнеров',
    origin: 'Станция отправления',
    destination: 'Станция назначения',
    consignor: 'Грузоотправитель',
    consignee: 'Грузополучатель',
    due: 'Нормативный срок',
    days: 'Просрочка, сут',
    claimUntil: 'Претензия до',
    container: 'Контейнер',
    fact: 'Что подтверждает',
    file: 'Файл',
    sender: 'От кого',
    row: 'Строка',
  },
  departed: (zone: string) => `Отправлен (${zone})`,
  arrived: (zone: string) => `Прибыл (${zone})`,
  received: (zone: string) => `Файл получен (${zone})`,
  facts: { due: 'нормативный срок', arrived: 'прибытие' },
  found: (waybills: number, boxes: number, days: number) =>
    `${waybills} ${plural(waybills, { one: 'накладная', few: 'накладные', many: 'накладных' })}, ${containers(boxes)}, вместе ${days} ${plural(days, { one: 'сутки', few: 'суток', many: 'суток' })} просрочки`,
  overdue: (waybills: number) => `Ещё не прибыли после срока: ${waybills} (отдельный лист)`,
  firstClaim: (day: string) => `Первый срок претензии: до ${day}`,
  counted: 'День нормативного срока просрочкой не считается, начатые сутки считаются целыми.',
  cut: (most: number) => `Показаны первые ${most} рейсов.`,
  attached: 'Реестр во вложении.',
  empty: (about: string) => `✅ ${about === '' ? 'Просрочек' : `${bold(about)}: просрочек`} нет.`,
  preparing: 'Готовлю реестр, пришлю сюда',
  intro:
    '📑 <b>Реестр просрочек</b>\nНакладные, по которым груз пришёл позже нормативного срока: файл для претензии к перевозчику. За какой месяц прислать?',
  whose: (company: string) => `Компания: ${company}`,
  everybody: 'все',
  unknownCompany: (name: string) => `Компании «${name}» не нашёл. Выберите из списка:`,
  wishes: (isOn: boolean, what: 'monthly' | 'warned') =>
    `${isOn ? '✅' : '▫️'} ${what === 'monthly' ? 'Присылать 1-го числа' : 'Предупреждать о сроке претензий'}`,
  saved: 'Сохранено',
  back: '‹ Назад',
  forth: 'Дальше ›',
  warning: (waybills: number, from: string, until: string) =>
    `⏳ <b>Заканчивается срок претензий</b>\nПо ${waybills} ${plural(waybills, { one: 'накладной', few: 'накладным', many: 'накладным' })} с просрочкой доставки претензию можно предъявить до ${from === until ? from : `${from} – ${until}`}.`,
  warningMore: (count: number) => `…и ещё ${count}`,
  warningLine: (waybill: string, days: number, until: string) => `• ${waybill}: ${days} сут, до ${until}`,
  noWaybill: 'без накладной',
  order: (month: string) => `📑 Реестр за ${month}`,
}
