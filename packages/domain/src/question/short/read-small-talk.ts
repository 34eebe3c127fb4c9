import { wordsOf } from '../words.ts'

/** The meaning of a message that asks for nothing in particular; `own` asks for the person's own lists, `trains` for all trains. */
export type SmallTalk = 'greeting' | 'thanks' | 'help' | 'own' | 'trains'

const whom = '(?: (?:всем|вам|тебе|ребят\\p{L}*|коллег\\p{L}*|бот|друзья|all|there|bot|again|everyone))?'
const agreed = 'ок|окей|ok|okay|хорошо|отлично|супер|понял\\p{L}?|понятно|принято|ясно|got it|great'
const patterns: readonly (readonly [SmallTalk, RegExp])[] = [
  [
    'greeting',
    whole(
      `(?:здравствуй(?:те)?|здрав?сте|привет\\p{L}*|добр\\p{L}{1,3} (?:день|дня|утро|утра|вечер|вечера|времени суток)|hello|hi|hey|good (?:morning|day|afternoon|evening))${whom}`,
    ),
  ],
  [
    'thanks',
    whole(
      `(?:(?:${agreed}) )?(?:(?:большое|огромное) )?(?:спасиб\\p{L}*|пасиб\\p{L}*|спс|благодар\\p{L}+|thanks?|thank you|thx)(?: (?:большое|огромное|a lot|very much|so much))?${whom}|${agreed}`,
    ),
  ],
  [
    'help',
    whole(
      '(?:помощь|помоги(?:те)?|справка|help|что (?:ты )?(?:умеешь|можешь)|как (?:тут )?(?:спросить|искать)|команды|what can (?:you do|i ask))',
    ),
  ],
  ['trains', whole('(?:все |список |покажи |какие |show |list |all )*(?:поезд|поезда|поездов|поезда есть|trains?)')],
  [
    'own',
    whole(
      '(?:(?:где|покажи|покажите|что|как|where are|show)(?: (?:с|там|все|all))? )?(?:мо[йияе]|моими?|наши?|my|our) (?:контейнер\\p{L}*|груз\\p{L}*|список|списки|подписк\\p{L}*|containers?|boxes|box|lists?|cargo)(?: (?:сейчас|now))?',
    ),
  ],
]

/** Recognises a greeting, thanks, a call for help or for one's own lists; undefined when a text is none of them. */
export function readSmallTalk(text: string): SmallTalk | undefined {
  const said = wordsOf(text.slice(0, longestText))
    .map((word) => word.text)
    .join(' ')
  if (said === '' || text.length > longestText) return undefined
  return patterns.find(([, pattern]) => pattern.test(said))?.[0]
}

/** A longer message is a question. */
const longestText = 80

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'u')
}
