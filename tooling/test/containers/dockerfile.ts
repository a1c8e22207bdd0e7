import { z } from 'zod'

/** One build stage of a Dockerfile, with the instructions that ours uses. */
export type Stage = {
  name: string
  /** An image, or an earlier stage. */
  from: string
  instructions: Instruction[]
}

export type Instruction =
  | { kind: 'workdir'; path: string }
  | { kind: 'copy'; from: string | undefined; sources: string[]; target: string }
  | { kind: 'run'; command: string }
  | { kind: 'env'; variables: Record<string, string> }
  | { kind: 'user'; name: string }
  | { kind: 'expose'; port: number }
  | { kind: 'healthcheck'; command: string }
  | { kind: 'cmd'; words: string[] }

const Words = z.array(z.string()).min(1)

/** @throws for an unknown instruction: the walk would leave it out without a word */
export function parseDockerfile(text: string): Stage[] {
  const stages: Stage[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? []
    if (word === 'FROM') {
      const [, from = '', name = ''] = /^(\S+) AS (\S+)$/.exec(rest) ?? []
      stages.push({ name, from, instructions: [] })
    } else {
      stages.at(-1)?.instructions.push(parseInstruction(word, rest))
    }
  }
  return stages
}

function parseInstruction(word: string, rest: string): Instruction {
  if (word === 'WORKDIR') return { kind: 'workdir', path: rest }
  if (word === 'COPY') {
    const words = rest.split(/\s+/)
    const from = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined
    return { kind: 'copy', from, sources: words.slice(0, -1), target: words.at(-1) ?? '' }
  }
  if (word === 'RUN') return { kind: 'run', command: rest }
  if (word === 'ENV') {
    return {
      kind: 'env',
      variables: Object.fromEntries([...rest.matchAll(/(\w+)=(\S+)/g)].map((m) => [m[1], m[2]])),
    }
  }
  if (word === 'USER') return { kind: 'user', name: rest }
  if (word === 'EXPOSE') return { kind: 'expose', port: Number(rest) }
  if (word === 'HEALTHCHECK') return { kind: 'healthcheck', command: rest.replace(/^.*? CMD /, '') }
  if (word === 'CMD') return { kind: 'cmd', words: Words.parse(JSON.parse(rest)) }
  throw new Error(`The Dockerfile has an instruction that this test does not know: ${word}`)
}
