/** The package cannot be changed in place; its values can still be written to a new one. */
export class NotPatchable extends Error {
  override readonly name = 'NotPatchable'
}
