/** An ISO 6346 number in canonical form: four Latin letters (the last U, J or Z) and seven digits. */
export type ContainerNumber = string & { readonly __brand: 'ContainerNumber' }
