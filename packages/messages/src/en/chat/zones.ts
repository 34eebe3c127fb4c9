import type { zoneCities as ru } from '../../ru/chat/zones.ts'

export const zoneCities: typeof ru = {
  'Europe/Kaliningrad': 'Kaliningrad',
  'Europe/Moscow': 'Moscow',
  'Europe/Samara': 'Samara',
  'Asia/Yekaterinburg': 'Yekaterinburg',
  'Asia/Omsk': 'Omsk',
  'Asia/Novosibirsk': 'Novosibirsk',
  'Asia/Krasnoyarsk': 'Krasnoyarsk',
  'Asia/Irkutsk': 'Irkutsk',
  'Asia/Yakutsk': 'Yakutsk',
  'Asia/Vladivostok': 'Vladivostok',
  'Asia/Magadan': 'Magadan',
  'Asia/Kamchatka': 'Kamchatka',
}
