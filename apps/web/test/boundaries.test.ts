import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { weakTexts } from '@eungmo/tooling/testing/weak-texts'
import { expect, test } from 'vitest'
import * as accountForms from '../src/lib/server/forms/account-forms.ts'

const sourceDirectory = join(import.meta.dirname, '../src')
const sources = [...new Bun.Glob('**/*.{ts,svelte}').scanSync(sourceDirectory)]
  .filter((path) => !path.includes('paraglide') && !path.endsWith('.test.ts'))
  .map((path) => ({ path, text: readFileSync(join(sourceDirectory, path), 'utf8') }))

const filesWith = (pattern: RegExp) =>
  sources.flatMap(({ path, text }) => (pattern.test(text) ? [path] : [])).toSorted()

test.each(Object.entries(accountForms))('the form %s takes only texts that can be stored', (_, schema) => {
  expect(weakTexts(schema)).toEqual([])
})

test('a form is read in one place, and its fields are checked by the schemas of forms or of the API', () => {
  expect(filesWith(/\.formData\(\)/)).toEqual(['lib/server/forms/read-form.ts'])
  // Not forms: the environment, responses of the API and of better-auth, and what we encrypted: recovery codes and a cookie.
  expect(filesWith(/\bz\s*\.(string|email|uuid|url)\(/)).toEqual([
    'env.ts',
    'lib/api-error.ts',
    'lib/server/auth/call-auth.ts',
    'lib/server/auth/passkey-responses.ts',
    'lib/server/auth/recovery-codes.ts',
    'lib/server/forms/account-forms.ts',
    'routes/(customer)/e/[slug]/done-envelope.ts',
    'routes/(owner)/login/[provider]/+server.ts',
  ])
})
