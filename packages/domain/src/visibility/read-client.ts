const forms = 'ооо|оао|зао|пао|нао|ао|ип|тоо|фгуп|муп|llc|ltd|jsc'
const leads =
  '(?:контейнер\\p{L}*|ктк|груз\\p{L}*|бокс\\p{L}*|вс[её]|что|где|покаж\\p{L}*|есть|у|для|от|по|мне|containers?|boxes|cargo|show|all|of|for|the|where|are)'
const clientWord = '(?:клиент\\p{L}*|получател\\p{L}*|грузополучател\\p{L}*|client|consignee)'
const name = '["«“„]?([\\p{L}\\d][\\p{L}\\d .,&"«»“”„\'’–-]{1,59}?)["»”]?'
const asked = new RegExp(
  `^(?:${leads}\\s+){0,5}(?:(?:${clientWord}\\s+)?((?:${forms})\\s*${name})|${clientWord}\\s+${name})\\s*[?.!]?$`,
  'iu',
)
const longestText = 120

/** The client in a question such as «контейнеры ООО Ромашка»; undefined for a text about something else. */
export function readClient(text: string): string | undefined {
  if (text.length > longestText) return undefined
  const match = asked.exec(text.trim())
  return match?.[1] ?? match?.[3]
}
