import type { MutantArea } from './mutant.ts'

/** Mutants of comparisons, claims, plots and commands of quorum systems. */
export const quorumCompare: MutantArea = {
  tests: ['tests/quorum/compare', 'tests/cli/quorum.test.ts', 'tests/cli/check.test.ts']
    .concat(['tests/report/plot-labels.test.ts', 'tests/report/text-table.test.ts'])
    .concat(['tests/report/quorum-page.test.ts', 'tests/report/quorum-rows.test.ts'])
    .concat(['tests/core/number-text.test.ts']),
  mutants: [
    {
      file: 'src/quorum/compare/bound.ts',
      search: 'return Math.max(2 * Math.sqrt(mix / products), 1 / largest)',
      replacement: 'return 2 * Math.sqrt(mix / products)',
      mistake: 'the bound forgets that somebody has to answer',
    },
    {
      file: 'src/quorum/compare/bound.ts',
      search: '2 * Math.sqrt(mix / products)',
      replacement: '4 * Math.sqrt(mix / products)',
      mistake: 'the bound is above what a square read-write grid reaches',
    },
    {
      file: 'src/quorum/compare/front.ts',
      search: 'compared.every((sign) => sign <= 0)',
      replacement: 'compared.some((sign) => sign <= 0)',
      mistake: 'a system that is worse in something counts as better in all',
    },
    {
      file: 'src/quorum/compare/front.ts',
      search: 'apart < Infinity && ',
      replacement: '',
      mistake: 'a system that never fails is no better than one that does',
    },
    {
      file: 'src/quorum/compare/compare.ts',
      search: '-resilience.both',
      replacement: 'resilience.both',
      mistake: 'less resilience counts as a merit',
    },
    {
      file: 'src/quorum/compare/b-grid-limit.ts',
      search: 'return Math.min(edge, 1 - edge)',
      replacement: 'return 1 - edge',
      mistake: 'the threshold forgets the mini-columns that die as a whole',
    },
    {
      file: 'src/quorum/compare/b-grid-limit.ts',
      search: 'lnSum(noneWhole, covered + oneWhole)',
      replacement: 'noneWhole',
      mistake: 'failures by mini-columns that are dead as a whole are forgotten',
    },
    {
      file: 'src/quorum/compare/b-grid-limit.ts',
      search: "'log2 n': 2 / Math.LN2",
      replacement: "'log2 n': 1 / Math.LN2",
      mistake: 'the base of the logarithm is mixed up',
    },
    {
      file: 'src/quorum/compare/claim.ts',
      search: "if (exact !== undefined) return exact.equals(wanted) ? 'pass' : 'fail'",
      replacement: "if (exact !== undefined) return 'pass'",
      mistake: 'every claim about a value holds',
    },
    {
      file: 'src/quorum/compare/claim.ts',
      search: 'return last <= NEAR && last <= before',
      replacement: 'return last <= before',
      mistake: 'a sequence that stays away from its limit has arrived',
    },
    {
      file: 'src/quorum/compare/claim.ts',
      search: 'const predicted = down < threshold === (limit === 0)',
      replacement: 'const predicted = down < threshold',
      mistake: 'the threshold is read the same for both limits',
    },
    {
      file: 'src/quorum/compare/series.ts',
      search: 'if (isCoterie(system) && alike) {',
      replacement: 'if (alike) {',
      mistake: 'the load of every system is drawn as if reads were writes',
    },
    {
      file: 'src/quorum/compare/series.ts',
      search: '{ x, y: found.log10 }',
      replacement: '{ x, y: found.value }',
      mistake: 'a probability is drawn as its logarithm',
    },
    {
      file: 'src/core/number-text.ts',
      search: 'if (value < 1e-300) return powerText(log10, digits)',
      replacement: 'if (value === 0) return powerText(log10, digits)',
      mistake: 'a number without digits left is shown with digits',
    },
    {
      file: 'src/report/quorum-rows.ts',
      search: "return quality === 'exact' ? brief :",
      replacement: 'return quality ? brief :',
      mistake: 'bounds are shown as if they were exact',
    },
    {
      file: 'src/report/plot.ts',
      search: "trusted(drawn.outerHTML.replace(/<style>[^]*?<\\/style>/g, ''))",
      replacement: 'trusted(drawn.outerHTML)',
      mistake: 'the page is refused by its own security policy',
    },
    {
      file: 'src/report/plot-labels.ts',
      search: 'taken.push(boxOf(place, width))',
      replacement: '',
      mistake: 'labels cover each other',
    },
    {
      file: 'src/cli/quorum-options.ts',
      search: 'if (value.compare(Rational.zero) > 0) return value',
      replacement: 'if (value.compare(Rational.zero) >= 0) return value',
      mistake: 'a mix may have a weight of 0',
    },
    {
      file: 'src/cli/quorum-nodes.ts',
      search: '    ...given,\n  }\n}',
      replacement: '  }\n}',
      mistake: 'the file of nodes changes nothing but capacities',
    },
    {
      file: 'src/cli/quorum-import.ts',
      search: 'worstExit([gap === undefined ? EXIT.pass : EXIT.fail,',
      replacement: 'worstExit([EXIT.pass,',
      mistake: 'quorums that need not meet end with exit code 0',
    },
    {
      file: 'src/cli/quorum-json.ts',
      search: 'Math.min(smallest.read, smallest.write)',
      replacement: 'smallest.write',
      mistake: 'the smallest quorum is that of the writes',
    },
    {
      file: 'src/cli/quorum-overview.ts',
      search: 'return worstExit(overview.claims.map(({ row }) => exitOfRow(row)))',
      replacement: 'return EXIT.pass',
      mistake: 'a claim that comes out otherwise goes unnoticed',
    },
    {
      file: 'src/cli/run-entry.ts',
      search: 'const row = { name, outcome, expected, sentence, engine: method, seconds }',
      replacement:
        'const row = { name, outcome: expected, expected, sentence, engine: method, seconds }',
      mistake: 'a claim always comes out as expected',
    },
  ],
}
