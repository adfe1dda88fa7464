/*
 * What the interface gets in place of the validator. Schemas stand beside pure rules and are built when these are
 * imported; the browser needs the rules, and the server alone judges what is valid. Whatever is built of this is this
 * again; asking it to judge throws, because an answer would be a lie.
 */
const judging = ['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'shape', 'options']

export const z: unknown = new Proxy(() => z, {
  get(_, name) {
    if (typeof name === 'string' && judging.includes(name))
      throw new Error(`the interface has no validator: ${name} is for the server`)
    return z
  },
  apply: () => z,
})
