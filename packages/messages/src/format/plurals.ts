/** Chooses the form of a word that goes with a whole number, by the rules of a language. */
export type Plural<Form extends Intl.LDMLPluralRule> = (n: number, forms: Readonly<Record<Form, string>>) => string

/** The plural rules of a locale. `rest` is the form of numbers for which a language states none, such as fractions. */
export function createPlural<Form extends Intl.LDMLPluralRule>(locale: string, rest: Form): Plural<Form> {
  const rules = new Intl.PluralRules(locale)
  return (n, forms) => {
    const form = rules.select(n)
    return form in forms ? forms[form as Form] : forms[rest]
  }
}
