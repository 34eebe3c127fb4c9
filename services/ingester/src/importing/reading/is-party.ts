/** Whether a cell names somebody. A blank code that a spreadsheet takes for a number is zeros. */
export function isParty(text: string | undefined): boolean {
  return text !== undefined && !/^0*$/.test(text)
}
