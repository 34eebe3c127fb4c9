/** The package is built in a way that is not changed in place; it can still be written anew. */
export class NotPatchable extends Error {
  override readonly name = 'NotPatchable'
}
