import { expect, test } from 'vitest'
import { readSettings, SettingsError } from './settings.ts'

test('the defaults: embedded database, port 3000, no broker', () => {
  expect(readSettings({}, [])).toEqual({
    port: 3000,
    host: '0.0.0.0',
    databaseUrl: undefined,
    secretKeys: undefined,
    kafkaBrokers: undefined,
    ownKafka: false,
    destructionJournal: undefined,
  })
  expect(readSettings({ PORT: '', HOST: '' }, ['--kafka'])).toMatchObject({ port: 3000, ownKafka: true })
})

test.each([
  [{ PORT: 'http' }, [], 'PORT must be a whole number'],
  [{ PORT: '70000' }, [], 'PORT must be a whole number'],
  [{ DATABASE_URL: 'postgres://host/db' }, [], 'SECRET_KEYS is needed'],
  [{ KAFKA_BROKERS: 'host:9092' }, ['--kafka'], 'leave out --kafka'],
  [{}, ['--kafak'], '"--kafak" is not understood'],
])('rejects %j %j in one line', (env, words, message) => {
  expect(() => readSettings(env, words)).toThrow(SettingsError)
  expect(() => readSettings(env, words)).toThrow(new RegExp(`^.*${message}.*$`))
})
