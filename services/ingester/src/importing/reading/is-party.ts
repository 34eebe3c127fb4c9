/** Whether a cell names somebody. A spreadsheet that reads a blank code as a number shows zeros. */
export function isParty(text: string | undefined): boolean {
  return text !== undefined && !/^0*$/.test(text)
}
