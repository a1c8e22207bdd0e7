import { expect, test } from 'vitest'
import {
  commandEnvironment,
  consumerEnvironment,
  EnvironmentError,
  httpServerEnvironment,
  readEnvironment,
  relayEnvironment,
} from '../src/environment.ts'
import { variables } from '../src/variables.ts'

const DATABASE_URL = 'postgres://eungmo:pass@db/eungmo'

const messageOf = (name: keyof typeof variables, value: string | undefined) =>
  variables[name].safeParse(value).error?.issues.map(({ message }) => message)

test('an empty variable counts as unset', () => {
  expect(readEnvironment(httpServerEnvironment, { PORT: '', HOST: '' })).toEqual({
    PORT: 3000,
    HOST: '0.0.0.0',
    BODY_LIMIT: 102_400,
    PUBLIC_URL: undefined,
    TRUSTED_PROXIES: undefined,
    LOG_LEVEL: 'info',
    DRAIN_SECONDS: 0,
    STOP_TIMEOUT: 10,
    SMTP_URL: undefined,
    MAIL_FROM: undefined,
    SOLAPI_TEMPLATES: [],
    SOLAPI_URL: 'https://api.solapi.com',
  })
  const consumer = readEnvironment(consumerEnvironment, { DATABASE_URL, KAFKA_BROKERS: '', METRICS_PORT: '' })
  expect(consumer.KAFKA_BROKERS).toEqual([])
  expect(consumer.METRICS_PORT).toBeUndefined()
})

test('lists drop spaces, addresses drop their trailing slash', () => {
  expect(variables.KAFKA_BROKERS.parse('a:1, b:2,')).toEqual(['a:1', 'b:2'])
  expect(variables.DRAND_RELAYS.parse('https://a.example/')).toEqual(['https://a.example'])
  expect(variables.PUBLIC_URL.parse('http://event.example.kr//')).toBe('http://event.example.kr')
})

test.each([
  ['PORT', 'eighty', 'must be a whole number from 0 to 65535, not "eighty".'],
  ['PORT', '70000', 'must be a whole number from 0 to 65535, not "70000".'],
  ['RELAY', 'yes', 'must be on or off, not "yes".'],
  ['PUBLIC_URL', 'event.example.kr', 'must be an address like https://example.com, not "event.example.kr".'],
  [
    'PUBLIC_URL',
    'https://shop.kr/event',
    'must be an origin without a path, like https://shop.kr, not "https://shop.kr/event".',
  ],
  [
    'TRUSTED_PROXIES',
    '1',
    'lists the networks of your proxies, it no longer counts them. Write: TRUSTED_PROXIES=127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16',
  ],
  [
    'TRUSTED_PROXIES',
    '0',
    'lists the networks of your proxies, it no longer counts them. Write: TRUSTED_PROXIES=none',
  ],
  [
    'TRUSTED_PROXIES',
    '10.0.0.0/33',
    'must be none or a list like 127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16, not "10.0.0.0/33".',
  ],
  [
    'SMTP_URL',
    'mail.example.kr',
    'must be an address like smtp://user:password@host:587 or smtps://user:password@host.',
  ],
  ['SMTP_URL', 'smtp://u:secret@mail.kr/x', 'may end with ?tls=off, and with nothing else after the port.'],
  ['SMTP_URL', 'smtp://mail.kr?pool=1', 'may end with ?tls=off, and with nothing else after the port.'],
  ['MAIL_FROM', 'eungmo', 'must be an e-mail address, or Name <address>, not "eungmo".'],
  ['MAIL_FROM', 'a@b.kr, c@d.kr', 'must be an e-mail address, or Name <address>, not "a@b.kr, c@d.kr".'],
  ['KAFKA_BROKERS', 'a:1,b', 'must be a list like host:9092,host:9092, not "b".'],
  ['DATABASE_URL', undefined, 'is missing.'],
  ['DATABASE_URL', 'mysql://x', 'must be an address like postgres://user:password@host/database.'],
] as const)('%s=%s is rejected in one sentence', (name, value, message) => {
  expect(messageOf(name, value)).toEqual([message])
})

test('parameters of DATABASE_URL that the driver would send to the server are named, and no password', () => {
  for (const name of ['channel_binding', 'schema', 'pgbouncer', 'sslrootcert']) {
    const [message] = messageOf('DATABASE_URL', `${DATABASE_URL}?sslmode=disable&${name}=true`) ?? []
    expect(message).toContain(`has the unknown parameter "${name}": remove it.`)
    expect(message).not.toContain('pass')
  }
  expect(messageOf('DATABASE_URL', `${DATABASE_URL}?sslmode=require`)).toBeUndefined()
})

