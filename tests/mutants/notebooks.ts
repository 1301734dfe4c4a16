import type { MutantArea } from './mutant.ts'

/** Mutants of what reads, runs and writes notebooks. */
export const notebookMutants: MutantArea = {
  tests: ['tests/notebooks/notebook.test.ts', 'tests/notebooks/printed.test.ts'].concat([
    'tests/notebooks/difference.test.ts',
  ]),
  mutants: [
    {
      file: 'src/notebook/notebook.ts',
      search: '(closing?.length ?? 0) >= fence.length',
      replacement: '(closing?.length ?? 0) > 0',
      mistake: 'a shorter fence ends a longer one',
    },
    {
      file: 'src/notebook/notebook.ts',
      search: 'closing?.[0] === fence[0] && ',
      replacement: '',
      mistake: 'a fence of another kind ends a block',
    },
    {
      file: 'src/notebook/notebook.ts',
      search: '    if (FENCE.test(line)) at = endOfFence(file, lines, at)\n',
      replacement: '',
      mistake: 'what was printed can end the output',
    },
    {
      file: 'src/notebook/notebook.ts',
      search: "    } else if (line.trim() !== '') {\n      above = undefined",
      replacement: "    } else if (line.trim() !== '') {\n      above = above",
      mistake: 'an output may stand anywhere below its block',
    },
    {
      file: 'src/notebook/notebook.ts',
      search: 'for (let line = first; line < last - 1; line++)',
      replacement: 'for (let line = first; line < last; line++)',
      mistake: 'the fence below a block is code',
    },
    {
      file: 'src/notebook/notebook.ts',
      search: 'text[first - 1] = between(index)',
      replacement: 'text[first] = between(index)',
      mistake: 'the mark of a block hides its first line',
    },
    {
      file: 'src/notebook/notebook.ts',
      search: 'from = output?.last ?? last',
      replacement: 'from = last',
      mistake: 'old output stays beneath the new one',
    },
    {
      file: 'src/notebook/notebook.ts',
      search: "if (printed !== '') parts.push",
      replacement: 'parts.push',
      mistake: 'nothing is stored as an output',
    },
    {
      file: 'src/notebook/notebook.ts',
      search: '.slice(output.first, output.last - 1)',
      replacement: '.slice(output.first - 1, output.last - 1)',
      mistake: 'the mark is part of the output',
    },
    {
      file: 'src/notebook/notebook.ts',
      search: 'blocks.findLastIndex(({ first }) => first <= line)',
      replacement: 'blocks.findLastIndex(({ first }) => first < line)',
      mistake: 'the first line of a block belongs to the block before',
    },
    {
      file: 'src/notebook/notebook.ts',
      search: 'if (above === undefined) throw misplaced(file, at)',
      replacement: 'if (above === undefined) above = blocks.at(-1) ?? { first: 0, last: 0 }',
      mistake: 'an output that belongs to no block is taken for that of the last one',
    },
    {
      file: 'src/notebook/printed.ts',
      search: "const fence = '`'.repeat(longest + 1)",
      replacement: "const fence = '```'",
      mistake: 'a printed fence ends the output',
    },
    {
      file: 'src/notebook/printed.ts',
      search: 'const lines = visibleLines(text)',
      replacement: 'const lines = text',
      mistake: 'control characters are stored',
    },
    {
      file: 'src/notebook/printed.ts',
      search: '-${figures.length + 1}.svg',
      replacement: '-${figures.length}.svg',
      mistake: 'pictures are numbered from 0',
    },
    {
      file: 'src/notebook/printed.ts',
      search: "const blanks = ' '.repeat((widths[column] ?? 0) - columns(text))",
      replacement: "const blanks = ' '.repeat(Math.max(0, (widths[column] ?? 0) - text.length))",
      mistake: 'columns are as wide as their texts are long',
    },
    {
      file: 'src/notebook/printed.ts',
      search: "piece.type === 'text' && last?.type === 'text'",
      replacement: "piece.type === 'table' && last?.type === 'text'",
      mistake: 'each line that is printed has a fence of its own',
    },
    {
      file: 'src/notebook/printed.ts',
      search: 'rows.slice(1).every(',
      replacement: 'rows.every(',
      mistake: 'a heading keeps numbers from the right',
    },
    {
      file: 'src/notebook/printed.ts',
      search: 'return right[column] === true ? blanks + text : text + blanks',
      replacement: 'return text + blanks',
      mistake: 'numbers stand at the left',
    },
    {
      file: 'src/notebook/difference.ts',
      search: 'while (from < before.length && before[from] === after[from]) from++',
      replacement: 'while (from < before.length - 1 && before[from] === after[from]) from++',
      mistake: 'the last line counts as different',
    },
    {
      file: 'src/notebook/difference.ts',
      search: 'same < Math.min(before.length, after.length) - from',
      replacement: 'same < Math.min(before.length, after.length)',
      mistake: 'lines are counted at both ends',
    },
    {
      file: 'src/notebook/difference.ts',
      search: 'line: from + 1,',
      replacement: 'line: from,',
      mistake: 'lines count from 0',
    },
    {
      file: 'src/notebook/difference.ts',
      search: '...lines.slice(0, MOST)',
      replacement: '...lines',
      mistake: 'all that has changed is shown',
    },
  ],
}
