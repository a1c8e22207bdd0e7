/** A line of docs/asvs.md. */
interface Requirement {
  number: string
  state: string
  evidence: string
}

const STATES = ['met', 'not met', 'does not apply']

/** The lines of the tables of docs/asvs.md. */
export function requirements(text: string): Requirement[] {
  return text
    .split('\n')
    .map((line) => line.split(' | '))
    .filter(([first = '']) => /^\| \d+\.\d+\.\d+$/.test(first))
    .map(([number = '', , state = '', evidence = '']) => ({
      number: number.slice(2),
      state,
      evidence: evidence.replace(/ \|$/, ''),
    }))
}

/**
 * What is wrong with the lines: a number that is missing, unknown or there twice, a state of another name, a line
 * without evidence or reason, and evidence of "met" that names nothing that could be looked at.
 */
export function requirementProblems(lines: readonly Requirement[], numbers: readonly string[]): string[] {
  const found = lines.map(({ number }) => number)
  return [
    ...numbers.filter((number) => !found.includes(number)).map((number) => `${number} has no line`),
    ...found.filter((number) => !numbers.includes(number)).map((number) => `${number} is unknown`),
    ...found.filter((number, at) => found.indexOf(number) !== at).map((number) => `${number} is there twice`),
    ...lines.filter(({ state }) => !STATES.includes(state)).map(({ number }) => `${number} has no state`),
    ...lines.filter(({ evidence }) => evidence === '').map(({ number }) => `${number} has no reason`),
  ]
}

/** The lines that are met by a file, a document or a section, and those that only say so. */
export const metWithoutEvidence = (lines: readonly Requirement[]): string[] =>
  lines
    .filter(
      ({ state, evidence }) =>
        state === 'met' && !/`[^`]+\.\w+`|\]\(|section above|table above/.test(evidence),
    )
    .map(({ number }) => number)
