import { wordsOf } from '../words.ts'

const any = '\\p{L}*'
const departs = `отправ(?:ится|ятся|ят|им|ляется|ляются)|у(?:йдет|йдут|едет|едут)|вы(?:йдет|йдут|едет|едут)|поедет|поедут|(?:план${any} )(?:отправ${any}|погрузк${any})|отправк${any} (?:на )?(?:завтра|послезавтра|сегодня|неделе)|(?:will|going to|about to) (?:leave|depart|be (?:dispatched|shipped))|departs?|leaves?|departing|planned departures?`
const asked = new RegExp(`(?:^| )(?:${departs})(?= |$)`, 'u')
const longestText = 120

/** Whether a text asks what is going to depart, which no report says: «что отправится завтра». */
export function readPlans(text: string): boolean {
  if (text.length > longestText) return false
  return asked.test(
    wordsOf(text)
      .map((word) => word.text)
      .join(' '),
  )
}