test('TRUSTED_PROXIES is none or a list of networks, and an https address requires it', () => {
  const read = (environment: Record<string, string>) => readEnvironment(httpServerEnvironment, environment)
  expect(variables.TRUSTED_PROXIES.parse('none')).toEqual([])
  expect(variables.TRUSTED_PROXIES.parse('10.0.0.1, fd00::/8')).toEqual(['10.0.0.1/32', 'fd00::/8'])
  const secure = { PUBLIC_URL: 'https://event.example.kr' }
  expect(() => read(secure)).toThrow(/^TRUSTED_PROXIES is missing, but PUBLIC_URL is https: .+$/)
  expect(read({ ...secure, TRUSTED_PROXIES: 'none' }).TRUSTED_PROXIES).toEqual([])
  expect(read({ PUBLIC_URL: 'http://localhost:3000' }).TRUSTED_PROXIES).toBeUndefined()
})

test('SMTP_URL needs a sender', () => {
  const SMTP_URL = 'smtp://user:p%40ss@mail.kr:587?tls=off'
  const read = (environment: Record<string, string>) => readEnvironment(httpServerEnvironment, environment)
  expect(() => read({ SMTP_URL })).toThrow(/^MAIL_FROM is missing, but SMTP_URL is set: .+$/)
  for (const MAIL_FROM of ['no-reply@event.kr', '응모 <no-reply@event.kr>'])
    expect(read({ SMTP_URL, MAIL_FROM })).toMatchObject({ SMTP_URL, MAIL_FROM })
})

test('the error names the variable, in one line', () => {
  expect(() => readEnvironment(commandEnvironment, {})).toThrow(
    new EnvironmentError('DATABASE_URL is missing.'),
  )
  expect(() => readEnvironment(relayEnvironment, { DATABASE_URL })).toThrow(
    new EnvironmentError('KAFKA_BROKERS is missing.'),
  )
})

const key = (byte: number, size = 32) => Buffer.alloc(size, byte).toString('base64')

test.each([
  ['abc', 'must be id:base64 pairs separated by commas, newest first.'],
  [`k 1:${key(1)}`, 'must be id:base64 pairs separated by commas, newest first.'],
  [`${'k'.repeat(33)}:${key(1)}`, 'must be id:base64 pairs separated by commas, newest first.'],
  [`k1:${key(1)}:${key(1)}`, 'must be id:base64 pairs separated by commas, newest first.'],
  [`k1:${key(1, 16)}`, 'has a key "k1" of 16 bytes; it must be 32 bytes.'],
  [`k1:${key(1)},k1:${key(2)}`, 'names the key "k1" twice.'],
])('SECRET_KEYS=%s is rejected without quoting a secret', (text, message) => {
  expect(messageOf('SECRET_KEYS', text)).toEqual([message])
})

test('SECRET_KEYS accepts several keys with spaces between them', () => {
  const text = `k2:${key(2)}, k1:${key(1)}`
  expect(variables.SECRET_KEYS.parse(text)).toBe(text)
})

test.each([
  [{ SMTP_URL: 'smtp://mail.example.kr' }, 'MAIL_FROM'],
  [{ SOLAPI_API_KEY: 'key' }, 'SOLAPI_API_SECRET'],
  [{ SOLAPI_API_KEY: 'key', SOLAPI_API_SECRET: 'secret' }, 'SOLAPI_SENDER'],
  [{ SOLAPI_TEMPLATES: 'won=KA01TP' }, 'SOLAPI_CHANNEL'],
])('of variables that belong together, the missing one is named: %j', (environment, missing) => {
  expect(() => readEnvironment(httpServerEnvironment, environment)).toThrow(`${missing} is missing, but`)
})

test('a template names its kind, a sender is a phone number', () => {
  expect(variables.SOLAPI_TEMPLATES.parse('won=KA01, two-days-left=KA02')).toEqual([
    { kind: 'won', id: 'KA01' },
    { kind: 'two-days-left', id: 'KA02' },
  ])
  expect(messageOf('SOLAPI_TEMPLATES', 'lost=KA01')?.[0]).toContain('won, two-days-left, claim-received')
  expect(variables.SOLAPI_SENDER.parse('02-123-4567')).toBe('021234567')
  expect(messageOf('SOLAPI_SENDER', 'eungmo')).toEqual([
    'must be a phone number like 02-123-4567, not "eungmo".',
  ])
})
