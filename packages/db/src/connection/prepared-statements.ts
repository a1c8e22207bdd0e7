import type postgres from 'postgres'

/**
 * How many statements a pool prepares; further ones run unprepared. A connection holds what it has prepared
 * until it closes, so a query whose text varied with its arguments would fill the server's memory.
 */
export const MAX_PREPARED_STATEMENTS = 500

/**
 * The same pool, except that `unsafe` prepares statements with parameters, as drizzle's queries are: without
 * it, each costs another round trip and a new plan. Statements inside of `begin` stay unprepared. When a
 * migration changes what a prepared statement returns, PostgreSQL rejects it once per connection; postgres.js
 * repeats it, which a transaction, aborted by the error, does not survive.
 */
export function withPreparedStatements(sql: postgres.Sql): postgres.Sql {
  const prepared = new Set<string>()

  const isPrepared = (query: string): boolean => {
    if (prepared.has(query)) return true
    if (prepared.size >= MAX_PREPARED_STATEMENTS) return false
    prepared.add(query)
    return true
  }

  const unsafe: postgres.Sql['unsafe'] = (query, parameters = [], options = {}) =>
    sql.unsafe(query, parameters, {
      ...options,
      prepare: parameters.length > 0 && isPrepared(query),
    })
  return new Proxy(sql, {
    get: (target, key) => (key === 'unsafe' ? unsafe : Reflect.get(target, key)),
  })
}
