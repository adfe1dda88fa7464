/** Only an address of this application may follow a sign-in: anything else would be an open redirect. */
export const safeNext = (next: unknown): string =>
  typeof next === 'string' && /^\/app(\/|\?|$)/.test(next) && !next.includes('//') ? next : '/app'
