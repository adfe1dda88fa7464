/** The same messages in another language: the same keys, and the same parameters where a message takes any. */
export type Same<T> = {
  readonly [Key in keyof T]: T[Key] extends (...args: infer Args) => string
    ? (...args: Args) => string
    : T[Key] extends string
      ? string
      : Same<T[Key]>
}

export type Catalogue<T> = { en: T; ja: Same<T> }

/** Pairs the languages; a message that one of them lacks does not compile. */
export const catalogue = <T>(en: T, ja: Same<NoInfer<T>>): Catalogue<T> => ({ en, ja })
