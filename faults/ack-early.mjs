// A broken build for the negative control: it says "committed" at once and commits a moment later.
import pg from 'pg'

const { query } = pg.Client.prototype
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

pg.Client.prototype.query = function (text, ...rest) {
  const words = typeof text === 'string' ? text : text?.text
  // The last entries of the log go with the commit.
  if (typeof words !== 'string' || !/(^|; )commit$/i.test(words) || typeof rest.at(-1) === 'function') {
    return query.call(this, text, ...rest)
  }
  const later = pause(400).then(() => query.call(this, words))
  later.catch(() => undefined)
  // The connection must not be used before its commit: everything after waits for it.
  const waiting = this.query
  this.query = (...words) => later.then(() => waiting.apply(this, words))
  later.finally(() => delete this.query)
  return Promise.resolve({ command: 'COMMIT', rows: [], rowCount: null, fields: [] })
}
