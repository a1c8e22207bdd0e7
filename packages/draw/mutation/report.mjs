/** The report of a run as Markdown, and how many survivors have no reason in equivalent.json. */
export function reportOf(name, mutants, equivalent) {
  const counts = {}
  for (const { status } of mutants) counts[status] = (counts[status] ?? 0) + 1
  const survivors = mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map((mutant) => ({ ...mutant, reason: equivalent.find((entry) => isSame(entry, mutant))?.reason }))
  const unexplained = survivors.filter(({ reason }) => reason === undefined).length
  const rows = survivors.map(
    ({ file, at, mutatorName, text, replacement, line, reason }) =>
      `- ${file}:${at}, ${mutatorName}: \`${oneLine(text)}\` becomes \`${oneLine(replacement)}\` in \`${line}\`\n  ${reason ?? 'NO REASON YET'}`,
  )
  const summary = Object.entries(counts).map(([status, count]) => `${status} ${count}`)
  const text = [
    `# Mutation testing: ${name}`,
    '',
    `${mutants.length} mutants: ${summary.join(', ')}. Mutations of texts are left out: wording is not behaviour, and tags are held by the frozen vectors.`,
    '',
    survivors.length === 0
      ? 'No survivor.'
      : 'Survivors, each equivalent to the original for the reason stated:',
    '',
    ...rows,
    '',
  ].join('\n')
  return { text, unexplained }
}

/** An entry without `replacement` or `text` stands for all mutants of its line. */
function isSame(entry, { file, line, replacement, text }) {
  return (
    entry.file === file &&
    entry.line === line &&
    (entry.replacement === undefined || entry.replacement === replacement) &&
    (entry.text === undefined || entry.text === text)
  )
}

function oneLine(text) {
  return text.replace(/\s+/g, ' ').slice(0, 80)
}
