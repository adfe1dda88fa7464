/** Source of cryptographically strong random bytes; tests give a seeded one. */
export type Random = (length: number) => Uint8Array
