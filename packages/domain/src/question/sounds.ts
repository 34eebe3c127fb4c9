/** Forms of names by their sound, and those forms that begin alike. */
export interface Sounds {
  readonly bySound: ReadonlyMap<string, SoundedForm>
  readonly byLetter: ReadonlyMap<string, readonly SoundedForm[]>
}

export interface SoundedForm {
  readonly sound: string
  readonly form: string
  /** The word in the name itself. */
  readonly base: string
}

const shortestAlike = 4
/** Abbreviations resemble many words. */
const shortestGuessed = 5

const latin = new Map(
  Object.entries({
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    д: 'd',
    е: 'e',
    ж: 'zh',
    з: 'z',
    и: 'i',
    й: 'i',
    к: 'k',
    л: 'l',
    м: 'm',
    н: 'n',
    о: 'o',
    п: 'p',
    р: 'r',
    с: 's',
    т: 't',
    у: 'u',
    ф: 'f',
    х: 'h',
    ц: 'c',
    ч: 'ch',
    ш: 'sh',
    щ: 'sh',
    ъ: '',
    ы: 'i',
    ь: '',
    э: 'e',
    ю: 'iu',
    я: 'ia',
    y: 'i',
    j: 'i',
    w: 'v',
    q: 'k',
  }),
)

/** The sound of a word (lower case) in Latin letters: the same for `забайкальская`, `забайкалская` and `zabaykalskaya`. */
export function soundOf(word: string): string {
  const isLatin = /^[a-z]/.test(word)
  const written = isLatin ? word.replace(/^ye/, 'e').replaceAll('kh', 'h').replaceAll('shch', 'sh') : word
  let sound = ''
  let last = ''
  for (const letter of written) {
    for (const heard of latin.get(letter) ?? letter) {
      if (heard === last) continue
      const isAffricate = last === 't' && heard === 's'
      sound = isAffricate ? `${sound.slice(0, -1)}c` : sound + heard
      last = isAffricate ? 'c' : heard
    }
  }
  return sound
}

/** Arranges the forms of names, each with the word of the name that it is a form of. */
export function createSounds(forms: Iterable<readonly [form: string, base: string]>): Sounds {
  const bySound = new Map<string, SoundedForm>()
  const byLetter = new Map<string, SoundedForm[]>()
  for (const [form, base] of forms) {
    const sound = soundOf(form)
    if (bySound.has(sound)) continue
    const sounded = { sound, form, base }
    bySound.set(sound, sounded)
    const alike = byLetter.get(sound.charAt(0))
    if (alike) alike.push(sounded)
    else byLetter.set(sound.charAt(0), [sounded])
  }
  return { bySound, byLetter }
}

/**
 * The form of a name that a word was meant for: one that sounds the same, or, of a word of at least `shortest` sounds, the only
 * name from which one slip leads to it. Undefined for a word that is a form itself.
 */
export function meantForm({ bySound, byLetter }: Sounds, word: string, shortest: number): string | undefined {
  const sound = soundOf(word)
  if (sound.length < shortestAlike) return undefined
  const same = bySound.get(sound)
  if (same) return same.form === word ? undefined : same.form
  if (sound.length < shortest) return undefined
  const near = (byLetter.get(sound.charAt(0)) ?? []).filter(
    (other) => other.base.length >= shortestGuessed && isOneSlip(sound, other.sound),
  )
  const [first, ...others] = near
  return first && others.every(({ base }) => base === first.base) ? first.form : undefined
}

/** The names of a directory that sound nearest to a word, the nearest first; those that neither begin alike nor agree for the most part are none. */
export function nearestForms({ bySound }: Sounds, word: string, most: number): string[] {
  const sound = soundOf(word)
  if (sound.length < shortestAlike) return []
  const ranked = [...bySound.values()]
    .filter(({ base }) => base.length >= shortestAlike)
    .map(({ sound: other, base }) => ({ base, other, distance: distanceOf(sound, other) }))
    .filter(({ other, distance }) => {
      const shorter = Math.min(sound.length, other.length)
      return distance <= shorter / 2.5 || beginAlike(sound, other) >= Math.max(4, shorter * 0.6)
    })
    .toSorted((a, b) => a.distance - b.distance)
  return [...new Set(ranked.map(({ base }) => base))].slice(0, most)
}

/** How many letters two words begin with in common. */
function beginAlike(a: string, b: string): number {
  let count = 0
  while (count < a.length && a[count] === b[count]) count += 1
  return count
}

/** How many letters have to be added, dropped or changed. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, place) => place)
  for (const [place, letter] of Array.from(a).entries()) {
    const next = [place + 1]
    for (const [column, other] of Array.from(b).entries()) {
      const change = (row[column] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** One letter is missing, too many or another, or two neighbours have changed places. */
export function isOneSlip(a: string, b: string): boolean {
  if (a.length > b.length) return isOneSlip(b, a)
  if (b.length - a.length > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  if (a.length < b.length) return a.slice(start) === b.slice(start + 1)
  if (a.slice(start + 1) === b.slice(start + 1)) return true
  return a[start] === b[start + 1] && a[start + 1] === b[start] && a.slice(start + 2) === b.slice(start + 2)
}
