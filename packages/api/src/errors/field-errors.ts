import type { z } from 'zod'
import type { FieldError } from './error-details.ts'
import { isFieldCode } from './field-messages.ts'

type Issue = z.core.$ZodIssue

function codeOf(issue: Issue): string {
  if (isFieldCode(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? 'required' : 'invalid'
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array' ? 'too_short' : 'too_small'
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array' ? 'too_long' : 'too_large'
    default:
      return 'invalid'
  }
}

/** The invalid fields of a failed zod parse, one error per field, in the schema's order. */
export function toFieldErrors(issues: readonly Issue[]): FieldError[] {
  const errors = new Map<string, FieldError>()
  for (const issue of issues) {
    const path = issue.path.map(String).join('.')
    const names =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => (path ? `${path}.${key}` : key)) : [path]
    const code = issue.code === 'unrecognized_keys' ? 'unknown_field' : codeOf(issue)
    for (const field of names) if (!errors.has(field)) errors.set(field, { field, code })
  }
  return [...errors.values()]
}
