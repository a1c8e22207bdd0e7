import { expect, test } from 'vitest'
import { createLogger } from './create-logger.ts'

const NAME = '김하늘'
const PHONE = '010-1234-5678'
const EMAIL = 'owner@shop.example'
const TOKEN = 'eungmo_4f9a8c7be3d21056f9a8c7be3d210564'
const PLANTED = [NAME, PHONE, '01012345678', EMAIL, TOKEN]

/** The lines that the calls write. */
function linesOf(run: (log: ReturnType<typeof createLogger>) => void): string {
  let written = ''
  run(createLogger({ app: 'test', level: 'trace', destination: { write: (line) => (written += line) } }))
  return written
}

class DrizzleQueryError extends Error {
  readonly query = 'select $1'
  readonly params = PLANTED
  override readonly name = 'DrizzleQueryError'
}

const postgresError = Object.assign(new Error(`invalid input syntax for type uuid: "${NAME}"`), {
  name: 'PostgresError',
  severity: 'ERROR',
  code: '23505',
  detail: `Key (name)=(${NAME}) already exists.`,
  where: `unnamed portal parameter $1 = '${PHONE}'`,
  constraint_name: 'events_slug_key',
  table_name: 'events',
})

test.each<[string, unknown]>([
  ['a failed statement', new DrizzleQueryError(`Failed query: select $1 params: ${PLANTED.join()}`)],
  ['the error of a statement', new DrizzleQueryError(`params: ${PLANTED}`, { cause: postgresError })],
  ['input that is no JSON', new SyntaxError(`JSON Parse error: Unexpected identifier "${NAME}"`)],
  ['a message of a library', new Error(`User not found: ${EMAIL} ${TOKEN} ${PHONE} ${NAME} '${NAME}'`)],
  ['several errors', new AggregateError([new Error(`of ${NAME}`)], `all of ${NAME}`)],
  ['something else', { message: NAME, name: NAME, token: TOKEN }],
])('%s is logged without what people typed', (_what, error) => {
  const lines = linesOf((log) => {
    log.error({ err: error }, 'procedure failed')
    log.warn(error, 'as it is')
    if (error instanceof Error) log.error(error)
  })
  for (const planted of PLANTED) expect(lines).not.toContain(planted)
})

test('a field that is not on the list is dropped, and texts lose what is personal', () => {
  const eventId = '01890a5d-ac96-774b-bcce-b302099a8057'
  const lines = linesOf((log) => {
    log.info({ name: NAME, phoneNumber: PHONE, params: PLANTED, eventId, status: 200 }, `sent to ${EMAIL}`)
  })
  const { time: _, ...line } = JSON.parse(lines) as Record<string, unknown>
  expect(line).toEqual({ level: 30, app: 'test', eventId, status: 200, msg: 'sent to [removed]' })
})

test('an error of PostgreSQL is named by its code, table and constraint', () => {
  const error = new DrizzleQueryError('Failed query', { cause: postgresError })
  const { err } = JSON.parse(linesOf((log) => log.error({ err: error }, 'failed'))) as { err: object }
  expect(err).toMatchObject({
    type: 'PostgresError',
    code: '23505',
    table: 'events',
    constraint: 'events_slug_key',
    stack: expect.stringContaining('create-logger.test.ts'),
  })
})

test('an error of ours keeps its message', () => {
  const error = new Error('outer', { cause: new Error('The broker rejects messages of this size') })
  const { err } = JSON.parse(linesOf((log) => log.error({ err: error }, 'failed'))) as { err: object }
  expect(err).toMatchObject({ type: 'Error', message: 'The broker rejects messages of this size' })
})
