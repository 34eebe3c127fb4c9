import { expect, test } from 'vitest'
import { operationInSentence, operationName, roadName, stationName, stockName } from './names.ts'
import { properName } from './proper-name.ts'
import { transliterate } from './transliterate.ts'

test.each([
  ['СЕЛЯТИНО', 'Селятино', 'Selyatino'],
  ['Селятино', 'Селятино', 'Selyatino'],
  ['УЛАН-УДЭ', 'Улан-Удэ', 'Ulan-Ude'],
  ['ЧИТА I', 'Чита I', 'Chita I'],
  ['ХАБАРОВСК II', 'Хабаровск II', 'Khabarovsk II'],
  ['САНКТ-ПЕТЕРБУРГ-ТОВАРНЫЙ-ВИТЕБСКИЙ', 'Санкт-Петербург-Товарный-Витебский', 'Sankt-Peterburg-Tovarny-Vitebsky'],
  ['ЕКАТЕРИНБУРГ-СОРТ.', 'Екатеринбург-Сорт.', 'Yekaterinburg-Sort.'],
  ['РОСТОВ-НА-ДОНУ', 'Ростов-на-Дону', 'Rostov-na-Donu'],
  ['СТ. ОСКОЛ', 'Ст. Оскол', 'St. Oskol'],
  ['ИМ. ГАЗЕТЫ ТРУД', 'Им. Газеты Труд', 'Im. Gazety Trud'],
  ['ЗАВОД ИМ. КИРОВА', 'Завод им. Кирова', 'Zavod im. Kirova'],
  ['РАЗЪЕЗД 9 КМ', 'Разъезд 9 км', 'Razyezd 9 km'],
  ['142 КМ', '142 км', '142 km'],
  ['НАХОДКА-ВОСТОЧНАЯ (ЭКСП.)', 'Находка-Восточная (эксп.)', 'Nakhodka-Vostochnaya (eksp.)'],
  [
    'КРАСНОЯРСК-ВОСТОЧНЫЙ (ЭКСП. НА КНР)',
    'Красноярск-Восточный (эксп. на КНР)',
    'Krasnoyarsk-Vostochny (eksp. na KNR)',
  ],
  ['ЧИТА (ГРУЗ.)', 'Чита (груз.)', 'Chita (gruz.)'],
  ['СЕЛЯТИНО (МОСК)', 'Селятино (Моск)', 'Selyatino (Mosk)'],
  ['МСК-1', 'МСК-1', 'MSK-1'],
  ['ТРОИЦКАЯ ГРЭС', 'Троицкая ГРЭС', 'Troitskaya GRES'],
  ['ОРЕХОВО-ЗУЕВО', 'Орехово-Зуево', 'Orekhovo-Zuyevo'],
  ['ЯЯ', 'Яя', 'Yaya'],
  ['ПАРК Б', 'Парк Б', 'Park B'],
  ['MANZHOULI', 'Manzhouli', 'Manzhouli'],
  ['', '', ''],
])('the station %j is %j, in English %j', (written, russian, english) => {
  expect([stationName(written, 'ru'), stationName(written, 'en')]).toEqual([russian, english])
})

test('English has names of its own for the roads', () => {
  expect(roadName('ВОСТОЧНО-СИБИРСКАЯ', 'ru')).toBe('Восточно-Сибирская')
  expect(roadName('ВОСТОЧНО-СИБИРСКАЯ', 'en')).toBe('East Siberian Railway')
  expect(roadName('ЗАБ', 'en')).toBe('Zab')
  expect(roadName('УЛАН-БАТОРСКАЯ', 'en')).toBe('Ulan-Batorskaya')
})

test.each([
  ['Отправление вагона со станции (2)', 'Отправление вагона со станции (2)', 'Wagon departed from the station (2)'],
  ['БРОСАНИЕ ПОЕЗДА', 'Бросание поезда', 'Train held en route'],
  ['Подъём поезда', 'Подъём поезда', 'Held train on the move again'],
  ['Выдача контейнера получателю (49)', 'Выдача контейнера получателю (49)', 'Released to the consignee (49)'],
  ['Завоз контейнера(73)', 'Завоз контейнера(73)', 'Haulage in by truck (73)'],
  ['Обмыв вагона (77)', 'Обмыв вагона (77)', 'Obmyv vagona (77)'],
  ['constructor', 'constructor', 'constructor'],
])('the operation %j is %j, in English %j', (written, russian, english) => {
  expect([operationName(written, 'ru'), operationName(written, 'en')]).toEqual([russian, english])
})

test('an operation within a sentence has no capital, but for abbreviations', () => {
  const inside = (text: string) => [operationInSentence(text, 'ru'), operationInSentence(text, 'en')]
  expect(inside('Отправление вагона со станции (2)')).toEqual([
    'отправление вагона со станции (2)',
    'wagon departed from the station (2)',
  ])
  expect(operationInSentence('АГР прибытие', 'ru')).toMatch(/^АГР/)
})

test.each([
  ['Отправка по жд Сток 2', 'сток 2, отправка по ж/д', 'stock 2, dispatch by rail'],
  ['Сток 1', 'сток 1', 'stock 1'],
  ['Экспорт', 'сток Экспорт', 'stock Eksport'],
])('the stock %j is %j, in English %j', (written, russian, english) => {
  expect([stockName(written, 'ru'), stockName(written, 'en')]).toEqual([russian, english])
})

test('Latin letters are all that stays of Cyrillic ones, in the case of the word', () => {
  expect(transliterate('Щука, ЩУКА, съезд, подъём, Ёлка, новый, Бий')).toBe(
    'Shchuka, SHCHUKA, syezd, podyom, Yolka, novy, By',
  )
  const alphabet = 'АаБбВвГгДдЕеЁёЖжЗзИиЙйКкЛлМмНнОоПпРрСсТтУуФфХхЦцЧчШшЩщЪъЫыЬьЭэЮюЯя'
  expect(transliterate(Array.from(alphabet).join(' '))).not.toMatch(/\p{Script=Cyrillic}/u)
})

test('a name that is one stays as it is', () => {
  for (const name of ['Ростов-на-Дону', 'Красноярск-Восточный (эксп. на КНР)', 'Разъезд 9 км']) {
    expect(properName(name)).toBe(name)
    expect(properName(name.toUpperCase())).toBe(name)
  }
})
