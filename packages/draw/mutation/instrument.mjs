/** Puts every mutant of the named files behind a switch, and lists them in mutants.json. */
import { readFileSync, writeFileSync } from 'node:fs'
import { Instrumenter } from '@stryker-mutator/instrumenter'

const files = process.argv
  .slice(2)
  .map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }))
const silent = () => undefined
const logger = { debug: silent, info: silent, warn: silent, isDebugEnabled: () => false }
// The wording of messages is not behaviour; tags, keys and names are fixed by the frozen vectors.
const options = { plugins: null, ignorers: [], excludedMutations: ['StringLiteral'] }
const instrumented = await new Instrumenter(logger).instrument(files, options)
// Every switch passed is counted, not only the active one, so that endless loops end.
const COVER = 'function cover() {'
const SWITCH = /if \((ns\.\w+) === id\) \{/
for (const { name, content } of instrumented.files) {
  if (!SWITCH.test(content) || !content.includes(COVER))
    throw new Error(`the switch in ${name} looks different`)
  writeFileSync(
    name,
    content
      .replace(COVER, `${COVER} if (ns.quiet) return`)
      .replace(SWITCH, "if (++ns.calls > ns.callLimit) throw new Error('too many calls'); if ($1 === id) {"),
  )
}
const sources = Object.fromEntries(files.map(({ name, content }) => [name, content.split('\n')]))
const placed = instrumented.mutants.filter(({ status }) => status !== 'Ignored')
const mutants = placed.map(({ id, fileName, mutatorName, replacement, location }) => ({
  id,
  file: fileName,
  mutatorName,
  replacement,
  at: location.start.line + 1,
  line: (sources[fileName][location.start.line] ?? '').trim(),
  text: textAt(sources[fileName], location),
}))
writeFileSync('mutants.json', JSON.stringify(mutants))

/** The source between two places. */
function textAt(lines, { start, end }) {
  const text = lines.slice(start.line, end.line + 1)
  text[text.length - 1] = text.at(-1).slice(0, end.column)
  text[0] = text[0].slice(start.column)
  return text.join('\n')
}
