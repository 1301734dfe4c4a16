import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

import { arrowsRule } from './eslint.arrows.js'

/** Loops that run once per state or operation, where a check for `undefined` would be paid for. */
const HOT = [
  'src/core/int-*.ts',
  ...[
    ...['src/linearize', 'src/explore', 'src/state', 'src/quorum', 'src/simulate', 'src/compose'],
    ...['src/valency', 'checkers', 'bench', 'suites/traces'],
  ].map((folder) => `${folder}/**`),
]

/** What nodes of protocols may not use, and what they use instead. */
const OUTSIDE = [
  ...['Date', 'performance', 'process', 'globalThis', 'console', 'crypto', 'fetch', 'Promise'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'structuredClone'],
  ...['require', 'Buffer', 'Intl', 'WeakRef', 'FinalizationRegistry'],
]
const ONLY_FX = 'a node is a pure state machine: time, chance and I/O come through fx only'

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'docs/api/', 'results/', 'node_modules/', 'examples/']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { synod: { rules: { arrows: arrowsRule } } },
    rules: {
      'synod/arrows': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Models, engines and conditions are plain records of functions; none of them uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      'max-lines-per-function': ['error', { max: 70, skipComments: true, skipBlankLines: true }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ImportExpression:not([source.type="Literal"])',
          message: 'only src/core/load.ts imports what is named at run time',
        },
      ],
    },
  },
  { files: HOT, rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  // The definition of a state machine is one function, to be read from top to bottom.
  { files: ['specs/**', 'impls/**'], rules: { 'max-lines-per-function': 'off' } },
  // What a node does follows from its state and the event: every other source would go unseen.
  {
    files: ['impls/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...OUTSIDE.map((name) => ({ name, message: ONLY_FX }))],
      'no-restricted-imports': ['error', { patterns: [{ group: ['node:*'], message: ONLY_FX }] }],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: ONLY_FX },
      ],
      'no-restricted-syntax': [
        'error',
        ...[
          'Program > VariableDeclaration[kind!="const"]',
          'Program > ExportNamedDeclaration > VariableDeclaration[kind!="const"]',
          'Program > VariableDeclaration > VariableDeclarator > ' +
            'NewExpression.init[callee.name=/^(Map|Set|WeakMap|WeakSet)$/]',
        ].map((selector) => ({ selector, message: 'a module of a protocol keeps no state' })),
        ...[
          'ImportExpression',
          'AwaitExpression',
          ':function[async=true]',
          ':function[generator=true]',
        ].map((selector) => ({ selector, message: ONLY_FX })),
      ],
    },
  },
  {
    files: ['tests/**'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['src/core/load.ts', 'src/core/typescript-hooks.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
)
