/** What is mutated, and by which tests. */
export const targets = [
  {
    name: 'sampler',
    mutate: ['src/stream.ts', 'src/bounded.ts', 'src/weighted.ts', 'src/draw.ts'],
    tests: ['src/stream.test.ts', 'src/bounded.test.ts', 'src/weighted.test.ts', 'src/draw.test.ts'],
  },
  {
    name: 'verifier',
    mutate: [
      'src/verify.ts',
      'src/verify-light.ts',
      'src/verify/*.ts',
      'src/standing.ts',
      'src/inclusion-proof.ts',
      'src/seed-chain.ts',
      'src/draw-seed.ts',
      'src/drand.ts',
      'src/beacon-chain.ts',
      'src/signature.ts',
      'src/canonical-json.ts',
    ],
    tests: [
      'src/verify.test.ts',
      'src/attacks.test.ts',
      'src/vectors.test.ts',
      'src/next-record.test.ts',
      'src/inclusion-proof.test.ts',
      'src/seed-chain.test.ts',
      'src/drand.test.ts',
      'src/receipt.test.ts',
      'src/canonical-json.test.ts',
    ],
  },
]
