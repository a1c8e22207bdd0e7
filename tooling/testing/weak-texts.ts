import type { z } from 'zod'

const MAX_CHARACTERS = 10_000

/** Texts that no schema of a boundary may pass on: each with what its output must not contain. */
const hostileTexts: readonly { text: string; forbidden: RegExp }[] = [
  { text: '가\0나', forbidden: /\0/ },
  { text: '가\r나', forbidden: /\r/ },
  { text: '가\u001b[2J나', forbidden: /\p{Cc}/u },
  { text: '가\ud800나', forbidden: /\p{Cs}/u },
  { text: '가'.normalize('NFD'), forbidden: /[\u1100-\u11ff]/ },
  { text: '가'.repeat(MAX_CHARACTERS + 1), forbidden: /^.{9999}/s },
]

export interface WalkOptions {
  /** Objects have to reject unknown keys. */
  strict?: boolean
}

/**
 * Walks an input schema, and returns the paths at which it lets any text through: NUL and other controls, lone
 * surrogates, text that is not in NFC, text without a limit, values of any type, lists without a limit, and
 * with `strict` unknown keys.
 */
export function weakTexts(schema: z.core.$ZodType, options: WalkOptions = {}, path = 'input'): string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod
  const into = (inner: z.core.$ZodType, at = path) => weakTexts(inner, options, at)
  switch (def.type) {
    case 'string':
    case 'catch':
      return probe(schema, path)
    case 'pipe':
      return acceptsTexts(def.in) ? probe(schema, path) : into(def.in)
    case 'object': {
      const open = options.strict && (def.catchall as z.core.$ZodTypes | undefined)?._zod.def.type !== 'never'
      const fields = Object.entries(def.shape).flatMap(([key, field]) => into(field, `${path}.${key}`))
      return open ? [`${path} accepts unknown keys`, ...fields] : fields
    }
    case 'array': {
      const limited = def.checks?.some((check) => check._zod.def.check === 'max_length')
      const items = into(def.element, `${path}[]`)
      return limited ? items : [`${path} is a list without a limit`, ...items]
    }
    case 'union':
      return def.options.flatMap((option) => into(option))
    case 'optional':
    case 'nullable':
    case 'default':
    case 'nonoptional':
    case 'readonly':
      return into(def.innerType)
    case 'number':
    case 'boolean':
    case 'enum':
    case 'literal':
    case 'void':
    case 'undefined':
    case 'null':
      return []
    default:
      return [`${path} accepts any ${def.type}`]
  }
}

/** Whether a schema in front of a transformation takes texts, or values of any type. */
function acceptsTexts(schema: z.core.$ZodType): boolean {
  const { def } = (schema as z.core.$ZodTypes)._zod
  if (def.type === 'union') return def.options.some(acceptsTexts)
  if (def.type === 'pipe') return acceptsTexts(def.in)
  return def.type !== 'object'
}

function probe(schema: z.core.$ZodType, path: string): string[] {
  const passed = hostileTexts.find(({ text, forbidden }) =>
    [text, { [text]: text }].some((value) => {
      const { success, data } = (schema as z.ZodType).safeParse(value)
      return (
        success &&
        data !== undefined &&
        forbidden.test(typeof data === 'string' ? data : JSON.stringify(data))
      )
    }),
  )
  return passed ? [`${path} lets ${JSON.stringify(passed.text.slice(0, 12))} through`] : []
}
