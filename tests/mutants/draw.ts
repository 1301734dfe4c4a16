import type { MutantArea } from './mutant.ts'

/** Mutants of the texts, the pictures and the search for failures that programs can ask for. */
export const drawMutants: MutantArea = {
  tests: ['tests/draw/draw.test.ts', 'tests/draw/find-failure.test.ts'],
  mutants: [
    {
      file: 'src/simulation.ts',
      search: 'ran: seed - first + 1,',
      replacement: 'ran: seed,',
      mistake: 'seeds that were not run are counted',
    },
    {
      file: 'src/simulation.ts',
      search: "if (judged.outcome !== 'fail') continue",
      replacement: "if (judged.outcome === 'unknown') continue",
      mistake: 'a run that went well is told as a failure',
    },
    {
      file: 'src/simulation.ts',
      search: 'condition: condition ?? workload.condition,',
      replacement: 'condition: workload.condition,',
      mistake: 'the condition that is asked for is not judged by',
    },
    {
      file: 'src/simulation.ts',
      search: 'if (!shrink) return about\n',
      replacement: '',
      mistake: 'runs are made small though nobody wants it',
    },
    {
      file: 'src/simulation.ts',
      search: 'program: protocol.make(options, mutant) }',
      replacement: 'program: simulation.program }',
      mistake: 'the other program is not run',
    },
    {
      file: 'src/simulation.ts',
      search: '{ ...given, trace: true, record: true }',
      replacement: '{ trace: true, record: true }',
      mistake: 'the run that is told is not the one that failed',
    },
    {
      file: 'src/draw/history.ts',
      search: '{ ...violation, others: [] }',
      replacement: 'violation',
      mistake: 'a program is told of a flag of the command line',
    },
    {
      file: 'src/draw/history.ts',
      search: 'title === undefined ? drawn : { ...drawn, title }',
      replacement: 'drawn',
      mistake: 'a title is not drawn',
    },
    {
      file: 'src/draw/svg-document.ts',
      search: 'Math.round(Number(length) * 100) / 100',
      replacement: 'Math.round(Number(length) * 1e6) / 1e6',
      mistake: 'lengths have decimals that differ between machines',
    },
    {
      file: 'src/draw/svg-document.ts',
      search: "const label = escaped(title).replaceAll('\"', '&quot;')",
      replacement: "const label = ''",
      mistake: 'a graph does not say what it shows',
    },
    {
      file: 'src/draw/quorums.ts',
      search: '/^load by/.test(title) ? [] : [at]',
      replacement: '[at]',
      mistake: 'the methods are a column of the table',
    },
    {
      file: 'src/draw/exploration.ts',
      search: 'storyText(story, { width, full })',
      replacement: 'storyText(story, { width })',
      mistake: 'whole states are not shown',
    },
    {
      file: 'src/draw/exploration.ts',
      search: '({ trace }) => trace.length > 1',
      replacement: '({ trace }) => trace.length > 99',
      mistake: 'a violation is not drawn',
    },
  ],
}
