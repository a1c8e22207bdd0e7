/** The report of a Stryker run as Markdown, and how many survivors have no reason in equivalent.json. */
export function reportOf(name, result, equivalent) {
  const counts = {}
  const survivors = []
  for (const [file, { source, mutants }] of Object.entries(result.files)) {
    const lines = source.split('\n')
    for (const mutant of mutants) {
      counts[mutant.status] = (counts[mutant.status] ?? 0) + 1
      if (mutant.status !== 'Survived' && mutant.status !== 'NoCoverage') continue
      const { start } = mutant.location
      const line = (lines[start.line - 1] ?? '').trim()
      const known = equivalent.find(
        (entry) => entry.file === file && entry.line === line && entry.replacement === mutant.replacement,
      )
      survivors.push({ file, line, at: start.line, mutant, reason: known?.reason })
    }
  }
  survivors.sort((a, b) => a.file.localeCompare(b.file) || a.at - b.at)
  const unexplained = survivors.filter(({ reason }) => reason === undefined).length
  const summary = Object.entries(counts).map(([status, count]) => `${status} ${count}`)
  const rows = survivors.map(
    ({ file, at, line, mutant, reason }) =>
      `- ${file}:${at} ${mutant.mutatorName}: \`${line}\` with \`${mutant.replacement}\`\n  ${reason ?? 'NO REASON YET'}`,
  )
  const text = [
    `# Mutation testing: ${name}`,
    '',
    `${summary.join(', ')}. Mutations of texts are left out: wording is no behaviour, and tags are held by the frozen vectors.`,
    '',
    survivors.length === 0
      ? 'No survivor.'
      : 'Survivors, each equivalent to the original for the reason given:',
    '',
    ...rows,
    '',
  ].join('\n')
  return { text, unexplained }
}
