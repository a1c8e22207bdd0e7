/** The last `count` lines of a long output, after a line that says how many were left out. */
export function lastLines(output: string, count: number): string {
  const lines = output.trimEnd().split('\n')
  const left = lines.length - count
  return left > 0 ? [`(${left} lines before)`, ...lines.slice(left)].join('\n') : lines.join('\n')
}
